import Crypto
import GRDB
import Model

/// What an HTTP server gave to ask "anything new?" with.
public struct Validator: Hashable, Sendable {
    public let entityTag: String?
    public let lastModified: String?

    public init(entityTag: String?, lastModified: String?) {
        self.entityTag = entityTag
        self.lastModified = lastModified
    }
}

extension Store {
    /// The state of every source that was ever heard of, by its id.
    public func sourceStates() throws(StoreError) -> [String: SourceState] {
        try read("reading the states of sources") { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT * FROM source_state").reduce(into: [:]) { states, row in
                let state = SourceRows.state(row)
                states[state.source] = state
            }
        }
    }

    /// What was known of each source at an instant, as far as its deliveries tell: one that answered without anything new left no trace, so a source
    /// may look silent for longer than it was.
    public func sourceStates(asOf instant: Instant) throws(StoreError) -> [String: SourceState] {
        let known = try sourceStates()
        return try read("reading the deliveries of sources") { db in
            let sql = "SELECT max(received_at) FROM delivery WHERE source = ? AND recorded_at <= ?"
            var states: [String: SourceState] = [:]
            for (id, now) in known where now.registeredAt <= instant {
                var state = SourceState(source: id, registeredAt: now.registeredAt)
                state.lastSuccess = Instant(optional: try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: [id, instant.milliseconds]))
                states[id] = state
            }
            return states
        }
    }

    /// The validator that the last answer to a request carried.
    public func validator(source: String, request: String) throws(StoreError) -> Validator? {
        try read("reading what source '\(source)' was last asked") { db in
            let sql = "SELECT entity_tag, last_modified FROM validator WHERE source = ? AND request = ?"
            return try GRDB.Row.fetchOne(db, sql: sql, arguments: [source, SourceRows.digest(request)]).map {
                Validator(entityTag: $0["entity_tag"], lastModified: $0["last_modified"])
            }
        }
    }

    /// Remembers the validator of a request; one without tag and date forgets it. Only a digest of the request is kept, because addresses
    /// can carry secrets.
    public func remember(_ validator: Validator, source: String, request: String) async throws(StoreError) {
        try await write("remembering what source '\(source)' answered") { db in
            if validator.entityTag == nil, validator.lastModified == nil {
                try db.execute(
                    sql: "DELETE FROM validator WHERE source = ? AND request = ?", arguments: [source, SourceRows.digest(request)])
            } else {
                try db.execute(
                    sql: """
                        INSERT INTO validator (source, request, entity_tag, last_modified) VALUES (?, ?, ?, ?) ON CONFLICT (source, request)
                        DO UPDATE SET entity_tag = excluded.entity_tag, last_modified = excluded.last_modified
                        """,
                    arguments: [source, SourceRows.digest(request), validator.entityTag, validator.lastModified])
            }
        }
    }
}

/// Rows of the tables `source_state` and `validator`.
enum SourceRows {
    /// Saves a state; the instant at which the source was first heard of stays the first one.
    static func save(_ state: SourceState, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO source_state (source, cursor, last_attempt, last_success, last_error, failures, next_run, registered_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET cursor = excluded.cursor,
                  last_attempt = excluded.last_attempt, last_success = excluded.last_success, last_error = excluded.last_error,
                  failures = excluded.failures, next_run = excluded.next_run
                """
        ).execute(arguments: [
            state.source, state.cursor?.number, state.lastAttempt?.milliseconds, state.lastSuccess?.milliseconds, state.lastError,
            state.failures, state.nextRun?.milliseconds, state.registeredAt.milliseconds,
        ])
    }

    /// A row as a state.
    static func state(_ row: GRDB.Row) -> SourceState {
        var state = SourceState(source: row["source"], registeredAt: Instant(milliseconds: row["registered_at"]))
        state.cursor = (row["cursor"] as Int?).map { Day(number: $0) }
        state.lastAttempt = Instant(optional: row["last_attempt"])
        state.lastSuccess = Instant(optional: row["last_success"])
        state.lastError = row["last_error"]
        state.failures = row["failures"]
        state.nextRun = Instant(optional: row["next_run"])
        return state
    }

    /// What stands for a request as a key.
    static func digest(_ request: String) -> Blob { Blob(Array(SHA256.hash(data: Array(request.utf8)))) }
}

extension Instant {
    /// An instant from a column that may be NULL.
    init?(optional milliseconds: Int64?) {
        guard let milliseconds else { return nil }
        self.init(milliseconds: milliseconds)
    }
}
