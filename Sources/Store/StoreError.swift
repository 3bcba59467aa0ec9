/// Why the store could not do what it was asked: operation, file, cause and remedy. Never a value of a row and never a body.
public struct StoreError: Error, Hashable {
    /// What stands behind it; the caller decides by this, people read the description.
    public enum Kind: String, CaseIterable, Sendable {
        /// The disk, or the limit `store.maximum`, leaves no room. Nothing was changed.
        case full
        /// Another process holds a lock for longer than the store waits.
        case busy
        /// A daemon already has the database.
        case inUse
        /// The file was written by a newer dondoc.
        case newerSchema
        /// The file was written by an older dondoc and is open for reading only.
        case olderSchema
        /// A file, but not one of dondoc's databases.
        case foreign
        /// The file contradicts itself.
        case corrupt
        case permission
        /// There is no file to read, or no record of that number.
        case missing
        /// Figures have changed since what was to be stored was prepared; nothing was stored.
        case changed
        /// The task that asked was cancelled; nothing was changed.
        case cancelled
        /// What was handed in contradicts itself: a bug of the caller.
        case inconsistent
        /// Anything else that SQLite reports.
        case other
    }

    public let kind: Kind
    /// What was being done, "recording a delivery".
    public let operation: String
    /// The database file.
    public let path: String
    /// What went wrong, without values.
    public let cause: String
    /// What to do about it.
    public let hint: String

    public init(_ kind: Kind, operation: String, path: String, cause: String, hint: String? = nil) {
        self.kind = kind
        self.operation = operation
        self.path = path
        self.cause = cause
        self.hint = hint ?? kind.remedy
    }

    /// Whether the same call can succeed later without anybody changing what is handed in.
    public var isRetryable: Bool { kind == .full || kind == .busy || kind == .inUse || kind == .cancelled }
}

extension StoreError: CustomStringConvertible {
    /// `/var/lib/dondoc/dondoc.db: recording a delivery: database or disk is full; free space on the disk …`
    public var description: String { "\(path): \(operation): \(cause); \(hint)" }
}

extension StoreError.Kind {
    /// What an operator does about errors of this kind.
    var remedy: String {
        switch self {
        case .full: "free space on the disk, raise store.maximum or shorten store.keep_raw; nothing was changed and it will be tried again"
        case .busy: "wait until the other process has finished, or stop it"
        case .inUse: "stop the other daemon first, or give this one another store.path"
        case .newerSchema: "install the dondoc that wrote it, or a newer one; a newer file is never written by an older program"
        case .olderSchema: "start dondocd of this version once, which brings the file up to date"
        case .foreign: "check store.path; the file was left untouched"
        case .corrupt: "stop the daemon, keep a copy of the file and restore the last backup"
        case .permission: "let the user who runs this read and write the file and its directory"
        case .missing: "check the path, or start dondocd once to create the database"
        case .changed: "nothing was stored; look at what would change now"
        case .cancelled: "nothing was changed; ask again"
        case .inconsistent: "nothing was changed; please report this as a bug of dondoc"
        case .other: "nothing was changed; see the journal of the machine for trouble with the disk"
        }
    }
}
