import Model
import TestSupport
import Testing

struct CalendarReviewTests {
    /// A calendar whose years state the days of the law.
    private func lawful(
        _ years: [Int: WorkCalendar.YearStatus], without: [String] = [], and more: [Day: WorkCalendar.DayOff] = [:], worked: Set<Day> = []
    ) -> WorkCalendar {
        var daysOff: [Day: WorkCalendar.DayOff] = [:]
        for year in years.keys { daysOff.merge(WorkCalendar.daysOffByLaw(in: year) ?? [:]) { first, _ in first } }
        for text in without { daysOff[day(text)] = nil }
        return WorkCalendar(years: years, daysOff: daysOff.merging(more) { _, new in new }, workedWeekends: worked)
    }

    private func kinds(_ calendar: WorkCalendar, on today: String, since: String? = nil) -> [String] {
        calendar.remarks(on: day(today), dataSince: since.map(day)).map { "\($0.year) \($0.kind.rawValue)" + ($0.day.map { " \($0)" } ?? "") }
    }

    @Test func aCalendarThatFollowsTheLawNeedsNoRemark() {
        let calendar = lawful([2024: .confirmed, 2025: .confirmed, 2026: .confirmed])

        #expect(kinds(calendar, on: "2026-09-30").isEmpty)
    }

    @Test func theNextYearIsNeededFromOctoberAndEveryYearThatDataReachBackTo() {
        let calendar = lawful([2025: .confirmed, 2026: .confirmed])

        #expect(kinds(calendar, on: "2026-09-30").isEmpty)
        #expect(kinds(calendar, on: "2026-10-01") == ["2027 year-missing"])
        #expect(kinds(calendar, on: "2026-09-30", since: "2023-12-31") == ["2023 year-missing", "2024 year-missing"])
        #expect(kinds(WorkCalendar(years: [2024: .confirmed]), on: "2026-01-01").contains("2025 year-missing"))
        #expect(calendar.remarks(on: day("2026-10-01")).map(\.isProblem) == [true])
    }

    @Test func anEstimatedYearIsNamedFromTheDayItsNoticesAreDue() {
        let calendar = lawful([2026: .confirmed, 2027: .estimated])

        #expect(kinds(calendar, on: "2026-12-14").isEmpty)
        #expect(kinds(calendar, on: "2026-12-15") == ["2027 notice-due"])
    }

    @Test func aHolidayThatIsCountedAsWorkedIsNamedWithItsDay() {
        let onChinasDay = lawful([2030: .confirmed], without: ["2030-02-01", "2030-01-31"])
        let forgotten = lawful([2026: .confirmed], without: ["2026-11-24", "2026-09-02"])
        let workedSunday = lawful([2027: .confirmed], without: ["2027-02-07"], worked: [day("2027-02-07")])

        #expect(kinds(onChinasDay, on: "2030-01-01") == ["2030 holiday-worked 2030-02-01"])
        #expect(kinds(forgotten, on: "2026-01-01") == ["2026 holiday-worked 2026-09-02", "2026 holiday-worked 2026-11-24"])
        #expect(kinds(workedSunday, on: "2027-01-01") == ["2027 holiday-worked 2027-02-07", "2027 swap-unpaired"])
    }

    @Test func aHolidayThatTheLawDoesNotHaveIsNamed() {
        let calendar = lawful([2026: .confirmed], and: [day("2026-04-25"): "Giỗ Tổ Hùng Vương", day("2026-02-22"): "Tết Nguyên đán"])

        #expect(kinds(calendar, on: "2026-01-01") == ["2026 not-a-holiday 2026-02-22", "2026 not-a-holiday 2026-04-25"])
    }

    @Test func aYearHasAsManyWeekdaysOffAsTheLawGives() throws {
        let notMadeUp = lawful([2026: .confirmed], without: ["2026-04-27"])
        let remark = try #require(notMadeUp.remarks(on: day("2026-01-01")).first)

        #expect(remark.kind == .dayCount)
        #expect(remark.found == 11)
        #expect(remark.expected == 12...12)
    }

    @Test func everyDaySwappedNeedsAWeekendDayInItsYearOrAnother() {
        let swap = WorkCalendar.DayOff(LocalizedText(vietnamese: "Hoán đổi", english: "Swap"), .swap)
        let alone = lawful([2026: .confirmed], and: [day("2026-08-31"): swap])
        let reversed = lawful([2026: .confirmed], worked: [day("2026-08-22")])
        let overNewYear = lawful([2025: .confirmed, 2026: .confirmed], and: [day("2025-12-31"): swap], worked: [day("2026-01-10")])

        #expect(kinds(alone, on: "2026-01-01") == ["2026 swap-unpaired"])
        #expect(kinds(reversed, on: "2026-01-01") == ["2026 swap-unpaired"])
        #expect(kinds(overNewYear, on: "2026-01-01").isEmpty)
    }

    /// The notice may place Tết, choose the day beside 2/9, make up 24/11 and swap days: none of it contradicts the law.
    @Test func whatANoticeMayChooseIsNoContradiction() {
        let tet = lawful(
            [2027: .confirmed], without: ["2027-02-04"],
            and: [day("2027-02-09"): "Tết Nguyên đán", day("2027-02-11"): .init(LocalizedText(vietnamese: "Bù", english: "Bù"), .compensatory)])
        let national = lawful([2026: .confirmed], without: ["2026-09-01"], and: [day("2026-09-03"): "Quốc khánh"])
        let madeUp = lawful(
            [2029: .confirmed], and: [day("2029-11-26"): .init(LocalizedText(vietnamese: "Bù", english: "Bù"), .compensatory)])
        let swapped = lawful(
            [2026: .confirmed], and: [day("2026-08-31"): .init(LocalizedText(vietnamese: "Hoán đổi", english: "Swap"), .swap)],
            worked: [day("2026-08-22")])

        #expect(kinds(tet, on: "2027-01-01").isEmpty)
        #expect(kinds(national, on: "2026-01-01").isEmpty)
        #expect(kinds(madeUp, on: "2029-01-01").isEmpty)
        #expect(kinds(swapped, on: "2026-01-01").isEmpty)
    }

    @Test func computedYearsAreNotHeldAgainstTheirOwnComputation() {
        let calendar = WorkCalendar(years: [2026: .estimated], origins: [2026: .init(isComputed: true)])

        #expect(kinds(calendar, on: "2025-01-01").isEmpty == false)
        #expect(kinds(calendar, on: "2025-01-01") == ["2025 year-missing"])
    }
}
