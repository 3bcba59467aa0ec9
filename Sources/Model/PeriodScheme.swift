/// Which days a reporting month holds. Two schemes coexist in Vietnamese administration; a series carries its scheme and schemes never mix.
public enum PeriodScheme: String, CaseIterable, Sendable, Codable {
    /// Calendar periods: August is 1/8 to 31/8, the year 1/1 to 31/12.
    case calendar
    /// Administrative report periods (NĐ 09/2019/NĐ-CP, điều 12): a month runs from the 15th of the month before to the 14th, the year
    /// from 15/12 of the year before to 14/12.
    case admin15

    /// The first day of the scheme's month `month` (1–12, other values carry over into other years).
    func firstDay(year: Int, month: Int) -> Day {
        let monthsFromYearZero = year * 12 + (month - 1) - (self == .admin15 ? 1 : 0)
        let carriedYear = monthsFromYearZero.dividedFloor(by: 12)
        let carriedMonth = monthsFromYearZero.modulo(12) + 1
        // The year and month are in range for every supported day, so this day exists; the fallback is unreachable for them.
        return Day(year: carriedYear, month: carriedMonth, day: self == .admin15 ? 15 : 1) ?? Day(number: 0)
    }

    /// The scheme's year and month that hold a day.
    func month(containing day: Day) -> (year: Int, month: Int) {
        guard self == .admin15, day.dayOfMonth >= 15 else { return (day.year, day.month) }
        return day.month == 12 ? (day.year + 1, 1) : (day.year, day.month + 1)
    }
}
