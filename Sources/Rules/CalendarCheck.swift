import Model

/// Asks the working calendar, and says by findings when the answer is missing or stands on an estimated year.
enum CalendarCheck {
    /// Nil, with a finding, when a year is missing: a rule must not treat an unknown year as free of holidays.
    static func answer<T>(
        _ calendar: WorkCalendar, rule: String, _ findings: inout [Finding], _ ask: () throws(WorkCalendar.MissingYear) -> T,
        restsOn days: (T) -> ClosedRange<Day>
    ) -> T? {
        do {
            let answer = try ask()
            let used = days(answer)
            for year in used.lowerBound.year...used.upperBound.year where calendar.years[year] == .estimated {
                add(.calendarYearEstimated, year, "status: confirmed, once the year's notice of days off is published", rule, &findings)
            }
            return answer
        } catch {
            add(.calendarYearMissing, error.year, "the year \(error.year) in calendar.yaml", rule, &findings)
            return nil
        }
    }

    private static func add(_ kind: Finding.Kind, _ year: Int, _ expected: String, _ rule: String, _ findings: inout [Finding]) {
        let days = Day(year: year, month: 1, day: 1).flatMap { first in
            Day(year: year + 1, month: 1, day: 1).flatMap { DayRange(start: first, end: $0) }
        }
        let finding = Finding(kind, range: days, place: rule, found: String(year), expected: expected)
        if !findings.contains(finding) { findings.append(finding) }
    }
}
