import GRDB
import Model

/// How far a target of remote write has got. The figures themselves are the queue: what the target still needs is derived from this.
public struct RemoteWriteState: Hashable, Sendable {
    public let target: String
    /// All cells of deliveries up to this one have been taken or refused.
    public var cells: DeliveryID
    /// Up to this delivery only cells whose interval ends on or after a day are sent: the start of a target, or a replay.
    public var partial: Partial?
    /// Readings that deliveries up to this one changed have been taken or refused.
    public var readings: DeliveryID
    /// Readings of periods that end before this day have been taken or refused.
    public var readingsBefore: Day
    /// Grows each time that readings are sent, so that what is sent later has a later moment.
    public var generation: Int = 0
    /// Samples that the target has taken, repeats included, and refused, since the target is known.
    public var sent: Int64 = 0
    public var refused: Int64 = 0
    public var lastSuccess: Instant?
    /// What went wrong last; empty after a success.
    public var lastError: String = ""
    /// Failures in a row.
    public var failures: Int = 0
    /// When to try again; nil for at once.
    public var nextAttempt: Instant?

    /// A stretch of deliveries of which only the newer days are wanted.
    public struct Partial: Hashable, Sendable {
        public let through: DeliveryID
        public let from: Day

        public init(through: DeliveryID, from: Day) {
            self.through = through
            self.from = from
        }
    }

    public init(target: String, cells: DeliveryID, partial: Partial? = nil, readings: DeliveryID, readingsBefore: Day) {
        self.target = target
        self.cells = cells
        self.partial = partial
        self.readings = readings
        self.readingsBefore = readingsBefore
    }
}

extension Store {
    /// The states of all targets there ever were, by their ids.
    public func remoteWriteStates() throws(StoreError) -> [String: RemoteWriteState] {
        try read("reading the states of remote write") { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT * FROM remote_write").reduce(into: [:]) { states, row in
                let state = RemoteWriteRows.state(row)
                states[state.target] = state
            }
        }
    }

    /// Stores how far a target has got, with what should be known of what it refused. An operator's replay that was ordered meanwhile goes
    /// before: then only the counters are stored.
    ///
    /// - Parameter previous: the state that the new one was made from.
    /// - Returns: the state as it is stored.
    public func save(
        _ state: RemoteWriteState, after previous: RemoteWriteState?, findings: [Finding] = [], at instant: Instant
    ) async throws(StoreError) -> RemoteWriteState {
        try await write("storing how far remote write '\(state.target)' has got") { db in
            let stored = try RemoteWriteRows.fetch(state.target, db)
            var state = state
            if let stored, let previous,
                (stored.cells, stored.partial, stored.readingsBefore) != (previous.cells, previous.partial, previous.readingsBefore)
            {
                state.cells = stored.cells
                state.partial = stored.partial
                state.readings = stored.readings
                state.readingsBefore = stored.readingsBefore
            }
            try RemoteWriteRows.save(state, db)
            try FindingRows.merge(findings, at: instant, delivery: nil, db)
            return state
        }
    }

    /// Makes everything from a day on be sent once more, and lets a target that waits after failures be tried at once.
    ///
    /// - Returns: nil when the target has no state yet, so that there is nothing to repeat.
    public func replayRemoteWrite(_ target: String, from day: Day) async throws(StoreError) -> RemoteWriteState? {
        try await write("ordering a replay of remote write '\(target)'") { db in
            guard var state = try RemoteWriteRows.fetch(target, db) else { return nil }
            // A replay inside another begins with the earlier of both days, and goes as far as the later.
            let earlier = state.partial.map { min($0.from, day) } ?? day
            state.partial = RemoteWriteState.Partial(through: max(state.cells, state.partial?.through ?? state.cells), from: earlier)
            state.cells = DeliveryID(0)
            state.readingsBefore = min(state.readingsBefore, day)
            state.nextAttempt = nil
            try RemoteWriteRows.save(state, db)
            return state
        }
    }
}

/// Rows of the table `remote_write`.
enum RemoteWriteRows {
    static func fetch(_ target: String, _ db: Database) throws -> RemoteWriteState? {
        try GRDB.Row.fetchOne(db, sql: "SELECT * FROM remote_write WHERE target = ?", arguments: [target]).map(state)
    }

    static func save(_ state: RemoteWriteState, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO remote_write (target, cells, partial_through, partial_from, readings, readings_before,
                  generation, sent, refused, last_success, last_error, failures, next_attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            state.target, state.cells.number, state.partial?.through.number, state.partial?.from.number, state.readings.number,
            state.readingsBefore.number, state.generation, state.sent, state.refused, state.lastSuccess?.milliseconds, state.lastError,
            state.failures,
            state.nextAttempt?.milliseconds,
        ])
    }

    static func state(_ row: GRDB.Row) -> RemoteWriteState {
        let through: Int64? = row["partial_through"]
        let from: Int? = row["partial_from"]
        let partial = through.flatMap { through in from.map { RemoteWriteState.Partial(through: DeliveryID(through), from: Day(number: $0)) } }
        var state = RemoteWriteState(
            target: row["target"], cells: DeliveryID(row["cells"]), partial: partial, readings: DeliveryID(row["readings"]),
            readingsBefore: Day(number: row["readings_before"]))
        state.generation = row["generation"]
        state.sent = row["sent"]
        state.refused = row["refused"]
        state.lastSuccess = Instant(optional: row["last_success"])
        state.lastError = row["last_error"]
        state.failures = row["failures"]
        state.nextAttempt = Instant(optional: row["next_attempt"])
        return state
    }
}
