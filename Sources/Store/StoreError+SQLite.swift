import GRDB
import Model

extension StoreError {
    /// The error as the store reports it, from whatever the database layer threw. Only SQLite's own text is kept: statement arguments are not.
    init(_ error: any Error, operation: String, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as Refusal:
            self.init(error.kind, operation: operation, path: path, cause: error.cause, vietnamese: error.vietnamese, hint: error.hint)
        case let error as DatabaseError:
            let text = error.message ?? "SQLite reported code \(error.extendedResultCode.rawValue)"
            self.init(Kind(error), operation: operation, path: path, cause: text)
        case is CancellationError: self.init(.cancelled, operation: operation, path: path, cause: "the caller was cancelled")
        default: self.init(.other, operation: operation, path: path, cause: "\(type(of: error))")
        }
    }
}

extension StoreError.Kind {
    /// SQLite's result code as a kind.
    init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_CORRUPT: self = .corrupt
        case .SQLITE_NOTADB: self = .foreign
        case .SQLITE_CONSTRAINT: self = .inconsistent
        case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH, .SQLITE_CANTOPEN: self = .permission
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: self = .cancelled
        // The shared-memory file beside the database could not grow: on Linux that is a full disk.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .full
        default: self = .other
        }
    }
}

/// What a step inside a transaction throws when it finds something wrong itself; the operation and the path are added outside.
struct Refusal: Error {
    let kind: StoreError.Kind
    let cause: String
    /// The cause in Vietnamese; nil where only those who look for a fault in dondoc or its file meet it.
    let vietnamese: String?
    /// What to do, when the kind's own remedy does not fit.
    let hint: LocalizedText?

    init(_ kind: StoreError.Kind, _ cause: String, vietnamese: String? = nil, hint: LocalizedText? = nil) {
        self.kind = kind
        self.cause = cause
        self.vietnamese = vietnamese
        self.hint = hint
    }
}
