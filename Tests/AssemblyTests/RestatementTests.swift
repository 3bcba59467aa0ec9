import Assembly
import Control
import Model
import Store
import TestSupport
import Testing

@Suite struct RestatementTests {
    private static let july = Audit.month("2026-07")
    private static let first = instant("2026-08-01T02:15")
    private static let second = instant("2026-08-20T02:15")
    private static let third = instant("2026-09-01T02:15")

    /// July came as 40, was withdrawn, and came back as 88; one of its days was corrected while August was young.
    private func office() async throws -> Office {
        var files = Audit.files()
        files.sources = [
            "one-stop": """
            id: one-stop
            kind: http
            schedule: "15 2 * * *"
            request: {each: month, url: "https://one-stop.example/${month}"}
            answer:
              rows: data
              agency: {code: code}
              measures: {online: online}

            """
        ]
        let office = try Office(files)
        let day = DayRange(day("2026-07-31"))
        try await Audit.record(
            [Audit.observation("online", RestatementTests.july, 40), Audit.observation("online", day, 3)], in: office.store,
            at: RestatementTests.first)
        try await Audit.record([Audit.observation("online", day, 4)], in: office.store, at: RestatementTests.first + .seconds(86_400))
        try await Audit.record([Audit.observation("online", RestatementTests.july, nil)], in: office.store, at: RestatementTests.second)
        try await Audit.record([Audit.observation("online", RestatementTests.july, 88)], in: office.store, at: RestatementTests.third)
        return office
    }

    private func restatements(
        _ office: Office, since: Instant? = nil, agency: AgencyCode? = nil, measure: MeasureID? = nil, source: String? = nil, closed: Bool = false,
        asOf: Instant? = nil
    ) throws -> [String] {
        let sheet = try office.desk().answer(
            .restatements(since: since, agency: agency, measure: measure, source: source, closed: closed, asOf: asOf)
        ).sheet("restatements")
        let columns = try ["from", "old", "new", "difference", "closed", "delivery", "replaced"].map { try sheet.column($0) }
        return sheet.rows.indices.map { row in columns.map { $0[row].id }.joined(separator: " ") }
    }

    @Test func everyChangeIsListedWithOldNewAndDifference() async throws {
        let office = try await office()

        #expect(
            try restatements(office) == [
                "2026-07-01 - 88 - yes D4 D3", "2026-07-01 40 - - yes D3 D1", "2026-07-31 3 4 1 no D2 D1",
            ])
    }

    @Test func theListIsNarrowedDown() async throws {
        let office = try await office()
        let newest = "2026-07-01 - 88 - yes D4 D3"
        let middle = "2026-07-01 40 - - yes D3 D1"
        let oldest = "2026-07-31 3 4 1 no D2 D1"

        #expect(try restatements(office, since: RestatementTests.third) == [newest])
        #expect(try restatements(office, closed: true) == [newest, middle])
        #expect(try restatements(office, asOf: RestatementTests.second) == [middle, oldest])
        #expect(try restatements(office, measure: Audit.online, source: "one-stop").count == 3)
        #expect(try restatements(office, measure: measure("received")) == [])
        #expect(try restatements(office, agency: code("H52.02")) == [])
    }

    @Test func theHistoryOfADayHoldsEveryValueThatSpokeOfIt() async throws {
        let office = try await office()

        func history(asOf: Instant?) throws -> [String] {
            let sheet = try office.desk().answer(
                .history(agency: Audit.agency, measure: Audit.online, day: day("2026-07-31"), asOf: asOf)
            ).sheet("history")
            let columns = try ["days", "value", "state", "current", "delivery", "replaced_by"].map { try sheet.column($0) }
            return sheet.rows.indices.map { row in columns.map { $0[row].id }.joined(separator: " ") }
        }

        #expect(
            try history(asOf: nil) == [
                "1 3 known no D1 D2", "1 4 known yes D2 -", "31 40 known no D1 D3", "31 - unknown no D3 D4", "31 88 known yes D4 -",
            ])
        #expect(
            try history(asOf: RestatementTests.second) == [
                "1 3 known no D1 D2", "1 4 known yes D2 -", "31 40 known no D1 D3", "31 - unknown yes D3 -",
            ])
    }

    @Test func whatWasTakenBackIsReplacedByTheRetractionAlsoWhenItIsReportedAgain() async throws {
        let office = try await office()
        let august = Audit.month("2026-08")
        let wrong = try await Audit.record([Audit.observation("online", august, 40)], in: office.store, at: RestatementTests.third)
        let taken = instant("2026-09-02T09:00")
        _ = try await office.store.retract(wrong.id, by: AlertActor(name: "lan", why: "nhầm"), at: taken)
        try await Audit.record([Audit.observation("online", august, 40)], in: office.store, at: instant("2026-09-03T09:00"))

        func history(asOf: Instant?) throws -> [String] {
            let sheet = try office.desk().answer(
                .history(agency: Audit.agency, measure: Audit.online, day: day("2026-08-31"), asOf: asOf)
            ).sheet("history")
            let columns = try ["value", "current", "delivery", "replaced_by", "replaced_at"].map { try sheet.column($0) }
            return sheet.rows.indices.map { row in columns.map { $0[row].id }.joined(separator: " ") }
        }

        let lines = try history(asOf: nil)
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("40 no D5 D6 2026-09-02T09:00") == true, "\(lines)")
        #expect(lines.last == "40 yes D7 - -")
        #expect(try history(asOf: RestatementTests.third) == ["40 yes D5 - -"])
    }

    @Test func theHistoryNamesTheBytesOfEachValue() async throws {
        let office = try await office()

        let sheet = try office.desk().answer(.history(agency: Audit.agency, measure: Audit.online, day: day("2026-07-02"), asOf: nil)).sheet(
            "history")

        let deliveries = try [1, 3, 4].map { try office.store.delivery(DeliveryID($0)) }
        #expect(try sheet.column("sha256") == deliveries.map { .text($0?.sha256 ?? "") })
        #expect(
            try sheet.column("recorded") == [.instant(RestatementTests.first), .instant(RestatementTests.second), .instant(RestatementTests.third)])
        #expect(try sheet.column("replaced_at") == [.instant(RestatementTests.second), .instant(RestatementTests.third), .missing])
    }

    @Test func aDayNobodySpokeOfHasNoHistory() async throws {
        let office = try await office()

        let sheet = try office.desk().answer(.history(agency: Audit.agency, measure: Audit.online, day: day("2026-08-01"), asOf: nil)).sheet(
            "history")

        #expect(sheet.rows.isEmpty)
        #expect(sheet.notes == ["Nothing was ever delivered for 2026-08-01: that is not a zero."])
    }
}
