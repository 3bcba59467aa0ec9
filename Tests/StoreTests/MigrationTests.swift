import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// Files as older versions of dondoc left them, kept as SQL dumps in `Fixtures`, must open, keep their contents and end with today's schema.
@Suite struct MigrationTests {
    /// A file as a version of dondoc left it, and what is in it.
    struct Fixture: CustomTestStringConvertible {
        let version: Int
        let deliveries: Int64
        let reporters: [Int]

        var name: String { "v\(version)" }
        var testDescription: String { name }
    }

    static let fixtures = [
        Fixture(version: 1, deliveries: 2, reporters: [1, 2]), Fixture(version: 2, deliveries: 5, reporters: [1, 2, 3]),
        Fixture(version: 3, deliveries: 7, reporters: [1, 2, 3, 5]), Fixture(version: 4, deliveries: 7, reporters: [1, 2, 3, 5]),
        Fixture(version: 5, deliveries: 7, reporters: [1, 2, 3, 5]),
    ]

    @Test func everySchemaThatWasShippedHasAFixture() {
        #expect(MigrationTests.fixtures.map(\.version) == Array(1..<Migrations.newest))
    }

    /// Makes a file of a fixture.
    func load(_ fixture: String, into place: TemporaryStore) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(fixture).sql")
        let queue = try DatabaseQueue(path: place.path)
        let sql = try String(contentsOf: file, encoding: .utf8)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func schema(_ store: Store) throws -> [String] {
        try store.pool.read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
        }
    }

    @Test(arguments: fixtures) func anOldFileEndsWithTheSchemaOfANewOne(fixture: Fixture) throws {
        let old = try TemporaryStore()
        let new = try TemporaryStore()
        try load(fixture.name, into: old)

        let migrated = try old.open()

        #expect(try schema(migrated) == schema(new.open()))
        #expect(try migrated.statistics().schemaVersion == Migrations.newest)
        #expect(try migrated.pool.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        #expect(try migrated.pool.read { try GRDB.Row.fetchAll($0, sql: "PRAGMA foreign_key_check") }.isEmpty)
    }

    @Test(arguments: fixtures) func anOldFileIsCopiedBeforeItIsTouched(fixture: Fixture) throws {
        let place = try TemporaryStore()
        try load(fixture.name, into: place)
        let copy = place.path + ".before-v\(Migrations.newest)"

        try place.open().close()
        try place.open().close()

        #expect(try Store.checkBackup(copy).schemaVersion == fixture.version)
        let beside = try FileManager.default.contentsOfDirectory(atPath: place.directory.path).filter { $0.contains("before") }
        #expect(beside == ["dondoc.db.before-v\(Migrations.newest)"], "the second start migrated nothing")
        #expect(try Store.restore(copy, to: place.path, keepingFormerAs: ".newer").backup.schemaVersion == fixture.version)
        #expect(try place.open().verify().problems == [])
    }

    @Test(arguments: fixtures) func anOldFilesFiguresGetTheirDigests(fixture: Fixture) throws {
        let place = try TemporaryStore()
        try load(fixture.name, into: place)

        let check = try place.open().checkCells()

        #expect(check.problems == [])
        #expect(check.cells > 0 && check.replacedCells > 0 && check.deliveries == Int(fixture.deliveries))
    }

    @Test(arguments: fixtures) func anOldFileKeepsWhatItHeld(fixture: Fixture) async throws {
        let place = try TemporaryStore()
        try load(fixture.name, into: place)

        let store = try place.open()

        let cell = try Sample.observation(1, "received", day: 0, 6).cell
        #expect(try store.history(of: cell).map(\.value) == [5, 6])
        #expect(try store.rawBytes(of: DeliveryID(1)) == Array("agency;received\n".utf8))
        #expect(try store.sourceStates()["one-stop"]?.cursor == Sample.firstDay + 3)
        #expect(try store.validator(source: "one-stop", request: "GET x")?.entityTag == "\"a\"")
        #expect(try store.alerts().map(\.state) == [.firing])
        #expect(try store.transitions(of: Sample.key()).map(\.letters) == [[], ["<1@dondoc.test>"]])
        #expect(try store.judgedThrough(rule: "on-time") == Period("2026-08", scheme: .admin15))
        #expect(try store.dueLetters(at: Sample.noon(3)).map(\.letter) == [try Sample.letter()])
        #expect(try store.dueLetters(at: Sample.noon(3)).map { $0.recipients.map(\.state) } == [[.queued, .queued]])
        #expect(try Set(store.findings().map(\.finding.kind)) == [.noContact, .unknownAgency])
        #expect(try store.reportedEver([cell.measure])[cell.measure] == Set(try fixture.reporters.map { try Sample.agency($0) }))
        let again = try await store.record(Sample.delivery(at: Sample.noon(9)), observations: [Observation(cell: cell, value: 6)])
        #expect(again.id == DeliveryID(fixture.deliveries + 1) && again.outcome == IngestOutcome(unchanged: 1))
    }

    @Test func aFileOfSchemaFiveKeepsWhatCameBackAndWhoMayPush() throws {
        let place = try TemporaryStore()
        try load("v5", into: place)

        let store = try place.open()

        let tokens = try store.pushTokens()
        #expect(tokens.map { $0.token.sender.name } == ["so-mau"])
        #expect(try store.incoming(onlyOpen: false).flatMap(\.files).map(\.name) == ["kế hoạch.pdf"])
        #expect(try store.bouncedAddresses().map(\.address) == ["cu@xa.example"])
        #expect(try store.wayOutStates()["hook"]?.failures == 2)
        #expect(try store.outbox().allSatisfy { $0.requeuedAt == nil })
        #expect(try store.verify().problems == [])
    }

    @Test func aFileOfSchemaThreeKeepsWhatPeopleDidToItsAlerts() throws {
        let place = try TemporaryStore()
        try load("v3", into: place)

        let store = try place.open()

        #expect(try store.notes(at: Sample.key()).map(\.text) == ["đã hẹn thứ Hai"])
        #expect(try store.silences(endingAfter: Sample.noon(12)).map(\.actor.why) == ["đã gọi điện"])
        #expect(try store.remediations().map(\.evidence?.name) == ["kế hoạch.pdf"])
        #expect(try store.evidence(of: 1) == Array("%PDF".utf8))
        #expect(try store.urgingState().lastTold == Sample.noon(13))
        #expect(try store.verify().problems == [])
    }
}
