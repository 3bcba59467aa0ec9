/// The lunar calendar of Viet Nam (âm lịch), by its own meridian: months begin on the day, in UTC+7, of the new moon.
///
/// Never a Chinese calendar: an hour lies between both meridians, and a new moon within that hour gives another Tết (1968, 1985, 2007, 2030).
/// The rules are those that Hồ Ngọc Đức has written down: the 11th month holds the winter solstice; where thirteen months lie between two of
/// them, the first without a principal solar term (trung khí) is the leap month. Made for 1962 to 2099, and tested against published days.
public enum LunarCalendar {
    /// The first day of a lunar year: Tết.
    public static func newYear(_ year: Int) -> Day { day(1, ofMonth: 1, year: year) }

    /// A day of one of the months 1 to 10 of the lunar year, never of a leap month: the 10th of month 3 is Giỗ Tổ.
    public static func day(_ dayOfMonth: Int, ofMonth month: Int, year: Int) -> Day {
        let eleventh = eleventhMonth(of: year - 1)
        var place = month + 1
        if let leap = leapPlace(after: eleventh, until: eleventhMonth(of: year)), place >= leap { place += 1 }
        return firstDay(ofMonth: eleventh + place) + (dayOfMonth - 1)
    }

    /// The month, by its new moon's number, that holds the winter solstice of a civil year.
    private static func eleventhMonth(of year: Int) -> Int {
        // 21 December is near the solstice; the month after it cannot hold it any more.
        let solstice = Day(year: year, month: 12, day: 21)?.number ?? 0
        var month = (Double(solstice - 10_963) / 29.530588861).rounded(.down).exactInt + 1
        while sunHasReached(270, by: firstDay(ofMonth: month)) { month -= 1 }
        return month
    }

    /// The place after the 11th month at which a leap month stands; nil in a year of twelve months.
    private static func leapPlace(after eleventh: Int, until next: Int) -> Int? {
        guard next - eleventh == 13 else { return nil }
        return (1..<13).first { sign(at: firstDay(ofMonth: eleventh + $0)) == sign(at: firstDay(ofMonth: eleventh + $0 + 1)) }
    }

    /// The civil day in Viet Nam of a new moon.
    static func firstDay(ofMonth index: Int) -> Day {
        Day(number: (Astronomy.newMoon(index) - julianDateOfDayZero).rounded(.down).exactInt)
    }

    /// In which twelfth of its path the sun stands at the beginning of a day; principal terms are the borders between them.
    private static func sign(at day: Day) -> Int { (Astronomy.sunLongitude(at: start(of: day)) / 30).rounded(.down).exactInt }

    /// Whether the sun, within half a year of it, is past a longitude when the day begins.
    private static func sunHasReached(_ longitude: Double, by day: Day) -> Bool {
        let ahead = Astronomy.sunLongitude(at: start(of: day)) - longitude
        return (ahead >= 0 && ahead < 180) || ahead < -180
    }

    private static func start(of day: Day) -> Double { Double(day.number) + julianDateOfDayZero }

    /// 1970-01-01, 0 h in Viet Nam, as a Julian date of universal time.
    private static let julianDateOfDayZero = 2_440_587.5 - 7.0 / 24
}

extension Double {
    /// A whole number as `Int`; the callers' numbers are days and months of a few thousand years.
    fileprivate var exactInt: Int { Int(exactly: self) ?? 0 }
}
