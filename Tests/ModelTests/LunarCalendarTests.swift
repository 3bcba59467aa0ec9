import Model
import TestSupport
import Testing

struct LunarCalendarTests {
    @Test func tetAndGiỗTổFallOnTheirPublishedDays() {
        #expect(PublishedLunarDays.lines.count == 132)
        for line in PublishedLunarDays.lines {
            let fields = line.split(separator: " ")
            let year = Int(fields[0]) ?? 0

            let tet = LunarCalendar.newYear(year)
            let ancestors = LunarCalendar.day(10, ofMonth: 3, year: year)

            #expect(tet == day("\(year)-\(fields[1])"))
            #expect(ancestors == day("\(year)-\(fields[2])"))
        }
    }

    /// China's first day of the year is given beside, to show that the meridian decides.
    @Test(arguments: [
        (1968, "1968-01-29", "1968-01-30"), (1985, "1985-01-21", "1985-02-20"), (2007, "2007-02-17", "2007-02-18"),
        (2030, "2030-02-02", "2030-02-03"), (2053, "2053-02-18", "2053-02-19"),
    ])
    func tetFollowsVietnamsMeridianAndNotChinas(year: Int, tet: String, chinese: String) {
        let first = LunarCalendar.newYear(year)

        #expect(first == day(tet))
        #expect(first != day(chinese))
    }

    @Test func monthsOfALunarYearFollowOneAnotherAfterTwentyNineOrThirtyDaysOrALeapMonth() {
        for year in 1962...2098 {
            for month in 1...9 {
                let length = LunarCalendar.day(1, ofMonth: month + 1, year: year) - LunarCalendar.day(1, ofMonth: month, year: year)

                #expect([29, 30, 58, 59, 60].contains(length), "\(month)/\(year)")
            }
            let length = LunarCalendar.newYear(year + 1) - LunarCalendar.newYear(year)
            #expect([353, 354, 355, 383, 384, 385].contains(length), "\(year)")
        }
    }
}
