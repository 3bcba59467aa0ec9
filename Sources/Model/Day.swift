/// A civil day in Viet Nam (zone Asia/Ho_Chi_Minh), the atom of every count.
///
/// Stored as the number of days since 1970-01-01 in the proleptic Gregorian calendar, so that arithmetic is integer arithmetic.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int

    /// The days a count may carry: 2000-01-01 to 2099-12-31. Anything else is a typing error or an attack, not a count.
    public static let supported = Day(number: 10957)...Day(number: 47481)

    public init(number: Int) {
        self.number = number
    }

    /// The day with this year, month (1–12) and day of month, or nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year) else {
            return nil
        }
        self.init(number: Day.number(year: year, month: month, day: day))
    }

    /// The day an instant falls on, by the clocks of Viet Nam (UTC+7, no daylight saving).
    public init(containing instant: Instant) {
        let local = instant.milliseconds + Instant.offsetOfVietnam
        self.init(number: Int(local.dividedFloor(by: Instant.millisecondsPerDay)))
    }

    public var year: Int { fields.year }
    public var month: Int { fields.month }
    public var dayOfMonth: Int { fields.day }

    /// ISO weekday: 1 is Monday, 7 is Sunday.
    public var weekday: Int { Int((Int64(number) + 3).modulo(7)) + 1 }

    /// The first instant of the day in Viet Nam.
    public var start: Instant {
        Instant(milliseconds: Int64(number) * Instant.millisecondsPerDay - Instant.offsetOfVietnam)
    }

    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    public static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    public static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }
    public static func - (end: Day, start: Day) -> Int { end.number - start.number }

    /// The number of days a month has.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Howard Hinnant's `days_from_civil`: exact for every year, without a table.
    private static func number(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Howard Hinnant's `civil_from_days`, the inverse of `number(year:month:day:)`.
    private var fields: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
