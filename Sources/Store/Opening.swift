import CSQLite
import Dispatch
import GRDB
import GRDBSQLite
import Glibc
import Model

/// The steps between a path and an open database, each of which can refuse it.
struct Opening {
    let path: String

    /// Threads for readings that must not block the cooperative pool; the pool of connections bounds how many work at once.
    static let readingQueue = DispatchQueue(label: "dondoc.store.reading", attributes: .concurrent)

    /// Once a process, before its first connection: without it every allocation of SQLite waits for one lock, a tenth of what storing costs.
    private static let hasPreparedSQLite = csqlite_count_no_memory() == SQLITE_OK

    private static let operation = "opening the store"
    /// What a whole backup on its way to the database's name has at the end of its own.
    static let restoring = ".restoring"
    /// "dond" in the header of the file (`PRAGMA application_id`) tells our databases from everybody else's.
    private static let applicationID = 0x646F_6E64

    /// Creates the file when there is none (readable by owner and group only), checks whose it is, and migrates it.
    func forWriting(maximumBytes: Int?) throws(StoreError) -> DatabasePool {
        try refuseHalfRestored()
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw unopenable(errno) }
        close(descriptor)
        return try reporting {
            if let version = try inspect(), version < Migrations.newest { try keepACopy(beforeMigratingFrom: version) }
            let pool = try DatabasePool(path: path, configuration: configuration())
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA application_id = \(Opening.applicationID)")
                // GRDB sets NORMAL when it turns the WAL on, and under NORMAL a power cut takes acknowledged rows with it.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                if let maximumBytes { try Opening.limit(db, to: maximumBytes) }
            }
            try Migrations.migrator.migrate(pool)
            return pool
        }
    }

    /// Opens an existing file of exactly this program's schema, without changing it.
    func forReading() throws(StoreError) -> DatabasePool {
        try refuseHalfRestored()
        guard access(path, F_OK) == 0 else { throw unopenable(errno) }
        guard access(path, R_OK) == 0 else { throw unopenable(errno) }
        return try reporting {
            var configuration = configuration()
            configuration.readonly = true
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.read { db in
                guard try isOurs(db) || isEmpty(db) else { throw foreign }
                try refuseNewer(db)
                guard try Migrations.migrator.hasCompletedMigrations(db) else {
                    let version = try Migrations.version(db)
                    throw Refusal(
                        .olderSchema, "it has schema \(version), this program reads schema \(Migrations.newest)",
                        vietnamese: "tệp có cấu trúc \(version), chương trình này đọc cấu trúc \(Migrations.newest)")
                }
            }
            return pool
        }
    }

    /// Refuses a database whose restoring was interrupted: what has its name is the former one or nothing, and may lack its journal.
    private func refuseHalfRestored() throws(StoreError) {
        let half = path + Opening.restoring
        guard access(half, F_OK) == 0 else { return }
        throw StoreError(
            .other, operation: Opening.operation, path: path, cause: "restoring a backup was interrupted: \(half) is there",
            vietnamese: "lần khôi phục trước bị ngắt giữa chừng: còn tệp \(half)",
            hint: LocalizedText(
                vietnamese: "chạy lại dondoc restore; cơ sở dữ liệu cũ vẫn nằm bên cạnh",
                english: "run dondoc restore again; the former database is still there beside it"))
    }

    private func configuration() -> Configuration {
        _ = Opening.hasPreparedSQLite
        var configuration = Configuration()
        configuration.label = "dondoc.store"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        // GRDB's own choice asks for a higher priority, which a service may not take; the journal would say so at each start.
        configuration.qos = .default
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Nothing that a tampered file declares may run functions with side effects.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try Seals.register(db)
            guard !db.configuration.readonly else { return }
            // What REPLACE takes away must reach the seals too.
            try db.execute(sql: "PRAGMA recursive_triggers = ON")
            // Keep the empty -wal and -shm files on close: without them a reader who may not write the directory cannot open the database.
            var flag: CInt = 1
            _ = withUnsafeMutablePointer(to: &flag) { sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, $0) }
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }

    /// Refuses a file that is not ours or is newer, before a connection that may write has touched it; the schema it has, nil for an empty file.
    private func inspect() throws -> Int? {
        var configuration = configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let version: Int? = try queue.read { db in
            if try isOurs(db) {
                try refuseNewer(db)
                return try isEmpty(db) ? nil : try Migrations.version(db)
            }
            guard try isEmpty(db) else { throw foreign }
            return nil
        }
        try queue.close()
        return version
    }

    /// Copies an older database beside itself, checked, before anything in it changes. A copy that is there already is of an earlier attempt and
    /// stays too.
    private func keepACopy(beforeMigratingFrom version: Int) throws {
        let first = "\(path).before-v\(Migrations.newest)"
        let names = [first] + (2...1000).map { "\(first)-\($0)" }
        guard let copy = names.first(where: { access($0, F_OK) != 0 }) else { throw Refusal(.other, "\(first)-1000 is there already") }
        var configuration = configuration()
        configuration.readonly = true
        let source = try DatabaseQueue(path: path, configuration: configuration)
        let part = BackupFile(path: copy + ".part")
        do {
            try part.fill { try source.backup(to: $0) }
            _ = try part.check(calledLater: copy)
            try part.rename(to: copy)
        } catch {
            unlink(part.path)
            throw error
        }
        try source.close()
    }

    /// Throws unless the database is one of ours and not newer than this program.
    func refuseForeign(_ db: Database) throws {
        guard try isOurs(db) else { throw foreign }
        try refuseNewer(db)
    }

    private var foreign: Refusal {
        Refusal(
            .foreign, "it is a SQLite database, but not one of dondoc's", vietnamese: "tệp là cơ sở dữ liệu SQLite nhưng không phải của dondoc")
    }

    private func isOurs(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "PRAGMA application_id") == Opening.applicationID
    }

    /// A file that was just created and has no table yet.
    private func isEmpty(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    }

    private func refuseNewer(_ db: Database) throws {
        guard try Migrations.migrator.hasBeenSuperseded(db) else { return }
        let version = try Migrations.version(db)
        throw Refusal(
            .newerSchema, "it has schema \(version), this program knows schemas up to \(Migrations.newest)",
            vietnamese: "tệp có cấu trúc \(version), chương trình này chỉ biết đến cấu trúc \(Migrations.newest)")
    }

    /// SQLite keeps the bound per connection and there is one writer; a bound below the present size stops growth where it is. Without one SQLite's
    /// own holds, the most pages that it can number.
    static func limit(_ db: Database, to bytes: Int?) throws {
        let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
        let pages = bytes.map { max(1, $0 / pageSize) } ?? 0xFFFF_FFFE
        _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages)")
    }

    private func reporting<Answer>(_ body: () throws -> Answer) throws(StoreError) -> Answer {
        do { return try body() } catch { throw StoreError(error, operation: Opening.operation, path: path) }
    }

    private func unopenable(_ code: Int32) -> StoreError {
        let kind: StoreError.Kind = code == ENOENT ? .missing : code == ENOSPC ? .full : .permission
        return StoreError(kind, operation: Opening.operation, path: path, cause: String(cString: strerror(code)))
    }
}
