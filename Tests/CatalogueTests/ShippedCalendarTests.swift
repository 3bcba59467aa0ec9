import Model
import Settings
import TestSupport
import Testing

/// calendar.yaml against the facts it is made from.
@Suite struct ShippedCalendarTests {
    private static func shipped() throws -> WorkCalendar {
        try #require(SettingsFiles.core(in: repository("config"), problems: ProblemList())).calendar
    }

    /// Day 1 of Tết and Giỗ Tổ (10/3 lunar), computed twice by others at UTC+7. 2030 differs from China's calendar.
    static let lunar = [
        (2024, "2024-02-10", "2024-04-18"), (2025, "2025-01-29", "2025-04-07"), (2026, "2026-02-17", "2026-04-26"),
        (2027, "2027-02-06", "2027-04-16"), (2028, "2028-01-26", "2028-04-04"), (2029, "2029-02-13", "2029-04-23"),
        (2030, "2030-02-02", "2030-04-12"),
    ]

    @Test(arguments: lunar)
    func yearHasEveryHolidayOfTheLaw(year: Int, tet: String, ancestors: String) throws {
        let calendar = try Self.shipped()

        func isOff(_ day: Day, as name: String) -> Bool { calendar.daysOff[day] == name }

        let first = day(tet)
        for offset in -1...3 { #expect(isOff(first + offset, as: "Tết Nguyên đán")) }
        #expect(calendar.daysOff.values.count { $0 == "Tết Nguyên đán" } == 5 * Self.lunar.count)
        #expect(isOff(day(ancestors), as: "Giỗ Tổ Hùng Vương"))
        #expect(isOff(day("\(year)-01-01"), as: "Tết Dương lịch"))
        #expect(isOff(day("\(year)-04-30"), as: "Ngày Chiến thắng"))
        #expect(isOff(day("\(year)-05-01"), as: "Ngày Quốc tế lao động"))
        let national = day("\(year)-09-02")
        #expect(isOff(national, as: "Quốc khánh"))
        #expect(isOff(national - 1, as: "Quốc khánh") != isOff(national + 1, as: "Quốc khánh"))
        #expect(isOff(day("\(year)-11-24"), as: "Ngày Văn hóa Việt Nam") == (year >= 2026))
    }

    /// 24/11 is the exception: whether it is made up is open.
    @Test func everyHolidayOnAWeekendIsMadeUpOnAWorkingDay() throws {
        let calendar = try Self.shipped()
        for year in 2024...2030 {
            let ofYear = calendar.daysOff.filter { $0.key.year == year }
            let lost = ofYear.filter { $0.key.weekday > 5 && $0.value != "Ngày Văn hóa Việt Nam" }
            let madeUp = ofYear.filter { $0.value.hasPrefix("Nghỉ bù") }

            #expect(lost.count == madeUp.count, "\(year)")
            for day in madeUp.keys { #expect(day.weekday <= 5 && ofYear[day - 1] != nil || day.weekday == 1, "\(day)") }
        }
    }

    @Test func everySwapHasItsSaturday() throws {
        let calendar = try Self.shipped()

        #expect(calendar.daysOff.count { $0.value.hasPrefix("Nghỉ hoán đổi") } == calendar.workedWeekends.count)
        #expect(calendar.workedWeekends.sorted() == ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"].map(day))
        #expect(try calendar.isWorkingDay(day("2026-08-22")))
        #expect(try !calendar.isWorkingDay(day("2026-08-31")))
    }

    @Test func noYearIsCalledConfirmedAndTheYearAfterTheLastIsMissing() throws {
        let calendar = try Self.shipped()

        #expect(calendar.years == Dictionary(uniqueKeysWithValues: (2024...2030).map { ($0, .estimated) }))
        #expect(throws: WorkCalendar.MissingYear(year: 2031)) { try calendar.isWorkingDay(day("2031-01-02")) }
    }
}
