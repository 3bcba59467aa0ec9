import GRDB
import Glibc
import Model

/// A copy of a store at one instant, checked.
public struct BackupSummary: Hashable, Sendable {
    public let path: String
    public let bytes: Int
    public let schemaVersion: Int
    /// The last delivery that is in it, 0 for none; everything acknowledged up to it is there, nothing after it.
    public let lastDelivery: Int64
}

extension Store {
    /// Copies the database, as it is at one instant, into a file beside nothing else: complete without a journal, checked, and on disk when this returns.
    ///
    /// Works beside a running daemon and does not hold it up: a reader's snapshot is copied while the writer goes on. The file grows under the
    /// name `path.part` and gets its own at the end, so a name that is there is always a whole backup; a failure leaves nothing behind.
    ///
    /// - Throws: `inUse` when the file is there already and `replaces` is false; `full` when the disk is; `corrupt` when the copy does not check out.
    public func backup(to target: String, replaces: Bool = false) throws(StoreError) -> BackupSummary {
        let operation = "backing up to \(target)"
        guard replaces || access(target, F_OK) != 0 else {
            throw StoreError(
                .inUse, operation: operation, path: path, cause: "the file is there already", vietnamese: "đã có sẵn tệp \(target)",
                hint: LocalizedText(
                    vietnamese: "chọn tên khác, hoặc thêm --force để thay tệp cũ", english: "choose another name, or replace it with --force"))
        }
        let part = target + ".part"
        do {
            try BackupFile(path: part).fill { try pool.backup(to: $0) }
            let summary = try BackupFile(path: part).check(calledLater: target)
            try BackupFile(path: part).rename(to: target)
            return summary
        } catch {
            unlink(part)
            throw StoreError(error, operation: operation, path: path)
        }
    }

    /// Checks that a file is a whole, undamaged backup that this program can open.
    public static func checkBackup(_ path: String) throws(StoreError) -> BackupSummary {
        do { return try BackupFile(path: path).check(calledLater: path) } catch {
            throw StoreError(error, operation: "checking the backup", path: path)
        }
    }
}

/// A database file that is not being worked on.
struct BackupFile {
    let path: String

    /// Makes the file anew with what `copy` brings, without a journal beside it.
    func fill(_ copy: (DatabaseQueue) throws -> Void) throws {
        unlink(path)
        // Readable by owner and group only, like the database itself.
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw BackupFile.failure(errno, path) }
        close(descriptor)
        let queue = try DatabaseQueue(path: path)
        try copy(queue)
        // The copy says of itself that it has a WAL; one file is easier to carry away.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
    }

    /// Whose it is, whether this program knows its schema, and whether SQLite finds it whole.
    func check(calledLater target: String) throws -> BackupSummary {
        guard access(path, R_OK) == 0 else { throw BackupFile.failure(errno, path) }
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let summary = try queue.read { db in
            try Opening(path: path).refuseForeign(db)
            let problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(3)")
            guard problems == ["ok"] else {
                throw Refusal(
                    .corrupt, "it is damaged: \(problems.joined(separator: "; "))",
                    vietnamese: "tệp \(path) bị hỏng: \(problems.joined(separator: "; "))")
            }
            return BackupSummary(
                path: target, bytes: (try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0) * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0),
                schemaVersion: try Migrations.version(db), lastDelivery: try Int64.fetchOne(db, sql: "SELECT max(id) FROM delivery") ?? 0)
        }
        try queue.close()
        return summary
    }

    /// Gives it another name, with bytes and name on disk when this returns.
    func rename(to target: String) throws {
        try sync(path, O_RDONLY)
        guard Glibc.rename(path, target) == 0 else { throw BackupFile.failure(errno, target) }
        try sync(FileOwner.directory(of: target), O_RDONLY | O_DIRECTORY)
    }

    private func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupFile.failure(errno, path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw BackupFile.failure(errno, path) }
    }

    /// What the system says about a file, as the store says it.
    static func failure(_ code: Int32, _ path: String) -> Refusal {
        let kind: StoreError.Kind = code == ENOENT ? .missing : code == ENOSPC || code == EDQUOT ? .full : .permission
        // The database is there; what is not there is the backup, or the directory that it should be written to.
        let place = LocalizedText(vietnamese: "kiểm tra tên tệp, và thư mục đã có chưa", english: "check the name, and that its directory is there")
        return Refusal(kind, "\(path): \(String(cString: strerror(code)))", hint: kind == .missing ? place : nil)
    }
}
