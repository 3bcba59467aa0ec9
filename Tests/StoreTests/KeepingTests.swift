import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// What is past its keeping goes, everything else stays, and the digests still add up.
@Suite struct KeepingTests {
    private func filled(_ seed: Int) async throws -> (store: Store, model: SlowModel) {
        var random = SeededGenerator(seed: seed)
        let store = try TemporaryStore().open()
        var model = SlowModel()
        for step in 0..<30 {
            let observations = try (0..<40).map { _ in
                try Sample.observation(
                    Int.random(in: 0..<20, using: &random), "received", day: Int.random(in: 0..<100, using: &random),
                    span: [1, 1, 7].randomElement(using: &random) ?? 1, Int64.random(in: 0...9, using: &random))
            }
            let recorded = try await store.record(Sample.delivery("\(step)", at: Sample.noon(step)), observations: observations)
            model.record(recorded.id, receivedAt: Sample.noon(step), observations)
            if step % 6 == 0 { _ = try await store.pack(endedBefore: Sample.firstDay + Int.random(in: 0...150, using: &random)) }
        }
        return (store, model)
    }

    private func cells(_ store: Store) throws -> Set<PlacedCell> {
        let measures = [try Sample.measure("received")]
        return Set(PlacedCell.all(in: try store.cells(of: measures, in: DayRange(start: Sample.firstDay - 10, span: 400)), measures))
    }

    @Test(arguments: 0..<12) func figuresPastTheirKeepingGoAndTheOthersStay(seed: Int) async throws {
        let (store, model) = try await filled(seed)
        let limit = Sample.firstDay + 45
        let before = try cells(store)

        let dropped = try await store.dropFigures(endedBefore: limit)

        let after = try cells(store)
        #expect(dropped > 0 && after.isSubset(of: before))
        #expect(before.filter { $0.key.range.end > limit }.isSubset(of: after), "nothing that is to be kept went")
        for gone in before.subtracting(after) { #expect(try store.history(of: gone.key).isEmpty) }
        for kept in after { #expect(try store.history(of: kept.key) == model.revisions()[kept.key]) }
        // What is packed goes by whole months: at most the one that holds the limit is left.
        #expect(
            after.filter { $0.key.range.end <= limit }.allSatisfy { $0.key.range.start.month == limit.month || $0.key.range.end.month == limit.month }
        )
        #expect(try store.verify().problems == [])
        #expect(try await store.dropFigures(endedBefore: limit) == 0)
    }

    @Test func historyPastItsKeepingGoesAndPresentValuesStay() async throws {
        let (store, model) = try await filled(5)
        let before = try cells(store)

        let dropped = try await store.dropHistory(replacedBefore: Sample.noon(15))

        let early = model.entries.filter { $0.recordedAt < Sample.noon(15) }.map(\.id)
        let expected = model.revisions().values.flatMap { $0.dropFirst() }.filter { early.contains($0.delivery) }.count
        #expect(dropped == expected && dropped > 0)
        #expect(try cells(store) == before)
        #expect(try store.verify().problems == [])
    }

    @Test func transitionsPastTheirKeepingGoButTheLastOfEachAlert() async throws {
        let store = try TemporaryStore().open()
        let key = try Sample.key()
        for (day, change) in [(0, (nil, AlertState.firing)), (10, (.firing, .resolved)), (20, (.resolved, .firing))]
            as [(Int, (AlertState?, AlertState))]
        {
            let transition = try Sample.transition(key, change.0, change.1, at: Sample.noon(day))
            let letter = try Sample.letter("<\(day)@dondoc.test>")
            try await store.commit(Judgement(transitions: [transition], letters: [.init(letter, of: [key])], at: Sample.noon(day)))
        }
        try await store.recordAttempt(1, at: Sample.noon(1), outcome: .sent(answer: "250 ok"))

        let dropped = try await store.dropTransitions(before: Sample.noon(30))

        #expect(dropped == 2)
        #expect(try store.transitions(of: key).map(\.transition.to) == [.firing])
        #expect(try store.alerts().map(\.state) == [.firing])
        #expect(try store.outbox().map(\.letter.messageID).sorted() == ["<10@dondoc.test>", "<20@dondoc.test>"], "a letter on its way stays")
        #expect(try store.verify().problems == [])
    }
}
