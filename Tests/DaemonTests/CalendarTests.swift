import Model
import Store
import TestSupport
import Testing

/// What the daemon says of a calendar that ends too early.
@Suite struct CalendarTests {
    @Test func theNextYearMissingIsAFindingFromOctoberOn() async throws {
        let province = try SmallProvince()
        try province.rewrite("calendar.yaml") { $0.replacing(", {year: 2027, status: estimated, days_off: []}", with: "") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("September is judged") { try daemon.stored { try $0.judgedThrough(rule: "online/month/calendar") } != nil }
            let before = try daemon.stored { try $0.findings(kinds: [.calendarYearMissing]) }
            daemon.clock.advance(by: .seconds(40 * 86_400))
            try await daemon.eventually("the finding is stored") { try !daemon.stored { try $0.findings(kinds: [.calendarYearMissing]) }.isEmpty }

            let finding = try #require(try daemon.stored { try $0.findings(kinds: [.calendarYearMissing]) }.first).finding
            #expect(before.isEmpty)
            #expect(finding.range == days("2027-01-01", "2027-12-31"))
            #expect(finding.found == "2027")
            #expect(finding.expected == "the year 2027 in calendar.yaml")
            #expect(finding.place == "calendar.yaml")
        }
    }
}
