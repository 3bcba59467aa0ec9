import GRDB
import Glibc
import Model

/// Where a restored database lies, and where the one before it went.
public struct Restored: Hashable, Sendable {
    public let backup: BackupSummary
    /// The former database, nil when there was none.
    public let former: String?
}

extension Store {
    /// Puts a backup in the place of a database that nobody has open, after checking it. The former database stays beside it under another name,
    /// and the restored one belongs to whom that one did, whoever runs this.
    ///
    /// The copy grows as `path.restoring.part`; as `path.restoring` it is whole, and from then on until it has the database's name nobody opens the
    /// database: a power cut in between could leave the former one without its journal. Restoring again brings it to its end.
    ///
    /// - Parameter suffix: what is added to the former database's name, such as `.before-restore-20261123-0810`.
    /// - Throws: `inUse` while a daemon has the database; whatever is wrong with the backup. Then everything is as it was.
    public static func restore(_ backup: String, to path: String, keepingFormerAs suffix: String) throws(StoreError) -> Restored {
        let lock = try FileLock(path: path + ".lock", database: path)
        defer { lock.release() }
        do {
            let summary = try BackupFile(path: backup).check(calledLater: path)
            let replacement = BackupFile(path: path + Opening.restoring)
            try copy(backup, into: replacement, for: path)
            var set = AsideDatabase(path: path, former: path + suffix)
            do {
                try set.setAside()
                try replacement.rename(to: path)
            } catch {
                set.putBack()
                unlink(replacement.path)
                throw error
            }
            return Restored(backup: summary, former: set.isSetAside ? set.former : nil)
        } catch {
            throw StoreError(error, operation: "restoring \(backup)", path: path)
        }
    }

    /// A whole copy of the backup, checked and on disk, with the owner and the mode that the database is to have.
    private static func copy(_ backup: String, into replacement: BackupFile, for path: String) throws {
        let part = BackupFile(path: replacement.path + ".part")
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let source = try DatabaseQueue(path: backup, configuration: configuration)
            try part.fill { try source.backup(to: $0) }
            try source.close()
            _ = try part.check(calledLater: path)
            FileOwner(of: path)?.give(to: part.path)
            try part.rename(to: replacement.path)
        } catch {
            unlink(part.path)
            throw error
        }
    }
}

/// A database with the files that belong to it on its way to another name, unopened: it may be damaged.
private struct AsideDatabase {
    private static let companions = ["-wal", "-shm"]

    let path: String
    let former: String
    private(set) var isSetAside = false
    private var moved: [String] = []

    init(path: String, former: String) {
        self.path = path
        self.former = former
    }

    /// Gives the database its second name and moves its journal, which left beside the restored file would be taken for that one's.
    mutating func setAside() throws {
        guard access(former, F_OK) != 0 else {
            throw Refusal(
                .inUse, "\(former) is there already", vietnamese: "đã có sẵn tệp \(former)",
                hint: LocalizedText(vietnamese: "chuyển tệp đó đi nơi khác trước", english: "move it away first"))
        }
        if access(path, F_OK) == 0 {
            // A second name instead of another one: there is no instant without a database.
            guard link(path, former) == 0 else { throw BackupFile.failure(errno, former) }
            isSetAside = true
        }
        for companion in AsideDatabase.companions where access(path + companion, F_OK) == 0 {
            guard rename(path + companion, former + companion) == 0 else { throw BackupFile.failure(errno, former + companion) }
            moved.append(companion)
        }
    }

    /// Undoes it. Where the system refuses even that, both names still hold what they held.
    func putBack() {
        for companion in moved { rename(former + companion, path + companion) }
        if isSetAside { unlink(former) }
    }
}
