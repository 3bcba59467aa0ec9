import Model
import TestSupport
import Testing

struct StatutoryHolidayTests {
    private static func byLaw(_ year: Int) throws -> [Day: WorkCalendar.DayOff] { try #require(WorkCalendar.daysOffByLaw(in: year)) }

    private static func days(_ reason: WorkCalendar.DayOff.Reason, _ year: Int) throws -> [String] {
        try byLaw(year).filter { $0.value.reason == reason }.keys.sorted().map(\.description)
    }

    /// 2024, 2025 and 2026 as the notices had them, without their swaps.
    @Test(arguments: [
        (2024, "2024-02-08", "2024-02-14"), (2025, "2025-01-27", "2025-01-31"), (2026, "2026-02-16", "2026-02-20"),
        (2027, "2027-02-04", "2027-02-10"), (2030, "2030-01-31", "2030-02-06"),
    ])
    func tetTakesTheDaysThatNoticesGiveIt(year: Int, first: String, last: String) throws {
        let range = TestSupport.days(first, last)

        let byLaw = try Self.byLaw(year)

        for offset in 0..<range.span { #expect(byLaw[range.start + offset]?.name.vietnamese.hasSuffix("Tết Nguyên đán") == true) }
        #expect(byLaw[range.start - 1] == nil)
        #expect(byLaw[range.end] == nil)
    }

    @Test func aYearHasTheHolidaysOfTheLawAndThoseOnWeekendsAreMadeUp() throws {
        #expect(
            try Self.days(.holiday, 2028) == [
                "2028-01-01", "2028-01-24", "2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28", "2028-04-04", "2028-04-30", "2028-05-01",
                "2028-09-01", "2028-09-02", "2028-11-24",
            ])
        #expect(try Self.days(.compensatory, 2028) == ["2028-01-03", "2028-05-02", "2028-09-04"])
        let madeUp = try #require(try Self.byLaw(2028)[day("2028-05-02")])
        #expect(madeUp.name == LocalizedText(vietnamese: "Nghỉ bù Ngày Chiến thắng", english: "In lieu of Victory Day"))
    }

    @Test func theDayBesideTheSecondOfSeptemberJoinsItToTheWeekend() throws {
        let beside = [2021: "03", 2022: "01", 2023: "01", 2024: "03", 2025: "01", 2026: "01", 2027: "03", 2028: "01", 2029: "03", 2030: "03"]

        for (year, other) in beside {
            #expect(StatutoryHoliday.national.days(in: year).map(\.description) == ["\(year)-09-02", "\(year)-09-\(other)"].sorted())
        }
    }

    @Test func cultureDayBeginsIn2026AndIsNotMadeUp() throws {
        #expect(StatutoryHoliday.culture.days(in: 2025).isEmpty)
        #expect(StatutoryHoliday.culture.days(in: 2026) == [day("2026-11-24")])
        #expect(try Self.byLaw(2029)[day("2029-11-24")]?.reason == .holiday)
        #expect(try Self.byLaw(2029)[day("2029-11-26")] == nil)
    }

    @Test func everyYearLosesNoHolidayToAWeekendAndNoneIsMadeUpOnAWeekend() throws {
        for year in StatutoryHoliday.years {
            let byLaw = try Self.byLaw(year)
            let culture = StatutoryHoliday.culture.days(in: year)

            let lost = byLaw.count { $0.value.reason == .holiday && $0.key.weekday > 5 && !culture.contains($0.key) }
            let madeUp = byLaw.filter { $0.value.reason == .compensatory }

            #expect(lost == madeUp.count, "\(year)")
            #expect(madeUp.keys.allSatisfy { $0.weekday <= 5 && $0.year == year }, "\(year)")
            #expect(byLaw.count { $0.value.reason == .holiday } == (year >= 2026 ? 12 : 11), "\(year)")
        }
    }

    @Test func nothingIsComputedBeforeTheLaw() {
        #expect(WorkCalendar.daysOffByLaw(in: 2020) == nil)
    }
}
