import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// A wrong delivery is taken back: what it had replaced stands again, and what it alone had said is gone, as if it had never come.
@Suite struct RetractionTests {
    private static let actor = AlertActor(name: "lan", why: "sai tháng")

    private func value(_ store: Store, _ agency: Int = 1, day: Int = 0, asOf instant: Instant? = nil) throws -> String {
        let cell = try Sample.observation(agency, "received", day: day, 0).cell
        let table = try store.cells(of: [cell.measure], in: cell.range, asOf: instant)
        guard let found = table[cell.measure, cell.agency].first else { return "absent" }
        return "\(found.value.map(String.init) ?? "unknown") by \(found.delivery)"
    }

    @Test(arguments: [false, true]) func whatItHadReplacedStandsAgainAndWhatItBroughtAnewIsGone(isPacked: Bool) async throws {
        let store = try TemporaryStore().open()
        _ = try await store.record(Sample.delivery("1"), observations: [try Sample.observation(1, "received", day: 0, 5)])
        let wrong = try await store.record(
            Sample.delivery("2", at: Sample.noon(1)),
            observations: [try Sample.observation(1, "received", day: 0, 50), try Sample.observation(2, "received", day: 0, 7)])
        if isPacked { _ = try await store.pack(endedBefore: Sample.firstDay + 400) }

        let retracted = try await store.retract(wrong.id, by: RetractionTests.actor, at: Sample.noon(2))

        #expect(retracted.restored == 1 && retracted.removed == 1 && retracted.superseded == 0)
        #expect(try value(store) == "5 by \(retracted.id)")
        #expect(try value(store, 2) == "absent")
        #expect(try value(store, asOf: Sample.noon(1)) == "50 by \(wrong.id)")
        #expect(try value(store, 2, asOf: Sample.noon(1)) == "7 by \(wrong.id)")
        #expect(try value(store, asOf: Sample.noon()) == "5 by D1")
        #expect(try store.history(of: Sample.observation(2, "received", day: 0, 0).cell).map(\.replacedBy) == [retracted.id])
        #expect(try store.rawBytes(of: retracted.id) == Array("D2 was taken back by lan: sai tháng\n".utf8))
        #expect(try store.verify().problems == [])
        let listed = try store.restatements(RestatementQuery(since: Sample.noon(2)), limit: 10) { _, _ in true }
        #expect(listed.map { "\($0.old.map(String.init) ?? "-") → \($0.new.map(String.init) ?? "-")" } == ["50 → 5", "7 → -"])
        let again = try await store.record(Sample.delivery("3", at: Sample.noon(3)), observations: [try Sample.observation(2, "received", day: 0, 8)])
        #expect(try value(store, 2) == "8 by \(again.id)")
    }

    @Test(arguments: [false, true]) func whomASourceServesIsKnownByWhatStandsOfIt(isPacked: Bool) async throws {
        let store = try TemporaryStore().open()
        func deliver(_ text: String, _ source: String, _ agencies: [Int], at noon: Int) async throws {
            let delivery = Delivery(source: source, receivedAt: Sample.noon(noon), bytes: Array(text.utf8), mediaType: "text/plain")
            _ = try await store.record(delivery, observations: try agencies.map { try Sample.observation($0, "received", day: 0, Int64(noon)) })
        }
        try await deliver("a", "one-stop", [1, 2], at: 1)
        try await deliver("b", "import", [2, 3], at: 2)
        if isPacked { _ = try await store.pack(endedBefore: Sample.firstDay + 400) }
        func codes(_ source: String, asOf instant: Instant? = nil) throws -> Set<AgencyCode> { try store.agenciesServed(by: source, asOf: instant) }
        func agency(_ number: Int) throws -> AgencyCode { try Sample.observation(number, "received", day: 0, 0).cell.agency }

        #expect(try codes("one-stop") == [try agency(1)])
        #expect(try codes("one-stop", asOf: Sample.noon(1)) == [try agency(1), try agency(2)])
        #expect(try codes("import") == [try agency(2), try agency(3)])
        #expect(try codes("never").isEmpty)
    }

    @Test func aDeliveryIsTakenBackOnceAndMustBeThere() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let first = try await store.record(Sample.delivery("1"), observations: [try Sample.observation(1, "received", day: 0, 5)])
        let retracted = try await store.retract(first.id, by: RetractionTests.actor, at: Sample.noon(1))

        func failure(_ id: DeliveryID) async -> String? {
            do throws(StoreError) {
                _ = try await store.retract(id, by: RetractionTests.actor, at: Sample.noon(2))
                return nil
            } catch {
                return error.description
            }
        }

        #expect(
            await failure(first.id) == "\(place.path): taking delivery D1 back: it was taken back already, by \(retracted.id); nothing was changed")
        #expect(
            await failure(DeliveryID(9))
                == "\(place.path): taking delivery D9 back: there is no delivery D9; `dondoc sources show SOURCE` lists the newest ones")
    }

    /// Everything that happened, replayed: each cell's values in order, and which deliveries were taken back.
    private struct Model {
        var said: [CellKey: [(delivery: DeliveryID, value: Int64?)]] = [:]
        var current: [CellKey: (delivery: DeliveryID, value: Int64?)] = [:]
        var isRetracted: Set<DeliveryID> = []

        mutating func record(_ id: DeliveryID, _ observations: [Observation]) {
            for observation in observations where current[observation.cell].map({ $0.value != observation.value }) ?? true {
                current[observation.cell] = (id, observation.value)
                said[observation.cell, default: []].append((id, observation.value))
            }
        }

        mutating func retract(_ id: DeliveryID, by other: DeliveryID) {
            isRetracted.insert(id)
            for (cell, value) in current where value.delivery == id {
                let before = said[cell, default: []].last { $0.delivery < id && !isRetracted.contains($0.delivery) }
                current[cell] = before.map { (other, $0.value) }
                if let before { said[cell, default: []].append((other, before.value)) }
            }
        }
    }

    @Test(arguments: 0..<10) func randomRetractionsAreTheReplayAndADumpBuildsTheSame(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let place = try TemporaryStore()
        let store = try place.open()
        var model = Model()
        var moments: [(Instant, [CellKey: (delivery: DeliveryID, value: Int64?)])] = []
        var deliveries: [DeliveryID] = []
        for step in 0..<30 {
            let at = Sample.noon(100 + step)
            if step % 4 == 3, let id = deliveries.randomElement(using: &random) {
                deliveries.removeAll { $0 == id }
                let retracted = try await store.retract(id, by: RetractionTests.actor, at: at)
                model.retract(id, by: retracted.id)
                // A retraction can be taken back like any delivery.
                deliveries.append(retracted.id)
            } else {
                var observations: [CellKey: Observation] = [:]
                for _ in 0..<40 {
                    let observation = try Sample.observation(
                        Int.random(in: 0..<6, using: &random), "received", day: Int.random(in: 0..<60, using: &random),
                        span: [1, 1, 1, 7].randomElement(using: &random) ?? 1,
                        Bool.random(using: &random) ? Int64.random(in: 0...3, using: &random) : nil)
                    observations[observation.cell] = observation
                }
                let all = observations.values.sorted { ($0.cell.range, $0.cell.agency) < ($1.cell.range, $1.cell.agency) }
                let recorded = try await store.record(Sample.delivery("\(step)", at: at), observations: all)
                model.record(recorded.id, all)
                deliveries.append(recorded.id)
            }
            if step % 7 == 5 { _ = try await store.pack(endedBefore: Sample.firstDay + Int.random(in: 0...90, using: &random)) }
            moments.append((at, model.current))
        }

        for (at, expected) in moments { try compare(store, expected, asOf: at) }
        try compare(store, model.current, asOf: nil)
        #expect(try store.verify().problems == [])
        try await compareDump(of: store)
    }

    private func compare(_ store: Store, _ expected: [CellKey: (delivery: DeliveryID, value: Int64?)], asOf instant: Instant?) throws {
        let measures = [try Sample.measure("received")]
        let found = PlacedCell.all(in: try store.cells(of: measures, in: DayRange(start: Sample.firstDay - 10, span: 400), asOf: instant), measures)
        #expect(Set(found) == Set(expected.map { PlacedCell(key: $0.key, value: $0.value.value, delivery: $0.value.delivery) }))
    }

    private func compareDump(of store: Store) async throws {
        func dump(_ store: Store) throws -> Data {
            var dump = Data()
            try store.export { dump.append($0) }
            return dump
        }
        let first = try dump(store)
        var lines = first.split(separator: UInt8(ascii: "\n")).makeIterator()
        let place = try TemporaryStore()
        _ = try await Store.build(place.path, from: { lines.next().map { Data($0) } })
        let second = try dump(try place.open())
        #expect(first == second)
        #expect(try place.open(.readOnly).verify().problems == [])
    }
}
