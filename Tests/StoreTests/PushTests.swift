import GRDB
import Model
import Testing

@testable import Store

@Suite struct PushTests {
    private func push(
        _ text: String, from sender: String = "a", key: String? = nil, at: Instant = Sample.noon(), refused: [PushRefusal] = [],
        keepsRefusals: Bool = false, _ observations: [Observation]
    ) throws -> PushRecord {
        PushRecord(
            source: "push:\(sender)", receivedAt: at, body: try PushBody(Array(text.utf8)), mediaType: "application/json",
            observations: observations, refused: refused, idempotencyKey: key, keepsRefusals: keepsRefusals)
    }

    private func recorded(_ outcome: PushOutcome) throws -> Recorded {
        guard case .recorded(let recorded) = outcome else { throw Sample.Missing() }
        return recorded
    }

    @Test func eachPushOfABatchIsADeliveryOfItsOwn() async throws {
        let store = try TemporaryStore().open()
        let refusal = PushRefusal(index: 1, code: .futureDay, place: PushedObservations.place(index: 1, line: 0))

        let outcomes = await store.record(pushes: [
            try push("one", from: "a", [try Sample.observation(1, "late", day: 0, 5), try Sample.observation(2, "late", day: 0, 6)]),
            try push("two", from: "b", refused: [refusal], [try Sample.observation(1, "late", day: 0, 7)]),
            try push("three", from: "a", [try Sample.observation(2, "late", day: 0, 6)]),
        ])

        let all = try outcomes.map(recorded)
        #expect(all.map(\.id.number) == [1, 2, 3])
        #expect(
            all.map(\.outcome) == [IngestOutcome(stored: 2), IngestOutcome(restated: 1, refused: 1), IngestOutcome(unchanged: 1)])
        #expect(all[1].restatements.map(\.replaced) == [DeliveryID(1)])
        #expect(try store.deliveries().map(\.source) == ["push:a", "push:b", "push:a"])
        #expect(try store.rawBytes(of: DeliveryID(2)) == Array("two".utf8))
        #expect(try store.history(of: try Sample.observation(1, "late", day: 0, 5).cell).map(\.value) == [5, 7])
        #expect(try store.verify().problems == [])
    }

    @Test func aBatchLeavesWhatItsPushesWouldHaveLeftOneByOne() async throws {
        for seed in 0..<8 {
            var random = SeededGenerator(seed: seed)
            let together = try TemporaryStore().open()
            let alone = try TemporaryStore().open()
            for round in 0..<6 {
                let pushes = try (0..<Int.random(in: 1...9, using: &random)).map { number in
                    let observations = try (0..<Int.random(in: 0...30, using: &random)).map { _ in
                        try Sample.observation(
                            Int.random(in: 1...6, using: &random), Bool.random(using: &random) ? "late" : "received",
                            day: Int.random(in: 0...40, using: &random), span: Int.random(in: 0...4, using: &random) == 0 ? 31 : 1,
                            Int.random(in: 0...9, using: &random) == 0 ? nil : Int64.random(in: 0...3, using: &random))
                    }
                    return try push("\(round) \(number)", from: "s\(number % 3)", at: Sample.noon(round), observations)
                }
                _ = await together.record(pushes: pushes)
                for one in pushes { _ = await alone.record(pushes: [one]) }
                if round == 3 {
                    for store in [together, alone] { _ = try await store.pack(endedBefore: Sample.firstDay + 20) }
                }
            }
            #expect(try dump(together) == dump(alone), "seed \(seed)")
            #expect(try together.verify().problems == [])
        }
    }

    private func dump(_ store: Store) throws -> String {
        var lines = ""
        try store.export { lines += String(decoding: $0, as: UTF8.self) }
        return lines
    }

    @Test func aKeyMakesARepeatAnswerAsTheFirstTime() async throws {
        let store = try TemporaryStore().open()
        let refusal = PushRefusal(
            index: 1, code: .badValue, place: PushedObservations.place(index: 1, line: 2), found: LocalizedText(verbatim: "-1"),
            expected: LocalizedText(vietnamese: "từ 0 trở lên", english: "0 or more"))
        let first = try push("body", key: "k1", refused: [refusal], [try Sample.observation(1, "late", day: 0, 5)])
        let other = try push("other", from: "b", key: "k1", [try Sample.observation(1, "late", day: 1, 5)])

        // The same key twice in one batch: one delivery. The key of another sender is another key.
        let outcomes = await store.record(pushes: [first, first, other])
        let later = await store.record(pushes: [first])
        let reused = await store.record(pushes: [try push("changed", key: "k1", [])])

        let stored = StoredPush(id: DeliveryID(1), outcome: IngestOutcome(stored: 1, refused: 1), refused: [refusal])
        #expect(try recorded(outcomes[0]).id == DeliveryID(1))
        for outcome in [outcomes[1], later[0]] {
            guard case .repeated(let repeated) = outcome else { throw Sample.Missing() }
            #expect(repeated == stored)
        }
        guard case .keyReused = reused[0] else { throw Sample.Missing() }
        #expect(try recorded(outcomes[2]).id == DeliveryID(2))
        #expect(try store.deliveries().count == 2)
        guard case .repeated(let asked)? = try store.earlierPush(source: "push:a", key: "k1", body: first.body) else { throw Sample.Missing() }
        #expect(asked == stored)
        #expect(try store.earlierPush(source: "push:c", key: "k1", body: first.body) == nil)
    }

    @Test func theKeyOfADeliveryThatWasTakenBackIsFreeAgain() async throws {
        let store = try TemporaryStore().open()
        let body = try push("body", key: "k1", [try Sample.observation(1, "late", day: 0, 5)])
        let first = try recorded(await store.record(pushes: [body])[0])
        _ = try await store.retract(first.id, by: AlertActor(name: "lan", why: "nhầm"), at: Sample.noon(1))

        #expect(try store.earlierPush(source: "push:a", key: "k1", body: body.body) == nil)
        let outcomes = await store.record(pushes: [body, body])

        let second = try recorded(outcomes[0])
        #expect(second.outcome == IngestOutcome(stored: 1))
        guard case .repeated(let repeated) = outcomes[1] else { throw Sample.Missing() }
        #expect(repeated.id == second.id)
        let cell = try Sample.observation(1, "late", day: 0, 5).cell
        #expect(try store.cells(of: [cell.measure], in: cell.range)[cell.measure, cell.agency].map(\.delivery) == [second.id])
    }

    @Test func whatWasRefusedCanBeAskedForAWhileWithAKeyAndWithout() async throws {
        let store = try TemporaryStore().open()
        let refused = (0..<150).map { PushRefusal(index: $0, code: .futureDay, place: PushedObservations.place(index: $0, line: $0 + 2)) }

        _ = await store.record(pushes: [
            try push("keyed", key: "k", refused: refused, []), try push("plain", refused: refused, keepsRefusals: true, []),
            try push("sampled", refused: refused, []), try push("good", keepsRefusals: true, [try Sample.observation(1, "late", day: 0, 5)]),
        ])

        #expect(try (1...5).map { try store.refusals(of: DeliveryID($0)) } == [refused, Array(refused.prefix(100)), [], [], []])
        #expect(try await store.dropPushKeys(usedBefore: Sample.noon(1)) == 2)
        #expect(try store.refusals(of: DeliveryID(2)) == [])
    }

    @Test func keysPastTheirTimeAreForgottenAndTheDeliveriesStay() async throws {
        let store = try TemporaryStore().open()
        let old = try push("old", key: "old", at: Sample.noon(0), [try Sample.observation(1, "late", day: 0, 5)])
        _ = await store.record(pushes: [old, try push("new", key: "new", at: Sample.noon(7), [])])

        #expect(try await store.dropPushKeys(usedBefore: Sample.noon(3)) == 1)

        let again = try recorded(await store.record(pushes: [old])[0])
        #expect(again.outcome == IngestOutcome(unchanged: 1), "the natural keys make it harmless")
        guard case .repeated = await store.record(pushes: [try push("new", key: "new", [])])[0] else { throw Sample.Missing() }
        #expect(try store.deliveries().count == 3)
    }

    @Test func oneBadPushDoesNotFailItsNeighbours() async throws {
        let store = try TemporaryStore().open()
        try await store.pool.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    CREATE TEMP TRIGGER bad BEFORE INSERT ON main.delivery WHEN NEW.source = 'push:bad'
                    BEGIN SELECT RAISE(ABORT, 'bad'); END
                    """)
        }
        let senders = ["a", "b", "c", "bad", "d", "e", "f"]

        let outcomes = await store.record(
            pushes: try senders.enumerated().map { number, sender in
                try push(sender, from: sender, [try Sample.observation(number + 1, "late", day: 0, 1)])
            })

        for (sender, outcome) in zip(senders, outcomes) {
            switch outcome {
            case .recorded(let recorded): #expect(sender != "bad" && recorded.outcome == IngestOutcome(stored: 1))
            case .failed(let error): #expect(sender == "bad" && error.operation == "recording a push of 'push:bad'")
            default: Issue.record("\(sender): \(outcome)")
            }
        }
        #expect(Set(try store.deliveries().map(\.source)) == Set(senders.filter { $0 != "bad" }.map { "push:\($0)" }))
        let late = try Sample.measure("late")
        #expect(try store.cells(of: [late], in: DayRange(Sample.firstDay)).agencies(with: late).count == 6)
        #expect(try store.verify().problems == [])
    }

    @Test func withoutRoomAllAreRefusedAndWithRoomTheyAreTaken() async throws {
        let place = try TemporaryStore()
        let store = try place.open(maximumBytes: 700_000)
        var random = SeededGenerator(seed: 1)
        var refused: [PushRecord] = []
        for number in 0..<1000 where refused.isEmpty {
            let noise = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }
            let pushes = try ["a", "b"].map { sender in
                PushRecord(
                    source: "push:\(sender)", receivedAt: Sample.noon(number), body: try PushBody(noise + Array(sender.utf8)), mediaType: "",
                    observations: [try Sample.observation(sender == "a" ? 1 : 2, "late", day: number, 1)])
            }
            let outcomes = await store.record(pushes: pushes)
            if case .failed(let error) = outcomes[0] {
                #expect(error.kind == .full)
                guard case .failed(let other) = outcomes[1] else { throw Sample.Missing() }
                #expect(other.kind == .full)
                refused = pushes
            }
        }
        #expect(refused.count == 2)
        let before = try store.statistics()
        #expect(before.deliveries == before.cells, "nothing of the refused ones is there")

        #expect(try await store.dropRawBytes(receivedBefore: Sample.noon(5)) == 10)

        let later = try await store.record(pushes: refused).map(recorded)
        #expect(later.map(\.outcome) == [IngestOutcome(stored: 1), IngestOutcome(stored: 1)])
        #expect(try store.verify().problems == [])
    }

    @Test func theLastPushOfEachSenderIsFound() async throws {
        let store = try TemporaryStore().open()
        _ = try await store.record(Sample.delivery(source: "push"), observations: [])
        _ = await store.record(pushes: try ["b", "a", "b", "z.9"].map { try push("x", from: $0, []) })
        _ = try await store.record(Sample.delivery(source: "pusher"), observations: [])

        #expect(try store.lastPushes().mapValues(\.id.number) == ["a": 3, "b": 4, "z.9": 5])
    }
}
