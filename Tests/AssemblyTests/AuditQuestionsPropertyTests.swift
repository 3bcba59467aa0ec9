import Assembly
import Control
import Model
import Store
import TestSupport
import Testing

/// What an auditor asks about random lives of a province, held against a replay of the list of deliveries.
@Suite struct AuditQuestionsPropertyTests {
    /// A value as it was delivered, in the order in which deliveries came.
    private struct Said {
        let at: Instant
        let cell: CellKey
        let value: Int64?
    }

    private func life(_ seed: Int) async throws -> (office: Office, said: [Said], random: SeededNumbers) {
        var random = SeededNumbers(seed: 5000 + seed)
        let history = AuditHistory(&random)
        let office = try Office(Audit.files())
        try await history.feed(office.store, until: instant("2099-01-01"), packing: true)
        let said = history.steps.flatMap { step in
            step.observations.map { Said(at: step.at, cell: $0.cell, value: $0.value) }
        }
        return (office, said, random)
    }

    private func text(_ value: Int64?) -> String { value.map(String.init) ?? "-" }

    /// Each value of one cell that differs from the one before it.
    private func versions(of cell: CellKey, _ said: [Said]) -> [Said] {
        said.filter { $0.cell == cell }.reduce(into: []) { versions, next in
            if versions.isEmpty || versions[versions.count - 1].value != next.value { versions.append(next) }
        }
    }

    @Test(arguments: 0..<6) func restatementsAreTheChangesOfTheReplay(seed: Int) async throws {
        let (office, said, _) = try await life(seed)

        let sheet = try office.desk(now: instant("2027-01-01T08:00")).answer(
            .restatements(since: nil, agency: nil, measure: nil, source: nil, closed: false, asOf: nil)
        ).sheet("restatements")

        var expected: [String] = []
        for cell in Set(said.map(\.cell)) {
            let versions = versions(of: cell, said)
            for (old, new) in zip(versions, versions.dropFirst()) {
                expected.append("\(cell.agency) \(cell.measure) \(cell.range.start) \(cell.range.last): \(text(old.value)) → \(text(new.value))")
            }
        }
        let columns = try ["agency", "measure", "from", "through", "old", "new"].map { try sheet.column($0).map(\.id) }
        let listed = sheet.rows.indices.map { row in
            "\(columns[0][row]) \(columns[1][row]) \(columns[2][row]) \(columns[3][row]): \(columns[4][row]) → \(columns[5][row])"
        }
        #expect(listed.count > 10)
        #expect(listed.sorted() == expected.sorted())
    }

    @Test(arguments: 0..<6) func theHistoryOfADayIsThatOfTheReplay(seed: Int) async throws {
        var (office, said, random) = try await life(seed)
        for _ in 0..<20 {
            let one = try #require(said.randomElement(using: &random))
            let day = one.cell.range.start + Int.random(in: 0..<one.cell.range.span, using: &random)

            let sheet = try office.desk(now: instant("2027-01-01T08:00")).answer(
                .history(agency: one.cell.agency, measure: one.cell.measure, day: day, asOf: nil)
            ).sheet("history")

            let cells = Set(said.map(\.cell).filter { $0.agency == one.cell.agency && $0.measure == one.cell.measure && $0.range.contains(day) })
            let expected = cells.flatMap { cell in
                versions(of: cell, said).map { "\(cell.range.start) \(cell.range.last) \(text($0.value)) \($0.at)" }
            }
            let columns = try ["from", "through", "value", "recorded"].map { try sheet.column($0).map(\.id) }
            let listed = sheet.rows.indices.map { "\(columns[0][$0]) \(columns[1][$0]) \(columns[2][$0]) \(columns[3][$0])" }
            #expect(listed.sorted() == expected.sorted(), "\(one.cell) on \(day)")
        }
    }

    @Test(arguments: 0..<6) func aRankingIsTheOrderOfItsReadingsAndATrendTheirSequence(seed: Int) async throws {
        let (office, _, _) = try await life(seed)
        let desk = office.desk(now: instant("2027-01-01T08:00"))
        let months = ["2026-07", "2026-08", "2026-09"]
        for scheme in PeriodScheme.allCases {
            for month in months {
                let sheet = try desk.answer(.rank(indicator: "done", period: PeriodName(month), scheme: scheme, level: nil, asOf: nil)).sheet("rank")
                let readings = try ["H52.01", "H52.02", "H52.03"].map {
                    try office.reading("done", of: $0, over: period(month, scheme), today: day("2027-01-01"))
                }
                let figures = readings.filter { $0.state == .figure }
                let order = figures.sorted { left, right in
                    // a/b > c/d as a·d > c·b; the counts of this province are small.
                    let (a, b, c, d) = (left.numerator ?? 0, left.denominator ?? 1, right.numerator ?? 0, right.denominator ?? 1)
                    return a * d == c * b ? left.agency < right.agency : a * d > c * b
                }
                #expect(try sheet.column("agency").map(\.id).prefix(order.count) == order.map(\.agency.text)[...])
                #expect(try sheet.column("rank").filter { $0 != .missing }.count == order.count)
            }
            let trend = try desk.answer(
                .trend(
                    question: TrendQuestion(
                        agency: Audit.agency, indicator: "done", from: PeriodName(months[0]), through: PeriodName(months[2]), scheme: scheme))
            ).sheet("trend")
            let readings = try months.map { try office.reading("done", of: "H52.01", over: period($0, scheme), today: day("2027-01-01")) }
            #expect(try trend.column("period").map(\.id) == months)
            #expect(try trend.column("numerator") == readings.map { $0.numerator.map { .integer($0) } ?? .missing })
            #expect(try trend.column("denominator") == readings.map { $0.denominator.map { .integer($0) } ?? .missing })
        }
    }
}
