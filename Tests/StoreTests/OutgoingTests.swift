import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

/// The way from a delivery to what it brought, and how far the targets of remote write have got.
@Suite struct OutgoingTests {
    private func brought(_ store: Store, after: Int64 = 0, limit: Int = 1000) throws -> [String] {
        try store.reaches(after: DeliveryID(after), through: store.newestDelivery(), limit: limit).flatMap { reach in
            try store.cells(broughtBy: reach, starting: reach.starts).map { "\(reach.delivery) \(reach.measure) \($0.agency) \($0.cell.value ?? -1)" }
        }
    }

    @Test func aDeliveryLeadsToTheCellsThatAreStillItsOwn() async throws {
        let store = try TemporaryStore().open()
        _ = try await store.record(
            Sample.delivery("1"),
            observations: [
                try Sample.observation(1, "received", day: 0, 5), try Sample.observation(2, "received", day: 3, 7),
                try Sample.observation(1, "received", day: 0, span: 31, 100), try Sample.observation(1, "late", day: 1, nil),
            ])
        _ = try await store.record(Sample.delivery("2"), observations: [try Sample.observation(1, "received", day: 0, 5)])
        _ = try await store.record(
            Sample.delivery("3"), observations: [try Sample.observation(1, "received", day: 0, 6), try Sample.observation(2, "received", day: 3, 7)])

        // The first one's restated cell is the third one's now; the second changed nothing.
        #expect(
            try brought(store).sorted() == ["D1 late H52.11 -1", "D1 received H52.11 100", "D1 received H52.12 7", "D3 received H52.11 6"])
        #expect(try brought(store, after: 1) == ["D3 received H52.11 6"])
        #expect(try store.reaches(after: DeliveryID(0), through: DeliveryID(2)).map(\.delivery.number) == [1, 1, 1])
        let last = try #require(try store.reaches(after: DeliveryID(1), through: DeliveryID(3)).first)
        #expect(try store.cells(broughtBy: last, starting: last.starts).map(\.revision) == [1], "one value came before it")
    }

    @Test func aLimitNeverCutsADeliveryInTwo() async throws {
        let store = try TemporaryStore().open()
        for number in 1...3 {
            _ = try await store.record(
                Sample.delivery("\(number)"),
                observations: [try Sample.observation(number, "received", day: 0, 1), try Sample.observation(number, "late", day: 0, 1)])
        }

        let first = try store.reaches(after: DeliveryID(0), through: DeliveryID(3), limit: 1)
        let rest = try store.reaches(after: DeliveryID(1), through: DeliveryID(3), limit: 3)

        #expect(first.map(\.delivery.number) == [1, 1])
        #expect(rest.map(\.delivery.number) == [2, 2, 3, 3])
    }

    @Test func deliveriesOfAnOlderFileLeadToTheirCellsToo() throws {
        let place = try TemporaryStore()
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/v1.sql")
        let queue = try DatabaseQueue(path: place.path)
        let sql = try String(contentsOf: file, encoding: .utf8)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        let held = try queue.read { try String.fetchSet($0, sql: "SELECT 'D' || delivery || ' ' || coalesce(value, -1) FROM cell") }
        try queue.close()

        let migrated = try place.open()

        let brought = try brought(migrated).map { $0.split(separator: " ") }.map { "\($0[0]) \($0[3])" }
        #expect(!held.isEmpty)
        #expect(Set(brought) == held)
    }

    @Test func aReplayOrderedWhileSendingIsNotOverwritten() async throws {
        let store = try TemporaryStore().open()
        let day = Sample.firstDay
        var state = RemoteWriteState(target: "archive", cells: DeliveryID(4), readings: DeliveryID(4), readingsBefore: day + 9)
        let begun = try await store.save(state, after: nil, at: Sample.noon())
        state.cells = DeliveryID(7)
        state.sent = 50

        let replay = try #require(try await store.replayRemoteWrite("archive", from: day))
        let kept = try await store.save(state, after: begun, at: Sample.noon())

        #expect(replay.cells == DeliveryID(0))
        #expect(replay.partial == RemoteWriteState.Partial(through: DeliveryID(4), from: day))
        #expect(replay.readingsBefore == day)
        #expect(kept.cells == DeliveryID(0) && kept.partial == replay.partial && kept.sent == 50)
        #expect(try store.remoteWriteStates() == ["archive": kept])
        #expect(try await store.replayRemoteWrite("other", from: day) == nil)
    }

    @Test func theLaterOfTwoReplaysKeepsWhatTheEarlierStillOwes() async throws {
        let store = try TemporaryStore().open()
        let day = Sample.firstDay
        let state = RemoteWriteState(target: "archive", cells: DeliveryID(4), readings: DeliveryID(4), readingsBefore: day + 9)
        _ = try await store.save(state, after: nil, at: Sample.noon())

        _ = try await store.replayRemoteWrite("archive", from: day)
        let second = try #require(try await store.replayRemoteWrite("archive", from: day + 5))

        #expect(second.partial == RemoteWriteState.Partial(through: DeliveryID(4), from: day))
        #expect(second.readingsBefore == day)
    }
}
