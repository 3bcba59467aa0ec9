import Model
import Settings
import TestSupport
import Testing

@Suite struct CalendarFileTests {
    private func read(_ text: String) throws -> WorkCalendar {
        let directory = try TemporaryDirectory()
        try directory.write(text, to: "calendar.yaml")
        let problems = ProblemList()
        let calendar = SettingsFiles.calendar(in: directory.path, problems: problems)
        #expect(problems.problems.map(\.description) == [])
        return calendar
    }

    @Test func anEstimatedYearWithoutDaysOffGetsThoseOfTheLawAndItsSwaps() throws {
        let calendar = try read(
            "years: [{year: 2028, status: estimated, basis: Luật, swaps: [{off: 2028-01-31, worked: 2028-02-12}]}]\n")
        let byLaw = try #require(WorkCalendar.daysOffByLaw(in: 2028))

        #expect(calendar.daysOff.filter { $0.value.reason != .swap } == byLaw)
        #expect(calendar.origins == [2028: .init(basis: "Luật", isComputed: true)])
        #expect(try !calendar.isWorkingDay(day("2028-01-31")))
        #expect(try calendar.isWorkingDay(day("2028-02-12")))
        #expect(calendar.workedFor == [day("2028-02-12"): day("2028-01-31")])
        #expect(
            calendar.daysOff[day("2028-01-31")]?.name
                == LocalizedText(vietnamese: "Nghỉ hoán đổi, làm bù 12/02", english: "Swapped, worked on 2028-02-12"))
    }

    @Test func aStatedYearHasItsDaysAndNoOthers() throws {
        let calendar = try read(
            """
            years:
              - year: 2026
                status: estimated
                days_off:
                  - {day: 2026-04-26, name: Giỗ Tổ Hùng Vương}
                  - {day: 2026-04-27, name: Nghỉ bù Giỗ Tổ Hùng Vương, why: compensatory}
                  - {day: 2026-12-31, name: Nghỉ hoán đổi, why: swap}
              - {year: 2020, status: confirmed, days_off: []}

            """)

        #expect(calendar.daysOff.keys.sorted() == [day("2026-04-26"), day("2026-04-27"), day("2026-12-31")])
        #expect(calendar.daysOff[day("2026-04-26")]?.name.english == "Hùng Kings' Commemoration Day")
        #expect(calendar.daysOff[day("2026-04-27")]?.name.english == "In lieu of Hùng Kings' Commemoration Day")
        #expect(calendar.daysOff[day("2026-12-31")] == .init(LocalizedText(vietnamese: "Nghỉ hoán đổi", english: "Nghỉ hoán đổi"), .swap))
        #expect(calendar.origins == [2026: .init(), 2020: .init()])
    }
}
