/// The working days of state agencies, as data: which days off and which swaps each year has, and how sure the operator is of them.
public struct WorkCalendar: Sendable {
    /// How well a year is known. A year that is not listed is missing.
    public enum YearStatus: String, CaseIterable, Sendable, Codable {
        /// Taken from the year's published notice.
        case confirmed
        /// Holidays are known or computed, swaps are not published yet.
        case estimated
    }

    /// A day on which offices are closed for another reason than the weekend.
    public struct DayOff: Hashable, Sendable {
        /// Why they are closed. The raw values are stable identifiers.
        public enum Reason: String, CaseIterable, Sendable, Codable {
            /// A public holiday.
            case holiday
            /// Made up for a holiday that fell on a weekend.
            case compensatory
            /// Exchanged for a Saturday or Sunday that is worked.
            case swap
        }

        public let name: LocalizedText
        public let reason: Reason

        public init(_ name: LocalizedText, _ reason: Reason) {
            self.name = name
            self.reason = reason
        }
    }

    /// Where a year's days come from, for people.
    public struct Origin: Hashable, Sendable {
        /// The notices, as the operator wrote them; empty when nothing was written.
        public let basis: String
        /// Whether its holidays were computed by the law, because the operator stated none.
        public let isComputed: Bool

        public init(basis: String = "", isComputed: Bool = false) {
            self.basis = basis
            self.isComputed = isComputed
        }
    }

    public let years: [Int: YearStatus]
    public let origins: [Int: Origin]
    /// Days off with their reasons; a holiday that falls on a weekend is among them.
    public let daysOff: [Day: DayOff]
    /// Saturdays and Sundays that are worked in exchange.
    public let workedWeekends: Set<Day>
    /// For worked weekends whose swap is stated: the day off they are worked for.
    public let workedFor: [Day: Day]

    public init(
        years: [Int: YearStatus], daysOff: [Day: DayOff] = [:], workedWeekends: Set<Day> = [], workedFor: [Day: Day] = [:],
        origins: [Int: Origin] = [:]
    ) {
        self.years = years
        self.origins = origins
        self.daysOff = daysOff
        self.workedWeekends = workedWeekends.union(workedFor.keys)
        self.workedFor = workedFor
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
