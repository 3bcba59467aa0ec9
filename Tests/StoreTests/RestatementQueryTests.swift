import Model
import Testing

@testable import Store

@Suite struct RestatementQueryTests {
    /// Two agencies, two measures, two sources; the first figure is replaced twice.
    private func store() async throws -> Store {
        let store = try TemporaryStore().open()
        let values: [(source: String, value: Int64?)] = [("one-stop", 1), ("mail", nil), ("one-stop", 3)]
        for (day, (source, value)) in values.enumerated() {
            _ = try await store.record(
                Sample.delivery("\(day)", source: source, at: Sample.noon(day)),
                observations: [
                    try Sample.observation(1, "received", day: 0, value), try Sample.observation(2, "late", day: 0, span: 31, Int64(day / 2)),
                ])
        }
        return store
    }

    private func found(_ store: Store, _ query: RestatementQuery, limit: Int = 9) throws -> [String] {
        try store.restatements(query, limit: limit) { _, _ in true }.map {
            "\($0.cell.measure) \($0.old.map(String.init) ?? "-")>\($0.new.map(String.init) ?? "-") \($0.replaced)>\($0.by)"
        }
    }

    @Test func theNewestComeFirstWithWhatReplacedThem() async throws {
        #expect(try found(try await store(), RestatementQuery()) == ["received ->3 D2>D3", "late 0>1 D1>D3", "received 1>- D1>D2"])
    }

    @Test func eachConditionNarrowsTheList() async throws {
        let store = try await store()

        #expect(try found(store, RestatementQuery(since: Sample.noon(2))).count == 2)
        #expect(try found(store, RestatementQuery(until: Sample.noon(1))) == ["received 1>- D1>D2"])
        #expect(try found(store, RestatementQuery(agency: try Sample.agency(2))) == ["late 0>1 D1>D3"])
        #expect(try found(store, RestatementQuery(measure: try Sample.measure("late"))) == ["late 0>1 D1>D3"])
        #expect(try found(store, RestatementQuery(source: "mail")) == ["received 1>- D1>D2"])
        #expect(try found(store, RestatementQuery(measure: try Sample.measure("nobody"))) == [])
        #expect(try found(store, RestatementQuery(), limit: 1) == ["received ->3 D2>D3"])
    }

    @Test func whatIsUnwantedDoesNotCountTowardsTheLimit() async throws {
        let store = try await store()
        let late = try Sample.measure("late")

        let found = try store.restatements(RestatementQuery(), limit: 1) { cell, _ in cell.measure == late }

        #expect(found.map(\.cell.measure) == [late])
    }

    @Test func theSecondOfTwoValuesInOneDeliveryIsTheOneThatCame() async throws {
        let store = try TemporaryStore().open()
        _ = try await store.record(Sample.delivery("1"), observations: [try Sample.observation(1, "received", day: 0, 1)])
        _ = try await store.record(
            Sample.delivery("2", at: Sample.noon(1)),
            observations: [try Sample.observation(1, "received", day: 0, 2), try Sample.observation(1, "received", day: 0, 3)])

        #expect(try found(store, RestatementQuery()) == ["received 1>3 D1>D2"])
    }

    @Test func doubtsAreStoredWithTheFiguresTheyAreAbout() async throws {
        let store = try TemporaryStore().open()
        _ = try await store.record(Sample.delivery("1"), observations: [try Sample.observation(1, "received", day: 0, 1)])

        let recorded = try await store.record(
            Sample.delivery("2", at: Sample.noon(1)), observations: [try Sample.observation(1, "received", day: 0, 2)]
        ) { restatements in
            restatements.map { Finding(.restatedClosedPeriod, source: "one-stop", agency: $0.cell.agency.text, found: "\($0.new ?? 0)") }
        }

        let finding = try #require(try store.findings().first)
        #expect(finding.finding.found == "2")
        #expect(finding.delivery == recorded.id)
        #expect(recorded.outcome.refused == 0)
    }

    @Test func deliveriesAsOfAndKeptBodiesFollowTheRecord() async throws {
        let store = try await store()

        #expect(try store.deliveries(source: "one-stop", asOf: Sample.noon(1), limit: 5).map(\.id.number) == [1])
        #expect(try store.deliveries(source: "one-stop", asOf: Sample.noon(2), limit: 1).map(\.id.number) == [3])
        #expect(try store.keptBodies(of: [DeliveryID(1), DeliveryID(3), DeliveryID(9)]) == [DeliveryID(1), DeliveryID(3)])
        _ = try await store.dropRawBytes(receivedBefore: Sample.noon(1))
        #expect(try store.keptBodies(of: [DeliveryID(1), DeliveryID(3)]) == [DeliveryID(3)])
    }
}
