import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// Closed periods are packed into blocks; nobody who asks can tell.
@Suite struct PackingTests {
    private func filled(agencies: Int, days: Int) async throws -> (place: TemporaryStore, store: Store) {
        let place = try TemporaryStore()
        let store = try place.open()
        for day in 0..<days {
            let observations = try (0..<agencies).flatMap { agency in
                try ["received", "late"].map { try Sample.observation(agency, $0, day: day, Int64((agency * 7 + day * 13) % 90)) }
            }
            _ = try await store.record(Sample.delivery("\(day)", at: Sample.noon(day)), observations: observations)
        }
        return (place, store)
    }

    private func everything(_ store: Store, agencies: Set<AgencyCode>? = nil, asOf: Instant? = nil) throws -> Set<PlacedCell> {
        let measures = try ["received", "late"].map { try Sample.measure($0) }
        let days = DayRange(start: Sample.firstDay - 10, span: 400)
        return Set(PlacedCell.all(in: try store.cells(of: measures, in: days, agencies: agencies, asOf: asOf), measures))
    }

    @Test func agenciesOfSeveralShelvesReadTheSamePackedAsInRows() async throws {
        let (_, store) = try await filled(agencies: 600, days: 40)
        let some = Set(try [0, 245, 246, 255, 256, 511, 512, 599].map { try Sample.agency($0) })
        let before = try (everything(store), everything(store, agencies: some), everything(store, asOf: Sample.noon(20)))

        let packed = try await store.pack(endedBefore: Sample.firstDay + 400)

        #expect(packed == 600 * 2 * 40)
        #expect(before.0.count == packed && before.1.count == 8 * 2 * 40)
        #expect(try everything(store) == before.0)
        #expect(try everything(store, agencies: some) == before.1)
        #expect(try everything(store, asOf: Sample.noon(20)) == before.2)
        #expect(try store.statistics().packedCells == packed)
        #expect(try store.statistics().cells == packed)
        #expect(try store.checkCells().problems == [])
    }

    @Test func onlySlotsThatHaveEndedArePacked() async throws {
        let (_, store) = try await filled(agencies: 3, days: 40)
        let firstMonth = Sample.firstDay.length

        let packed = try await store.pack(endedBefore: Sample.firstDay + 40)
        let again = try await store.pack(endedBefore: Sample.firstDay + 40)

        #expect(packed == 3 * 2 * firstMonth)
        #expect(again == 0)
    }

    @Test func aCellRestatedAfterwardsIsPackedAgainAndKeepsItsHistory() async throws {
        let (_, store) = try await filled(agencies: 3, days: 3)
        _ = try await store.pack(endedBefore: Sample.firstDay + 400)
        let cell = try Sample.observation(1, "late", day: 2, 1000)

        let restated = try await store.record(Sample.delivery("new", at: Sample.noon(50)), observations: [cell])
        let between = try everything(store)
        let packed = try await store.pack(endedBefore: Sample.firstDay + 400)

        #expect(restated.outcome == IngestOutcome(stored: 0, unchanged: 0, restated: 1, refused: 0))
        #expect(restated.restatements.first?.old == Int64((7 + 26) % 90))
        #expect(packed == 1)
        #expect(try everything(store) == between)
        #expect(between.contains { $0.value == 1000 && $0.delivery == restated.id })
        #expect(try store.history(of: cell.cell).map(\.value) == [Int64((7 + 26) % 90), 1000])
        #expect(try store.restatements(since: Sample.noon(49)).map(\.new) == [1000])
        #expect(try store.checkCells().problems == [])
    }

    @Test func theSameFiguresAgainChangeNothingThatIsPacked() async throws {
        let (_, store) = try await filled(agencies: 3, days: 3)
        _ = try await store.pack(endedBefore: Sample.firstDay + 400)

        let again = try await store.record(
            Sample.delivery("again", at: Sample.noon(60)), observations: [try Sample.observation(1, "late", day: 2, Int64((7 + 26) % 90))])

        #expect(again.outcome == IngestOutcome(stored: 0, unchanged: 1, restated: 0, refused: 0))
        #expect(try await store.pack(endedBefore: Sample.firstDay + 400) == 0)
    }

    @Test func aPackedCellTakesFewerThanFourBytes() async throws {
        let (_, store) = try await filled(agencies: 300, days: 60)
        _ = try await store.pack(endedBefore: Sample.firstDay + 400)

        let bytes = try await store.pool.read { db in try Int.fetchOne(db, sql: "SELECT sum(length(bytes)) FROM block") ?? 0 }

        #expect(Double(bytes) / Double(300 * 2 * 60) < 4)
    }

    @Test(arguments: [
        ("UPDATE cell SET value = value + 1 WHERE start = (SELECT max(start) FROM cell) AND agency = 2", "the figures it brought"),
        ("UPDATE cell SET value = NULL WHERE start = (SELECT max(start) FROM cell) AND agency = 2", "the figures it brought"),
        ("UPDATE cell SET agency = 99 WHERE start = (SELECT max(start) FROM cell) AND agency = 2", "the figures it brought"),
        ("UPDATE cell SET delivery = 3 WHERE start = (SELECT max(start) FROM cell) AND agency = 2", "the figures it brought"),
        ("DELETE FROM cell WHERE start = (SELECT max(start) FROM cell) AND agency = 2", "the figures it brought"),
        ("UPDATE cell_history SET value = value + 1", "the figures it brought"),
        ("UPDATE delivery SET digest = digest + 1 WHERE id = 4", "the figures it brought"),
        ("DELETE FROM block WHERE measure = 1", "the figures it brought"),
        ("UPDATE block SET bytes = zeroblob(100) WHERE measure = 1", "checksum"),
        ("UPDATE block SET shelf = shelf + 1 WHERE measure = 1", "checksum"),
        ("UPDATE block SET cells = cells + 1 WHERE measure = 1", "is said to hold"),
    ]) func whateverChangesOnDiskIsFound(_ damage: String, _ expected: String) async throws {
        let (_, store) = try await filled(agencies: 5, days: 40)
        _ = try await store.record(
            Sample.delivery("new", at: Sample.noon(50)), observations: [try Sample.observation(1, "late", day: 2, 1000)])
        _ = try await store.pack(endedBefore: Sample.firstDay + 40)
        #expect(try store.checkCells().problems == [])

        let changed = try await store.pool.write { db in
            try db.execute(sql: damage)
            return db.changesCount
        }

        #expect(changed > 0)
        #expect(try store.checkCells().problems.contains { $0.contains(expected) })
    }

    @Test func aFlippedBitInABlockIsRefusedWhenItIsRead() async throws {
        let (_, store) = try await filled(agencies: 5, days: 3)
        _ = try await store.pack(endedBefore: Sample.firstDay + 400)
        try await store.pool.write { db in
            var bytes = try Blob(Data.fetchOne(db, sql: "SELECT bytes FROM block WHERE measure = 1") ?? Data()).bytes
            bytes[bytes.count / 2] ^= 4
            try db.execute(sql: "UPDATE block SET bytes = ? WHERE measure = 1", arguments: [Blob(bytes)])
        }

        let error = #expect(throws: StoreError.self) { try everything(store) }

        #expect(error?.kind == .corrupt)
        #expect(error?.cause == "a packed block of figures does not have the checksum it was stored with")
    }
}

extension Day {
    /// How many days are left of its month, itself included.
    fileprivate var length: Int { Day.length(ofMonth: month, year: year) - dayOfMonth + 1 }
}
