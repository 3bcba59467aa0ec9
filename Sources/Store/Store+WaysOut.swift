import GRDB
import Model

/// An alert as an Alertmanager was told of it. The row is there before the request is made, so that what may have been heard can be taken back.
public struct StandingAlert: Hashable, Sendable {
    /// JSON with sorted keys: what an Alertmanager knows an alert by.
    public let labels: String
    public var annotations: String
    public var startsAt: Instant
    /// When it ceased to fire; nil while it fires.
    public var endsAt: Instant?

    public init(labels: String, annotations: String, startsAt: Instant, endsAt: Instant? = nil) {
        self.labels = labels
        self.annotations = annotations
        self.startsAt = startsAt
        self.endsAt = endsAt
    }
}

extension Store {
    /// The events that may leave by a way now: of each alert the oldest that waits, so that a receiver hears its changes in order.
    public func dueEvents(by way: String, at instant: Instant, limit: Int) throws(StoreError) -> [OutboxItem] {
        try read("looking for events to send") { db in
            let sql = "SELECT * FROM letter l WHERE \(EventRows.isFirst) AND next_attempt <= ? ORDER BY next_attempt, id LIMIT ?"
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: [way, instant.milliseconds, limit]).map { try LetterRows.item($0, db) }
        }
    }

    /// When the next event may leave by a way; nil when none waits.
    public func nextEventDue(by way: String) throws(StoreError) -> Instant? {
        try read("looking for the next event") { db in
            Instant(
                optional: try Int64.fetchOne(db, sql: "SELECT min(next_attempt) FROM letter l WHERE \(EventRows.isFirst)", arguments: [way]))
        }
    }

    /// Gives up the events of ways that are no longer configured; returns how many there were.
    @discardableResult
    public func abandonEvents(besides ways: Set<String>) async throws(StoreError) -> Int {
        let known = Array(ways) + ["mail"]
        let places = known.map { _ in "?" }.joined(separator: ", ")
        let waiting = "state = 'queued' AND way NOT IN (\(places))"
        let isAny = try read("looking for events without a way") { db in
            try Int.fetchOne(db, sql: "SELECT 1 FROM letter WHERE \(waiting)", arguments: StatementArguments(known)) != nil
        }
        guard isAny else { return 0 }
        return try await write("giving up events without a way") { db in
            try db.execute(
                sql: """
                    UPDATE letter_recipient SET state = 'failed', last_answer = 'this way out is no longer configured'
                    WHERE letter IN (SELECT id FROM letter WHERE \(waiting))
                    """, arguments: StatementArguments(known))
            try db.execute(
                sql: "UPDATE letter SET state = 'failed', last_error = 'this way out is no longer configured' WHERE \(waiting)",
                arguments: StatementArguments(known))
            return db.changesCount
        }
    }

    /// Whether nothing in the outbox was written in just this millisecond. Ids of letters and events are made from the instant.
    public func isUnwritten(_ instant: Instant) throws(StoreError) -> Bool {
        try read("looking for letters of an instant") { db in
            try Int.fetchOne(db, sql: "SELECT 1 FROM letter WHERE created_at = ? LIMIT 1", arguments: [instant.milliseconds]) == nil
        }
    }

    /// How many events wait for each way that has any.
    public func eventsWaiting() throws(StoreError) -> [String: Int] {
        try read("counting events that wait") { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT way, count(*) AS n FROM letter WHERE state = 'queued' AND way <> 'mail' GROUP BY way")
                .reduce(into: [:]) { $0[$1["way"]] = $1["n"] }
        }
    }

    /// How each way has fared that was ever used, by its id.
    public func wayOutStates() throws(StoreError) -> [String: WayOutState] {
        try read("reading how ways out fare") { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT * FROM way_out").reduce(into: [:]) { states, row in
                var state = WayOutState(way: row["way"])
                state.failures = row["failures"]
                state.nextAttempt = Instant(optional: row["next_attempt"])
                state.lastError = row["last_error"]
                state.lastSuccess = Instant(optional: row["last_success"])
                states[state.way] = state
            }
        }
    }

    /// Stores how a way fares, with what an operator must know of it.
    public func save(_ state: WayOutState, findings: [Finding] = [], at instant: Instant) async throws(StoreError) {
        try await write("storing how way out '\(state.way)' fares") { db in
            try db.execute(
                sql: """
                    INSERT INTO way_out (way, failures, next_attempt, last_error, last_success) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (way) DO UPDATE SET failures = excluded.failures, next_attempt = excluded.next_attempt,
                      last_error = excluded.last_error, last_success = excluded.last_success
                    """,
                arguments: [
                    state.way, state.failures, state.nextAttempt?.milliseconds, state.lastError, state.lastSuccess?.milliseconds,
                ])
            try FindingRows.merge(findings, at: instant, delivery: nil, db)
        }
    }

    /// What an Alertmanager was told, by its labels.
    public func standingAlerts(by way: String) throws(StoreError) -> [StandingAlert] {
        try read("reading what way out '\(way)' was told") { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT * FROM standing_alert WHERE way = ? ORDER BY labels", arguments: [way]).map { row in
                StandingAlert(
                    labels: row["labels"], annotations: row["annotations"], startsAt: Instant(milliseconds: row["starts_at"]),
                    endsAt: Instant(optional: row["ends_at"]))
            }
        }
    }

    /// Stores what an Alertmanager is about to be told, and forgets what it need not hear again.
    public func save(_ alerts: [StandingAlert], forgetting: [StandingAlert], by way: String) async throws(StoreError) {
        guard !alerts.isEmpty || !forgetting.isEmpty else { return }
        try await write("storing what way out '\(way)' is told") { db in
            for alert in forgetting {
                try db.execute(sql: "DELETE FROM standing_alert WHERE way = ? AND labels = ?", arguments: [way, alert.labels])
            }
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO standing_alert (way, labels, annotations, starts_at, ends_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (way, labels) DO UPDATE SET annotations = excluded.annotations, starts_at = excluded.starts_at,
                      ends_at = excluded.ends_at
                    """)
            for alert in alerts {
                try statement.execute(arguments: [
                    way, alert.labels, alert.annotations, alert.startsAt.milliseconds, alert.endsAt?.milliseconds,
                ])
            }
        }
    }
}

/// Rows of the table `letter` that are events.
enum EventRows {
    /// An event of a way (`?`) that waits and has none of the same alert before it; the row is called `l`.
    static let isFirst = """
        l.way = ? AND l.state = 'queued' AND NOT EXISTS (
          SELECT 1 FROM letter e WHERE e.alert = l.alert AND e.way = l.way AND e.state = 'queued' AND e.id < l.id)
        """

    /// Queues an event of a transition, due at once.
    static func insert(_ event: AlertEvent, of transition: Int64, at instant: Instant, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO letter (message_id, agency, sender, recipients, subject, bytes, state, created_at, next_attempt, way, alert)
                VALUES (?, ?, '', ?, ?, ?, 'queued', ?, ?, ?, (SELECT alert FROM transition WHERE id = ?))
                """
        ).execute(arguments: [
            "\(event.way)/\(event.id)", event.key.agency?.text, try JSONText.encode([event.way]), event.summary, Blob(event.body),
            instant.milliseconds, instant.milliseconds, event.way, transition,
        ])
        let id = db.lastInsertedRowID
        try RecipientRows.insert([event.way], of: id, db)
        try LetterRows.link(id, to: transition, db)
    }
}
