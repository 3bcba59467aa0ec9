import GRDB
import Model

/// A transition as the store holds it, with the letters that told of it.
public struct TransitionRecord: Hashable, Sendable {
    public let id: Int64
    public let transition: Transition
    /// The Message-IDs of the letters that tell of it; empty when nobody had to be told.
    public let letters: [String]

    public init(id: Int64, transition: Transition, letters: [String]) {
        self.id = id
        self.transition = transition
        self.letters = letters
    }

    /// The first of `letters`.
    public var letter: String? { letters.first }
}

extension Store {
    /// All alerts in the order of their keys, as they stand now or stood at an instant.
    public func alerts(asOf instant: Instant? = nil) throws(StoreError) -> [Alert] {
        try read("reading alerts") { db in
            let rows: [GRDB.Row]
            if let instant {
                let sql = """
                    SELECT a.rule, a.subject, a.agency, t.to_state AS state, t.severity, t.at AS since, t.period, t.scheme, t.reason,
                      coalesce((SELECT text FROM alert_note WHERE alert = a.id AND kind = 'assign' AND at <= :at ORDER BY id DESC LIMIT 1), '') AS assignee
                    FROM alert a JOIN transition t ON t.id = (SELECT max(id) FROM transition WHERE alert = a.id AND at <= :at)
                    """
                rows = try GRDB.Row.fetchAll(db, sql: sql, arguments: ["at": instant.milliseconds])
            } else {
                rows = try GRDB.Row.fetchAll(db, sql: "SELECT * FROM alert")
            }
            return try rows.map(AlertRows.alert).sorted { $0.key < $1.key }
        }
    }

    /// Every change of one alert, oldest first.
    public func transitions(of key: AlertKey) throws(StoreError) -> [TransitionRecord] {
        try read("reading the life of an alert") { db in
            try AlertRows.transitions(
                db, where: "a.rule = ? AND a.subject = ? AND a.agency = ? ORDER BY t.id", [key.rule, key.subject, key.agency?.text ?? ""])
        }
    }

    /// The changes of all alerts since an instant, newest first.
    public func transitions(since instant: Instant, limit: Int = 100) throws(StoreError) -> [TransitionRecord] {
        try read("reading transitions") { db in
            try AlertRows.transitions(db, where: "t.at >= ? ORDER BY t.at DESC, t.id DESC LIMIT ?", [instant.milliseconds, limit])
        }
    }

    /// The newest period up to which a rule has judged, nil before the first time.
    public func judgedThrough(rule: String) throws(StoreError) -> Period? {
        try read("reading how far rule '\(rule)' has judged") { db in
            try GRDB.Row.fetchOne(db, sql: "SELECT period, scheme FROM judged WHERE rule = ?", arguments: [rule]).flatMap(AlertRows.period)
        }
    }
}

extension Store {
    /// The newest delivery that was judged by, nil before the first time.
    public func judgedDelivery() throws(StoreError) -> DeliveryID? {
        try read("reading up to which delivery was judged") { db in
            try String.fetchOne(db, sql: "SELECT period FROM judged WHERE rule = ?", arguments: [AlertRows.deliveries])
                .flatMap { Int64($0) }.map { DeliveryID($0) }
        }
    }
}

/// Rows of the tables `alert`, `transition` and `judged`.
enum AlertRows {
    /// Adds a transition and brings its alert to the state after it; returns the transition's number.
    static func apply(_ transition: Transition, _ db: Database) throws -> Int64 {
        let reason = try JSONText.encode(transition.reason)
        let period = transition.period.map(\.description)
        let scheme = transition.period.map(\.scheme.rawValue)
        let alert = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    INSERT INTO alert (rule, subject, agency, state, severity, since, period, scheme, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (rule, subject, agency) DO UPDATE SET state = excluded.state, severity = excluded.severity,
                      since = excluded.since, period = excluded.period, scheme = excluded.scheme, reason = excluded.reason
                    RETURNING id
                    """),
            arguments: [
                transition.key.rule, transition.key.subject, transition.key.agency?.text ?? "", transition.to.rawValue,
                transition.severity.rawValue, transition.at.milliseconds, period, scheme, reason,
            ])
        try db.cachedStatement(
            sql: """
                INSERT INTO transition (alert, from_state, to_state, severity, at, period, scheme, reason, actor, why, rule_version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            alert, transition.from?.rawValue, transition.to.rawValue, transition.severity.rawValue, transition.at.milliseconds, period, scheme,
            reason, transition.actor?.name, transition.actor?.why, transition.ruleVersion,
        ])
        return db.lastInsertedRowID
    }

    /// The row of `judged` that holds the number of a delivery; the others are of a rule and a cadence, with a slash between.
    static let deliveries = "deliveries"

    /// Remembers the newest delivery that was judged by.
    static func mark(_ delivery: DeliveryID, _ db: Database) throws { try mark(deliveries, "\(delivery.number)", scheme: "", db) }

    /// Remembers how far a rule has judged.
    static func mark(_ rule: String, through period: Period, _ db: Database) throws {
        try mark(rule, period.description, scheme: period.scheme.rawValue, db)
    }

    private static func mark(_ row: String, _ period: String, scheme: String, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO judged (rule, period, scheme) VALUES (?, ?, ?)
                ON CONFLICT (rule) DO UPDATE SET period = excluded.period, scheme = excluded.scheme
                """
        ).execute(arguments: [row, period, scheme])
    }

    /// A row of `alert`, or one with the same columns.
    static func alert(_ row: GRDB.Row) throws -> Alert {
        guard let state = AlertState(rawValue: row["state"]), let severity = Severity(rawValue: row["severity"]) else {
            throw Refusal(.corrupt, "an alert has an unknown state or severity")
        }
        return Alert(
            key: try key(row), state: state, severity: severity, since: Instant(milliseconds: row["since"]), period: period(row),
            reason: try JSONText.decode(Reason.self, from: row["reason"]), assignee: row["assignee"])
    }

    /// Transitions with the letters that told of them, chosen and ordered by a clause over `a` (alert) and `t` (transition).
    static func transitions(_ db: Database, where clause: String, _ arguments: StatementArguments) throws -> [TransitionRecord] {
        let sql = """
            SELECT a.rule, a.subject, a.agency, t.*, (
              SELECT json_group_array(l.message_id) FROM letter_transition lt JOIN letter l ON l.id = lt.letter WHERE lt.transition = t.id AND l.way = 'mail'
            ) AS letters
            FROM transition t JOIN alert a ON a.id = t.alert WHERE \(clause)
            """
        return try GRDB.Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            let fromText: String? = row["from_state"]
            let from = fromText.flatMap(AlertState.init)
            guard let to = AlertState(rawValue: row["to_state"]), let severity = Severity(rawValue: row["severity"]),
                (from == nil) == (fromText == nil)
            else { throw Refusal(.corrupt, "a transition has an unknown state or severity") }
            let transition = Transition(
                key: try key(row), from: from, to: to, severity: severity, at: Instant(milliseconds: row["at"]), period: period(row),
                reason: try JSONText.decode(Reason.self, from: row["reason"]),
                actor: (row["actor"] as String?).map { AlertActor(name: $0, why: row["why"] ?? "") }, ruleVersion: row["rule_version"])
            return TransitionRecord(id: row["id"], transition: transition, letters: try JSONText.decode([String].self, from: row["letters"]))
        }
    }

    /// The period in the columns `period` and `scheme`.
    static func period(_ row: GRDB.Row) -> Period? {
        let text: String? = row["period"]
        let scheme = (row["scheme"] as String?).flatMap(PeriodScheme.init)
        return text.flatMap { text in scheme.flatMap { Period(text, scheme: $0) } }
    }

    /// The parts of a key as the unique columns have them.
    static func arguments(_ key: AlertKey) -> StatementArguments { [key.rule, key.subject, key.agency?.text ?? ""] }

    /// The number of an alert. Throws `missing` when there is none of this key.
    static func number(_ key: AlertKey, _ db: Database) throws -> Int64 {
        let sql = "SELECT id FROM alert WHERE rule = ? AND subject = ? AND agency = ?"
        guard let number = try Int64.fetchOne(db, sql: sql, arguments: arguments(key)) else {
            throw Refusal(
                .missing, "there is no alert \(key)", vietnamese: "không có cảnh báo \(key)",
                hint: LocalizedText(
                    vietnamese: "`dondoc alerts list --all` liệt kê các cảnh báo hiện có",
                    english: "`dondoc alerts list --all` shows the alerts there are"))
        }
        return number
    }

    /// The key in the columns `rule`, `subject` and `agency`.
    static func key(_ row: GRDB.Row) throws -> AlertKey {
        let agency: String = row["agency"]
        guard agency.isEmpty || AgencyCode(agency) != nil else { throw Refusal(.corrupt, "an alert has no valid agency code") }
        return AlertKey(rule: row["rule"], subject: row["subject"], agency: AgencyCode(agency))
    }
}
