import Model
import Settings
import TestSupport
import Testing

/// calendar.yaml against the facts it is made from.
@Suite struct ShippedCalendarTests {
    private static func shipped() throws -> WorkCalendar {
        try #require(SettingsFiles.core(in: repository("config"), problems: ProblemList())).calendar
    }

    /// The days from Monday to Friday on which offices are closed.
    private static let closed = [
        2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
        2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
        2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
        2027: "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24",
        2028: "01-03 01-24 01-25 01-26 01-27 01-28 04-04 05-01 05-02 09-01 09-04 11-24",
        2029: "01-01 02-12 02-13 02-14 02-15 02-16 04-23 04-30 05-01 09-03 09-04",
        2030: "01-01 01-31 02-01 02-04 02-05 02-06 04-12 04-30 05-01 09-02 09-03",
    ]

    @Test(arguments: closed)
    func officesAreClosedOnTheYearsDaysAndOnNoOthers(year: Int, days: String) throws {
        let calendar = try Self.shipped()

        let closed = (0..<366).map { day("\(year)-01-01") + $0 }.filter { $0.year == year && $0.weekday <= 5 && calendar.daysOff[$0] != nil }

        #expect(closed.map { String($0.description.dropFirst(5)) }.joined(separator: " ") == days)
    }

    @Test func everySwapHasItsSaturday() throws {
        let calendar = try Self.shipped()

        #expect(calendar.daysOff.count { $0.value.reason == .swap } == calendar.workedWeekends.count)
        #expect(calendar.workedWeekends.sorted() == ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"].map(day))
        #expect(calendar.workedFor[day("2026-08-22")] == day("2026-08-31"))
        #expect(try calendar.isWorkingDay(day("2026-08-22")))
        #expect(try !calendar.isWorkingDay(day("2026-08-31")))
    }

    @Test func noYearIsCalledConfirmedAndTheYearAfterTheLastIsMissing() throws {
        let calendar = try Self.shipped()

        #expect(calendar.years == Dictionary(uniqueKeysWithValues: (2024...2030).map { ($0, .estimated) }))
        #expect(throws: WorkCalendar.MissingYear(year: 2031)) { try calendar.isWorkingDay(day("2031-01-02")) }
    }

    @Test func statedYearsDoNotContradictTheLaw() throws {
        let remarks = try Self.shipped().remarks(on: day("2026-11-23"))

        #expect(remarks.map { "\($0.year) \($0.kind.rawValue)" } == ["2024 notice-due", "2025 notice-due", "2026 notice-due"])
    }
}
