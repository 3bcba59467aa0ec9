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
                == "\(place.path): taking delivery D9 back: there is no delivery D9; `dondoc deliveries list` lists the newest ones")
    }

    /// A delivery that says a value of one figure.
    private func say(_ value: Int64, on day: Int, in store: Store) async throws -> DeliveryID {
        let observation = try Sample.observation(1, "received", day: 0, value)
        let recorded = try await store.record(Sample.delivery("\(value)", at: Sample.noon(day)), observations: [observation])
        return recorded.id
    }

    @Test(arguments: [false, true]) func whatARetractionPutBackGoesWithTheDeliveryThatHadSaidIt(isPacked: Bool) async throws {
        let store = try TemporaryStore().open()
        func retract(_ id: DeliveryID, on day: Int) async throws -> Retracted {
            if isPacked { _ = try await store.pack(endedBefore: Sample.firstDay + 400) }
            return try await store.retract(id, by: RetractionTests.actor, at: Sample.noon(day))
        }
        let first = try await say(1, on: 0, in: store)
        let second = try await say(2, on: 1, in: store)
        let third = try await say(3, on: 2, in: store)

        let newest = try await retract(third, on: 3)
        #expect(try value(store) == "2 by \(newest.id)")
        let middle = try await retract(second, on: 4)
        #expect(middle.restored == 1 && middle.removed == 0 && middle.superseded == 0)
        #expect(middle.restatements.map(\.replaced) == [newest.id])
        #expect(try value(store) == "1 by \(middle.id)")
        let oldest = try await retract(first, on: 5)

        #expect(oldest.restored == 0 && oldest.removed == 1 && oldest.superseded == 0)
        #expect(try value(store) == "absent")
        #expect(try value(store, asOf: Sample.noon(4)) == "1 by \(middle.id)")
        #expect(try store.takenBack(by: oldest.id)?.delivery == first)
        #expect(try store.takenBack(by: oldest.id)?.figures == 1)
        #expect(try store.takenBack(by: first) == nil)
        #expect(try store.verify().problems == [])
        try await compareDump(of: store)
    }

    @Test func aValueThatWasPutBackIsNoStatementOfItsOwn() async throws {
        let store = try TemporaryStore().open()
        var ids: [DeliveryID] = []
        func retract(_ index: Int) async throws {
            ids.append(try await store.retract(ids[index], by: RetractionTests.actor, at: Sample.noon(ids.count)).id)
        }
        for value in 1...3 { ids.append(try await say(Int64(value), on: ids.count, in: store)) }
        try await retract(2)
        ids.append(try await say(5, on: ids.count, in: store))
        try await retract(1)
        #expect(try value(store) == "5 by \(ids[4])", "the fifth stands whatever was put back before it")

        try await retract(4)

        #expect(try value(store) == "1 by \(ids[6])", "not the second, which the first retraction had put back")
        #expect(try store.verify().problems == [])
    }

    @Test func deliveriesThatMayHaveConfirmedWhatWentAreCounted() async throws {
        let store = try TemporaryStore().open()
        let observation = try Sample.observation(1, "received", day: 0, 1)
        let first = try await store.record(Sample.delivery("1"), observations: [observation])
        let again = try await store.record(Sample.delivery("2", at: Sample.noon(1)), observations: [observation])
        _ = try await store.record(Sample.delivery("3", at: Sample.noon(2)), observations: [try Sample.observation(2, "late", day: 300, 1)])

        let retracted = try await store.retract(first.id, by: RetractionTests.actor, at: Sample.noon(3))
        let another = try await store.retract(again.id, by: RetractionTests.actor, at: Sample.noon(4))

        #expect(retracted.confirmations == Retracted.Confirmations(count: 1, newest: again.id))
        #expect(another.confirmations == Retracted.Confirmations(), "nothing went with it")
    }

    /// Everything that happened, replayed: what deliveries said of each cell in order, and which were taken back. In force is the newest statement that
    /// stands; retractions say nothing themselves, so they only change under whose number it is kept.
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
            let before = said.mapValues(standing)
            isRetracted.insert(id)
            for (cell, value) in current {
                let now = said[cell].flatMap(standing)
                guard value.delivery == id || now?.delivery != before[cell]??.delivery else { continue }
                current[cell] = now.map { (other, $0.value) }
            }
        }

        private func standing(_ said: [(delivery: DeliveryID, value: Int64?)]) -> (delivery: DeliveryID, value: Int64?)? {
            said.last { !isRetracted.contains($0.delivery) }
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
            // Often the newest of what is left, and several one after the other: as operators undo an hour's mistakes.
            if step % 10 > 5, let id = step % 3 == 0 ? deliveries.randomElement(using: &random) : deliveries.last {
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
