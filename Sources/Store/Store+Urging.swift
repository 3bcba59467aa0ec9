import GRDB
import Model

extension Store {
    /// How far each alert has been urged; those that were not told of are not in it.
    public func urged() throws(StoreError) -> [AlertKey: Urged] {
        try read("reading how far alerts were urged") { db in
            let rows = try GRDB.Row.fetchAll(db, sql: "SELECT a.rule, a.subject, a.agency, u.* FROM urged u JOIN alert a ON a.id = u.alert")
            return try Dictionary(
                rows.map { row in
                    guard let severity = Severity(rawValue: row["severity"]) else {
                        throw Refusal(.corrupt, "an urged alert has an unknown severity")
                    }
                    let urged = Urged(
                        toldAt: Instant(milliseconds: row["told_at"]), severity: severity, step: row["step"],
                        stepAt: Instant(milliseconds: row["step_at"]))
                    return (try AlertRows.key(row), urged)
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Where the telling as a whole stands.
    public func urgingState() throws(StoreError) -> UrgingState {
        try read("reading the state of the telling") { db in try UrgingRows.state(db) }
    }

    /// Lets held letters go, or drops them (`isDropped`): nobody is told of what nobody was told of before, until there is something new, and the
    /// days to the next step of everything else count from now.
    ///
    /// - Returns: how many letters had been held; 0 when none were.
    public func releaseHeldLetters(dropping isDropped: Bool, at instant: Instant) async throws(StoreError) -> Int {
        try await write("releasing held letters") { db in
            var state = try UrgingRows.state(db)
            guard state.heldSince != nil else { return 0 }
            let held = state.heldLetters
            if isDropped {
                try db.execute(
                    sql: """
                        INSERT INTO urged (alert, told_at, severity, step, step_at)
                        SELECT id, :at, severity, :dropped, :at FROM alert WHERE state IN ('firing', 'reopened') AND agency <> ''
                        ON CONFLICT (alert) DO UPDATE SET severity = excluded.severity, step_at = excluded.step_at,
                          told_at = CASE WHEN step = :dropped THEN excluded.told_at ELSE told_at END
                        """, arguments: ["at": instant.milliseconds, "dropped": Urged.droppedStep])
                try db.execute(sql: "DELETE FROM urged WHERE alert IN (SELECT id FROM alert WHERE state IN ('resolved', 'closed'))")
            }
            state.isReleased = !isDropped
            state.heldSince = nil
            state.heldLetters = 0
            try UrgingRows.save(state, db)
            return held
        }
    }

    /// When the first letter to an agency was written, of those that are kept; nil before there is one.
    public func firstLetterWritten() throws(StoreError) -> Instant? {
        try read("looking for the first letter") { db in
            Instant(optional: try Int64.fetchOne(db, sql: "SELECT min(created_at) FROM letter WHERE agency IS NOT NULL AND way = 'mail'"))
        }
    }

    /// How many letters were written to each agency since an instant.
    public func lettersWritten(since instant: Instant) throws(StoreError) -> [AgencyCode: Int] {
        try read("counting letters") { db in
            let rows = try GRDB.Row.fetchAll(
                db, sql: "SELECT agency, count(*) AS count FROM letter WHERE agency IS NOT NULL AND created_at >= ? AND way = 'mail' GROUP BY agency",
                arguments: [instant.milliseconds])
            return Dictionary(
                rows.compactMap { row in AgencyCode(row["agency"] as String).map { ($0, row["count"] as Int) } },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// How often each alert began to fire since an instant.
    public func begins(since instant: Instant) throws(StoreError) -> [AlertKey: Int] {
        try read("counting how often alerts began") { db in
            let rows = try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT a.rule, a.subject, a.agency, count(*) AS count FROM transition t JOIN alert a ON a.id = t.alert
                    WHERE t.at >= ? AND t.to_state IN ('firing', 'reopened')
                      AND coalesce(t.from_state, 'pending') IN ('pending', 'resolved', 'closed')
                    GROUP BY a.id
                    """, arguments: [instant.milliseconds])
            return try Dictionary(rows.map { (try AlertRows.key($0), $0["count"]) }, uniquingKeysWith: { first, _ in first })
        }
    }
}

/// Rows of the tables `urged` and `urging`.
enum UrgingRows {
    static func state(_ db: Database) throws -> UrgingState {
        guard let row = try GRDB.Row.fetchOne(db, sql: "SELECT * FROM urging") else { return UrgingState() }
        return UrgingState(
            lastTold: Instant(optional: row["last_told"]), heldSince: Instant(optional: row["held_since"]), heldLetters: row["held_letters"],
            isReleased: row["is_released"])
    }

    static func save(_ state: UrgingState, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO urging (id, last_told, held_since, held_letters, is_released) VALUES (1, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET last_told = excluded.last_told, held_since = excluded.held_since, held_letters = excluded.held_letters,
                  is_released = excluded.is_released
                """,
            arguments: [state.lastTold?.milliseconds, state.heldSince?.milliseconds, state.heldLetters, state.isReleased])
    }

    /// Remembers how far an alert was urged; nil when its episode is over.
    static func save(_ urged: Urged?, of alert: Int64, _ db: Database) throws {
        guard let urged else { return try db.execute(sql: "DELETE FROM urged WHERE alert = ?", arguments: [alert]) }
        try db.cachedStatement(
            sql: """
                INSERT INTO urged (alert, told_at, severity, step, step_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (alert) DO UPDATE SET told_at = excluded.told_at, severity = excluded.severity, step = excluded.step,
                  step_at = excluded.step_at
                """
        ).execute(arguments: [alert, urged.toldAt.milliseconds, urged.severity.rawValue, urged.step, urged.stepAt.milliseconds])
    }
}
