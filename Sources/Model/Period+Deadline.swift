extension Period {
    /// The last day on which figures of the period are in time: the `workingDays`-th working day after its last day (cut-off), which is
    /// itself the deadline for 0. NĐ 09/2019/NĐ-CP điều 8 asks for at least one.
    public func deadline(workingDays: Int, in calendar: WorkCalendar) throws(WorkCalendar.MissingYear) -> Day {
        try calendar.day(workingDays, workingDaysAfter: range.last)
    }
}
