/// The public holidays of the Labour Code 2019, điều 112, and of NQ 28/2026/QH16, as days that can be computed before a year's notice is out.
public enum StatutoryHoliday: String, CaseIterable, Sendable {
    case newYear = "new-year"
    case tet
    case ancestors
    case victory
    case labour
    case national
    /// 24/11, from 2026.
    case culture

    /// The Code is in force since 1 January 2021; before, holidays were fewer.
    public static let years = 2021...2099

    /// The days of a year in order; empty before the holiday was made.
    ///
    /// Two choices the law leaves to the year's notice are taken as notices have made them: Tết is the two days before its first and three from
    /// it (2020, 2024, 2025), or one and four when its first is a Tuesday, which fills the week (2026); the day beside 2/9 is the one that
    /// joins it to the weekend.
    public func days(in year: Int) -> [Day] {
        switch self {
        case .newYear: days(1, 1, year)
        case .tet: daysOfTet(first: LunarCalendar.newYear(year))
        case .ancestors: [LunarCalendar.day(10, ofMonth: 3, year: year)]
        case .victory: days(4, 30, year)
        case .labour: days(5, 1, year)
        case .national: days(9, 2, year).flatMap { [1, 4, 7].contains($0.weekday) ? [$0, $0 + 1] : [$0 - 1, $0] }
        case .culture: year >= 2026 ? days(11, 24, year) : []
        }
    }

    private func daysOfTet(first: Day) -> [Day] { (first.weekday == 2 ? -1...3 : -2...2).map { first + $0 } }

    private func days(_ month: Int, _ day: Int, _ year: Int) -> [Day] { Day(year: year, month: month, day: day).map { [$0] } ?? [] }

    /// Whether a holiday on a Saturday or Sunday is made up (điều 111 khoản 3). For 24/11 sources differ, so that is the year's notice's to say.
    public var isMadeUp: Bool { self != .culture }

    /// What people read for it.
    public var name: LocalizedText {
        switch self {
        case .newYear: LocalizedText(vietnamese: "Tết Dương lịch", english: "New Year's Day")
        case .tet: LocalizedText(vietnamese: "Tết Nguyên đán", english: "Tết (Lunar New Year)")
        case .ancestors: LocalizedText(vietnamese: "Giỗ Tổ Hùng Vương", english: "Hùng Kings' Commemoration Day")
        case .victory: LocalizedText(vietnamese: "Ngày Chiến thắng", english: "Victory Day")
        case .labour: LocalizedText(vietnamese: "Ngày Quốc tế lao động", english: "International Labour Day")
        case .national: LocalizedText(vietnamese: "Quốc khánh", english: "National Day")
        case .culture: LocalizedText(vietnamese: "Ngày Văn hóa Việt Nam", english: "Viet Nam Culture Day")
        }
    }
}

extension WorkCalendar.DayOff {
    /// A day off under the name an operator wrote; names that the law knows are also given in English.
    public init(named name: String, _ reason: Reason) {
        let holiday = StatutoryHoliday.allCases.first { name == $0.name.vietnamese || name == $0.inLieu.vietnamese }
        let english = holiday.map { name == $0.name.vietnamese ? $0.name.english : $0.inLieu.english }
        self.init(LocalizedText(vietnamese: name, english: english ?? name), reason)
    }
}

extension StatutoryHoliday {
    /// What people read for a day off that makes up for it.
    var inLieu: LocalizedText { LocalizedText(vietnamese: "Nghỉ bù \(name.vietnamese)", english: "In lieu of \(name.english)") }
}

extension WorkCalendar {
    /// The days off of a year by the law alone: its holidays, and for each that falls on a weekend the next working day after. Swaps are not
    /// among them, because nothing but the year's notice knows them. Nil for years before the law.
    public static func daysOffByLaw(in year: Int) -> [Day: DayOff]? {
        guard StatutoryHoliday.years.contains(year) else { return nil }
        var daysOff: [Day: DayOff] = [:]
        for holiday in StatutoryHoliday.allCases {
            for day in holiday.days(in: year) { daysOff[day] = DayOff(holiday.name, .holiday) }
        }
        for holiday in StatutoryHoliday.allCases where holiday.isMadeUp {
            for lost in holiday.days(in: year) where lost.weekday > 5 {
                var day = lost + 1
                while day.weekday > 5 || daysOff[day] != nil { day = day + 1 }
                daysOff[day] = DayOff(holiday.inLieu, .compensatory)
            }
        }
        return daysOff
    }
}
