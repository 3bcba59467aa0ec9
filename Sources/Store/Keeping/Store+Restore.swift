import GRDB
import Glibc

/// Where a restored database lies, and where the one before it went.
public struct Restored: Hashable, Sendable {
    public let backup: BackupSummary
    /// The former database, nil when there was none.
    public let former: String?
}

extension Store {
    /// Puts a backup in the place of a database that nobody has open, after checking it. The former database stays beside it under another name.
    ///
    /// - Parameter suffix: what is added to the former database's name, such as `.before-restore-20261123-0810`.
    /// - Throws: `inUse` while a daemon has the database; whatever is wrong with the backup. Until the last step nothing is changed.
    public static func restore(_ backup: String, to path: String, keepingFormerAs suffix: String) throws(StoreError) -> Restored {
        let lock = try FileLock(path: path + ".lock", database: path)
        defer { lock.release() }
        do {
            let summary = try BackupFile(path: backup).check(calledLater: path)
            let part = path + ".restoring"
            do {
                var configuration = Configuration()
                configuration.readonly = true
                let source = try DatabaseQueue(path: backup, configuration: configuration)
                try BackupFile(path: part).fill { try source.backup(to: $0) }
                try source.close()
                _ = try BackupFile(path: part).check(calledLater: path)
            } catch {
                unlink(part)
                throw error
            }
            let former = try setAside(path, suffix)
            try BackupFile(path: part).rename(to: path)
            return Restored(backup: summary, former: former)
        } catch {
            throw StoreError(error, operation: "restoring \(backup)", path: path)
        }
    }

    /// Moves the database with the files that belong to it, unopened: it may be damaged.
    private static func setAside(_ path: String, _ suffix: String) throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let former = path + suffix
        guard access(former, F_OK) != 0 else { throw Refusal(.inUse, "\(former) is there already", hint: "move it away first") }
        // The journal first: left beside the restored file, it would be taken for that one's.
        for companion in ["-wal", "-shm", ""] where access(path + companion, F_OK) == 0 {
            guard rename(path + companion, former + companion) == 0 else { throw BackupFile.failure(errno, former + companion) }
        }
        return former
    }
}
