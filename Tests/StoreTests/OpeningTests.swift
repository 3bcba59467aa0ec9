import Foundation
import GRDB
import Glibc
import Model
import Testing

@testable import Store

@Suite struct OpeningTests {
    private func refusal(_ place: TemporaryStore, _ mode: Store.Mode = .readWrite) -> StoreError? {
        do throws(StoreError) {
            try place.open(mode).close()
            return nil
        } catch { return error }
    }

    private func edit(_ place: TemporaryStore, _ sql: String) throws {
        let queue = try DatabaseQueue(path: place.path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func aSecondDaemonIsRefusedUntilTheFirstHasGone() throws {
        let place = try TemporaryStore()
        let first = try place.open()

        let error = refusal(place)

        #expect(error?.kind == .inUse)
        #expect(
            error?.description
                == "\(place.path): locking the store: another dondocd (process \(getpid())) has this database open; "
                + "stop the other daemon first, or give this one another store.path")
        try first.close()
        #expect(refusal(place) == nil)
    }

    @Test func everyCommitIsFlushedToTheDisk() throws {
        let place = try TemporaryStore()
        let store = try place.open()

        let settings = try store.pool.writeWithoutTransaction { db in
            try ["synchronous", "journal_mode", "foreign_keys"].map { try String.fetchOne(db, sql: "PRAGMA \($0)") }
        }

        #expect(settings == ["2", "wal", "1"])
    }

    @Test func theFileIsReadableByOwnerAndGroupOnly() throws {
        let place = try TemporaryStore()
        _ = try place.open()

        let attributes = try FileManager.default.attributesOfItem(atPath: place.path)

        #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o007 } == 0)
    }

    @Test func readersWorkBesideTheDaemonAndAfterIt() async throws {
        let place = try TemporaryStore()
        let daemon = try place.open()
        let beside = try place.open(.readOnly)
        _ = try await daemon.record(Sample.delivery(), observations: [try Sample.observation(1, "received", day: 0, 5)])

        #expect(try beside.statistics().cells == 1)
        try daemon.close()
        #expect(try beside.statistics().cells == 1)
        #expect(try place.open(.readOnly).statistics().cells == 1)
    }

    @Test func aReaderCannotWrite() async throws {
        let place = try TemporaryStore()
        _ = try place.open()
        let reader = try place.open(.readOnly)

        await #expect(throws: StoreError.self) { try await reader.note(findings: [Finding(.storeFull)], at: Sample.noon()) }
    }

    @Test func aReaderNeverCreatesADatabase() throws {
        let place = try TemporaryStore()

        let error = refusal(place, .readOnly)

        #expect(error?.kind == .missing)
        #expect(
            error?.description
                == "\(place.path): opening the store: No such file or directory; check the path, or start dondocd once to create the database")
        #expect(!FileManager.default.fileExists(atPath: place.path))
    }

    @Test func aMissingDirectoryIsNamed() {
        var error: StoreError?
        do throws(StoreError) { _ = try Store(path: "/nonexistent/dondoc.db", mode: .readWrite) } catch let thrown { error = thrown }

        #expect(
            error?.description
                == "/nonexistent/dondoc.db: locking the store: /nonexistent/dondoc.db.lock: No such file or directory; "
                + "create the directory, or check store.path")
    }

    @Test func aDirectoryInPlaceOfTheFileIsRefused() throws {
        let place = try TemporaryStore()
        try FileManager.default.createDirectory(atPath: place.path, withIntermediateDirectories: false)

        #expect(
            refusal(place)?.description
                == "\(place.path): opening the store: Is a directory; let the user who runs this read and write the file and its directory")
    }

    @Test(arguments: [Store.Mode.readWrite, .readOnly]) func aNewerSchemaIsRefusedAndLeftAlone(mode: Store.Mode) throws {
        let place = try TemporaryStore()
        try place.open().close()
        try edit(place, "INSERT INTO grdb_migrations VALUES ('v99')")

        let error = refusal(place, mode)

        #expect(error?.kind == .newerSchema && error?.isRetryable == false)
        #expect(
            error?.description
                == "\(place.path): opening the store: it has schema 99, this program knows schemas up to \(Migrations.newest); "
                + "install the dondoc that wrote it, or a newer one; a newer file is never written by an older program")
    }

    @Test func aReaderRefusesAnOlderSchema() throws {
        let place = try TemporaryStore()
        try place.open().close()
        try edit(place, "DELETE FROM grdb_migrations")

        let error = refusal(place, .readOnly)

        #expect(error?.kind == .olderSchema)
        #expect(
            error?.description
                == "\(place.path): opening the store: it has schema 0, this program reads schema \(Migrations.newest); "
                + "start dondocd of this version once, which brings the file up to date")
    }

    @Test(arguments: [Store.Mode.readWrite, .readOnly]) func anotherProgramsDatabaseIsRefusedUntouched(mode: Store.Mode) throws {
        let place = try TemporaryStore()
        try edit(place, "CREATE TABLE accounts (id INTEGER PRIMARY KEY)")
        let before = try Data(contentsOf: URL(fileURLWithPath: place.path))

        let error = refusal(place, mode)

        #expect(error?.kind == .foreign)
        #expect(
            error?.description
                == "\(place.path): opening the store: it is a SQLite database, but not one of dondoc's; check store.path; the file was left untouched"
        )
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.path)) == before)
    }

    @Test(arguments: [Store.Mode.readWrite, .readOnly]) func aFileThatIsNoDatabaseIsRefusedUntouched(mode: Store.Mode) throws {
        let place = try TemporaryStore()
        let text = Data(String(repeating: "Kính gửi các sở, ban, ngành. ", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: place.path))

        let error = refusal(place, mode)

        #expect(error?.kind == .foreign)
        #expect(
            error?.description
                == "\(place.path): opening the store: file is not a database; check store.path; the file was left untouched")
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.path)) == text)
    }

    @Test func aDamagedFileIsReportedAsDamage() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        for day in 0..<20 {
            let observations = try (0..<80).map { try Sample.observation($0, "received", day: day, 5) }
            _ = try await store.record(Sample.delivery("\(day)"), observations: observations)
        }
        try store.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: place.path))
        for index in (bytes.count / 2)..<bytes.count { bytes[index] = 0xAA }
        try bytes.write(to: URL(fileURLWithPath: place.path))

        var error: StoreError?
        do throws(StoreError) { _ = try place.open(.readOnly).statistics() } catch let thrown { error = thrown }

        #expect(error?.kind == .corrupt)
        #expect(error?.hint == "stop the daemon, keep a copy of the file and restore the last backup")
    }
}
