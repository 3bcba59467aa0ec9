extension Finding {
    /// Working days of a year were asked for and the calendar does not have it. `place` is who asked: a rule's id, `answer-by`, `calendar.yaml`.
    public static func missingYear(_ year: Int, askedBy place: String) -> Finding {
        Finding(
            .calendarYearMissing, range: wholeYear(year), place: place, found: String(year), expected: "the year \(year) in calendar.yaml")
    }

    /// A deadline rests on a year whose notice is not entered yet.
    public static func estimatedYear(_ year: Int, askedBy place: String) -> Finding {
        Finding(
            .calendarYearEstimated, range: wholeYear(year), place: place, found: String(year),
            expected: "status: confirmed, once the year's notice of days off is published")
    }

    private static func wholeYear(_ year: Int) -> DayRange? { Period(year.padded(to: 4))?.range }
}
