import GRDB
import Model
import Synchronization

/// The province's memory: one SQLite file with everything that was delivered, judged and sent, and the only place that speaks SQL.
///
///     record ── delivery + raw bytes + cells + history + findings + source state ─┐
///     commit ── transitions + alerts + letters + links + findings + marks ────────┼─▶ one writer, one transaction each, on disk when it returns
///     recordAttempt, note, remember, dropRawBytes ────────────────────────────────┘
///     cells, history, alerts, outbox, findings, … ◀── readers, each on the last committed state
///
/// The journal is a WAL with `synchronous=FULL`: what a call has acknowledged survives a power cut. Reading functions block their thread for
/// as long as SQLite reads; `reading` takes them off the cooperative pool.
public final class Store: Sendable {
    /// What the opener may do with the file.
    public enum Mode: Sendable {
        /// The daemon: creates and migrates the file, and is the only one.
        case readWrite
        /// Everybody else, also while the daemon runs: never creates, migrates or changes anything.
        case readOnly
    }

    public let path: String
    let pool: DatabasePool
    /// The numbers of agencies and measures that are known to be committed; used by the writer.
    let committed = Mutex(Numbering())
    /// The codes behind the numbers, for readers; a number never changes its meaning.
    let codes = Mutex(CodeBook())
    private let forgotten = Mutex(0)
    private let lock: FileLock?

    /// Opens the database, in `readWrite` mode creating or migrating it. `maximumBytes` bounds the file: a write that would pass it throws
    /// `full` and changes nothing. Throws when a second daemon has it, when it is newer (or, for reading, older) than this program, when it
    /// is not dondoc's, or when it cannot be read.
    public init(path: String, mode: Mode, maximumBytes: Int? = nil) throws(StoreError) {
        self.path = path
        switch mode {
        case .readWrite:
            lock = try FileLock(path: path + ".lock", database: path)
            pool = try Opening(path: path).forWriting(maximumBytes: maximumBytes)
        case .readOnly:
            lock = nil
            pool = try Opening(path: path).forReading()
        }
    }

    /// Moves the journal into the file and closes the connections; later calls throw. Without it the journal stays beside the file, and the next
    /// opening reads both.
    public func close() throws(StoreError) {
        if lock != nil {
            // SQLite does it by itself only when the connection that writes is the last one to go. Somebody who still reads leaves it undone.
            _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        }
        do { try pool.close() } catch { throw StoreError(error, operation: "closing the store", path: path) }
        lock?.release()
    }

    /// How often figures past their keeping were dropped: the one way in which figures change and no delivery tells of it.
    public var forgettings: Int { forgotten.withLock { $0 } }

    func noteForgetting() { forgotten.withLock { $0 += 1 } }

    /// Runs a reading on a thread of its own, so that it does not hold up the cooperative pool.
    public func reading<Answer: Sendable>(_ body: @escaping @Sendable (Store) throws(StoreError) -> Answer) async throws(StoreError) -> Answer {
        let outcome: Result<Answer, StoreError> = await withCheckedContinuation { continuation in
            Opening.readingQueue.async { continuation.resume(returning: Result { () throws(StoreError) in try body(self) }) }
        }
        return try outcome.get()
    }

    /// Reads on one committed state.
    func read<Answer>(_ operation: String, _ body: (Database) throws -> Answer) throws(StoreError) -> Answer {
        do { return try pool.read(body) } catch { throw StoreError(error, operation: operation, path: path) }
    }

    /// Writes in one transaction that is on disk when this returns; when it throws, nothing was changed.
    func write<Answer: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(StoreError) -> Answer {
        do { return try await pool.write(body) } catch { throw StoreError(error, operation: operation, path: path) }
    }
}
