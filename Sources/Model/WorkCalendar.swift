/// The working days of state agencies, as data: which days off and which swaps each year has, and how sure the operator is of them.
public struct WorkCalendar: Sendable {
    /// How well a year is known. A year that is not listed is missing.
    public enum YearStatus: String, CaseIterable, Sendable, Codable {
        /// Taken from the year's published notice.
        case confirmed
        /// Holidays are known or computed, swaps are not published yet.
        case estimated
    }

    public let years: [Int: YearStatus]
    /// Days off that are not weekends, with their names.
    public let daysOff: [Day: String]
    /// Saturdays and Sundays that are worked in exchange.
    public let workedWeekends: Set<Day>

    public init(years: [Int: YearStatus], daysOff: [Day: String] = [:], workedWeekends: Set<Day> = []) {
        self.years = years
        self.daysOff = daysOff
        self.workedWeekends = workedWeekends
    }

    /// Nothing about this year is known, so no working day in it may be counted.
    public struct MissingYear: Error, Hashable, CustomStringConvertible {
        public let year: Int

        public init(year: Int) { self.year = year }

        public var description: String {
            "calendar.yaml has no year \(year): add it with status confirmed or estimated, because working days in it cannot be counted"
        }
    }

    /// Whether offices work on a day.
    public func isWorkingDay(_ day: Day) throws(MissingYear) -> Bool {
        guard years[day.year] != nil else { throw MissingYear(year: day.year) }
        if daysOff[day] != nil { return false }
        return day.weekday <= 5 || workedWeekends.contains(day)
    }

    /// The `count`-th working day after `day`; `day` itself for 0. A deadline "1 working day after the cut-off" is this with 1.
    public func day(_ count: Int, workingDaysAfter day: Day) throws(MissingYear) -> Day {
        var current = day
        var remaining = count
        while remaining > 0 {
            current = current + 1
            if try isWorkingDay(current) { remaining -= 1 }
        }
        return current
    }

    /// How many working days an interval holds.
    public func workingDays(in range: DayRange) throws(MissingYear) -> Int {
        var count = 0
        var day = range.start
        while day < range.end {
            if try isWorkingDay(day) { count += 1 }
            day = day + 1
        }
        return count
    }
}
