/// Something in the working calendar that an operator should look at.
public struct CalendarRemark: Hashable, Sendable {
    /// The raw values are stable identifiers.
    public enum Kind: String, CaseIterable, Sendable {
        /// The year is needed and not there: deadlines in it cannot be counted.
        case yearMissing = "year-missing"
        /// The year is still estimated although its notices should be out.
        case noticeDue = "notice-due"
        /// A public holiday is counted as a working day.
        case holidayWorked = "holiday-worked"
        /// A day stands as a public holiday on which the law has none.
        case notAHoliday = "not-a-holiday"
        /// More or fewer days off from Monday to Friday than the law gives, holidays on weekends being made up.
        case dayCount = "day-count"
        /// More or fewer days off by swap than weekend days worked for them.
        case swapUnpaired = "swap-unpaired"
    }

    public let kind: Kind
    public let year: Int
    /// The day it is about; nil when it is about the year.
    public let day: Day?
    public let holiday: StatutoryHoliday?
    /// For `dayCount` what the year states, and the fewest and most that the law gives; for `swapUnpaired` days off and days worked.
    public let found: Int?
    public let expected: ClosedRange<Int>?

    init(
        _ kind: Kind, year: Int, day: Day? = nil, holiday: StatutoryHoliday? = nil, found: Int? = nil, expected: ClosedRange<Int>? = nil
    ) {
        self.kind = kind
        self.year = year
        self.day = day
        self.holiday = holiday
        self.found = found
        self.expected = expected
    }

    /// Whether something cannot be computed because of it; the others are warnings.
    public var isProblem: Bool { kind == .yearMissing }
}

extension WorkCalendar {
    /// What an operator should look at, by year: years that are needed and missing, years whose notice is due, days that contradict the law.
    ///
    /// - Parameter dataSince: the first day that a deadline or a count of working days must reach back to; nil when nothing does.
    public func remarks(on today: Day, dataSince: Day? = nil) -> [CalendarRemark] {
        let needed = neededYears(on: today, dataSince: dataSince)
        return Set(needed).union(years.keys).sorted().flatMap { year -> [CalendarRemark] in
            guard let status = years[year] else { return [CalendarRemark(.yearMissing, year: year)] }
            let isDue = status == .estimated && today >= StatutoryHoliday.noticeDue(for: year)
            return (isDue ? [CalendarRemark(.noticeDue, year: year)] : []) + contradictions(in: year) + unpairedSwaps(in: year)
        }
    }

    /// A swap over New Year has its two days in two years, so a year is named only when the calendar as a whole does not come out even.
    private func unpairedSwaps(in year: Int) -> [CalendarRemark] {
        let swapped = daysOff.filter { $0.value.reason == .swap }.keys
        guard swapped.count != workedWeekends.count else { return [] }
        let found = swapped.count { $0.year == year }
        let worked = workedWeekends.count { $0.year == year }
        return found == worked ? [] : [CalendarRemark(.swapUnpaired, year: year, found: found, expected: worked...worked)]
    }

    /// Every year from the first that is known or needed to today's, and from October the next: deadlines of its last periods lie in January.
    private func neededYears(on today: Day, dataSince: Day?) -> ClosedRange<Int> {
        let first = min(dataSince?.year ?? today.year, years.keys.min() ?? today.year, today.year)
        return first...(today.month >= 10 ? today.year + 1 : today.year)
    }

    /// Where the stated days of a year differ from the law. Whoever states them may know better: the notice goes before the computation.
    private func contradictions(in year: Int) -> [CalendarRemark] {
        guard StatutoryHoliday.years.contains(year), origins[year]?.isComputed != true else { return [] }
        let worked = StatutoryHoliday.allCases.flatMap { holiday in
            holiday.certainDays(in: year).filter(isWorked).map { CalendarRemark(.holidayWorked, year: year, day: $0, holiday: holiday) }
        }
        let possible = Set(StatutoryHoliday.allCases.flatMap { $0.possibleDays(in: year) })
        let stated = daysOff.filter { $0.key.year == year }
        let unknown = stated.filter { $0.value.reason == .holiday && !possible.contains($0.key) }.keys.sorted()
        let remarks = worked + unknown.map { CalendarRemark(.notAHoliday, year: year, day: $0) }
        guard remarks.isEmpty else { return remarks }
        let found = stated.count { $0.value.reason != .swap && $0.key.weekday <= 5 }
        let expected = StatutoryHoliday.weekdaysOff(in: year)
        return expected.contains(found) ? [] : [CalendarRemark(.dayCount, year: year, found: found, expected: expected)]
    }

    private func isWorked(_ day: Day) -> Bool { daysOff[day] == nil && (day.weekday <= 5 || workedWeekends.contains(day)) }
}

extension StatutoryHoliday {
    /// By mid-December the ministry's notices for the next year were out in every year looked at (2024–2026).
    static func noticeDue(for year: Int) -> Day { Day(year: year - 1, month: 12, day: 15) ?? Day.supported.upperBound }

    /// The days that are off whatever the year's notice chooses.
    func certainDays(in year: Int) -> [Day] {
        switch self {
        case .tet: (-1...2).map { LunarCalendar.newYear(year) + $0 }
        case .national: days(in: year).filter { $0.dayOfMonth == 2 }
        default: days(in: year)
        }
    }

    /// The days that a notice may choose from.
    func possibleDays(in year: Int) -> [Day] {
        switch self {
        case .tet: (-2...3).map { LunarCalendar.newYear(year) + $0 }
        case .national: days(in: year).filter { $0.dayOfMonth == 2 }.flatMap { [$0 - 1, $0, $0 + 1] }
        default: days(in: year)
        }
    }

    /// How many days from Monday to Friday are off in a year: each holiday is, or is made up for. Two numbers where 24/11 falls on a weekend.
    static func weekdaysOff(in year: Int) -> ClosedRange<Int> {
        let all = allCases.reduce(0) { $0 + $1.days(in: year).count }
        let open = allCases.filter { !$0.isMadeUp }.flatMap { $0.days(in: year) }.count { $0.weekday > 5 }
        return (all - open)...all
    }
}
