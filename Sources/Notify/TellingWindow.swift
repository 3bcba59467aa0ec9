import Model

extension UrgingSettings {
    /// Whether letters to agencies may be written at an instant; a year that the calendar lacks does not hold them back.
    public func isOpen(at now: Instant, calendar: WorkCalendar, lastTold: Instant?) -> Bool {
        if let gathered, let lastTold, gathered.next(after: lastTold).map({ now < $0 }) ?? false { return false }
        return isWithinHours(now) && (!onlyWorkingDays || isWorkingDay(now.day, calendar))
    }

    private func isWithinHours(_ now: Instant) -> Bool {
        guard let hours else { return true }
        return hours.contains(Int(now.timeOfDay / 60_000))
    }

    private func isWorkingDay(_ day: Day, _ calendar: WorkCalendar) -> Bool {
        do throws(WorkCalendar.MissingYear) { return try calendar.isWorkingDay(day) } catch { return true }
    }
}
