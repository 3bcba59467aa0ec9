import GRDB
import Model

/// A remark or an assignment that somebody left at an alert.
public struct AlertNote: Hashable, Sendable, Codable {
    /// The raw values are stable identifiers.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case comment
        case assign
    }

    public let at: Instant
    public let author: String
    public let kind: Kind
    public let text: String

    public init(at: Instant, author: String, kind: Kind, text: String) {
        self.at = at
        self.author = author
        self.kind = kind
        self.text = text
    }
}

extension Store {
    /// Stores the transition that an operator's order led to, with what other systems are told of it. Throws `missing` when the alert has changed since it was looked at.
    public func apply(_ transition: Transition, events: [AlertEvent] = []) async throws(StoreError) {
        try await write("changing alert \(transition.key)") { db in
            let state = try String.fetchOne(
                db, sql: "SELECT state FROM alert WHERE rule = ? AND subject = ? AND agency = ?", arguments: AlertRows.arguments(transition.key))
            guard state == transition.from?.rawValue else {
                throw Refusal(
                    .missing, "the alert has changed meanwhile", vietnamese: "cảnh báo đã thay đổi trong khi chờ",
                    hint: LocalizedText(
                        vietnamese: "xem lại: dondoc alerts show \(transition.key)", english: "look at it again: dondoc alerts show \(transition.key)"
                    ))
            }
            let id = try AlertRows.apply(transition, db)
            // Its episode is over: if it fires again, that is told from the first step on.
            if transition.to == .closed { try UrgingRows.save(nil, of: try AlertRows.number(transition.key, db), db) }
            for event in events { try EventRows.insert(event, of: id, at: transition.at, db) }
        }
    }

    /// Leaves a remark at an alert, or puts somebody in charge of it.
    public func note(_ note: AlertNote, at key: AlertKey) async throws(StoreError) {
        try await write("noting at alert \(key)") { db in
            let alert = try AlertRows.number(key, db)
            try db.execute(
                sql: "INSERT INTO alert_note (alert, at, author, kind, text) VALUES (?, ?, ?, ?, ?)",
                arguments: [alert, note.at.milliseconds, note.author, note.kind.rawValue, note.text])
            if note.kind == .assign { try db.execute(sql: "UPDATE alert SET assignee = ? WHERE id = ?", arguments: [note.text, alert]) }
        }
    }

    /// What was noted at an alert, the oldest first.
    public func notes(at key: AlertKey) throws(StoreError) -> [AlertNote] {
        try read("reading the notes of an alert") { db in
            try GRDB.Row.fetchAll(
                db, sql: "SELECT * FROM alert_note WHERE alert = ? ORDER BY id", arguments: [try AlertRows.number(key, db)]
            ).map { row in
                guard let kind = AlertNote.Kind(rawValue: row["kind"]) else { throw Refusal(.corrupt, "a note is of an unknown kind") }
                return AlertNote(at: Instant(milliseconds: row["at"]), author: row["author"], kind: kind, text: row["text"])
            }
        }
    }
}

// MARK: - Silences

extension Store {
    /// Keeps a silence; returns it with its number.
    public func add(_ silence: Silence) async throws(StoreError) -> Silence {
        try await write("adding a silence") { db in
            try db.execute(
                sql: "INSERT INTO silence (agency, subject, rule, begins, ends, author, why, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    silence.scope.agency?.text, silence.scope.subject, silence.scope.rule, silence.from.milliseconds, silence.until.milliseconds,
                    silence.actor.name, silence.actor.why, silence.createdAt.milliseconds,
                ])
            return Silence(
                id: db.lastInsertedRowID, scope: silence.scope, from: silence.from, until: silence.until, actor: silence.actor,
                createdAt: silence.createdAt)
        }
    }

    /// Ends a silence now. False when it is over already; throws `missing` when there is none of this number.
    public func expire(silence id: Int64, by author: String, at instant: Instant) async throws(StoreError) -> Bool {
        try await write("ending silence \(id)") { db in
            guard let ends = try Int64.fetchOne(db, sql: "SELECT ends FROM silence WHERE id = ?", arguments: [id]) else {
                throw Refusal(
                    .missing, "there is no silence \(id)", vietnamese: "không có lệnh tạm dừng số \(id)",
                    hint: LocalizedText(
                        vietnamese: "`dondoc silence list --all` liệt kê các lệnh tạm dừng hiện có",
                        english: "`dondoc silence list --all` shows the silences there are"))
            }
            guard ends > instant.milliseconds else { return false }
            try db.execute(
                sql: "UPDATE silence SET ends = max(?, begins), ended_by = ? WHERE id = ?", arguments: [instant.milliseconds, author, id])
            return true
        }
    }

    /// The silences that have not ended by an instant, or all; the first to end first.
    public func silences(endingAfter instant: Instant?) throws(StoreError) -> [Silence] {
        try read("reading silences") { db in
            let rows = try GRDB.Row.fetchAll(
                db, sql: "SELECT * FROM silence WHERE ends > ? ORDER BY ends, id", arguments: [instant?.milliseconds ?? .min])
            return rows.map { row in
                Silence(
                    id: row["id"],
                    scope: Silence.Scope(
                        agency: (row["agency"] as String?).flatMap { AgencyCode($0) }, subject: row["subject"], rule: row["rule"]),
                    from: Instant(milliseconds: row["begins"]), until: Instant(milliseconds: row["ends"]),
                    actor: AlertActor(name: row["author"], why: row["why"]), createdAt: Instant(milliseconds: row["created_at"]))
            }
        }
    }
}

// MARK: - Remediation

extension Store {
    /// Keeps an agency's answer with the bytes of its evidence; returns it with its number and the evidence's hash.
    public func add(_ remediation: Remediation, evidence bytes: [UInt8]?) async throws(StoreError) -> Remediation {
        try await write("adding the answer to alert \(remediation.key)") { db in
            let evidence = try bytes.flatMap { bytes in
                try remediation.evidence.map { try EvidenceRows.insert(EvidenceRows.Document(name: $0.name, bytes: bytes), db) }
            }
            return try RemediationRows.insert(remediation, evidence: evidence, db)
        }
    }

    /// The answers to one alert, or to all; the oldest first.
    public func remediations(of key: AlertKey? = nil) throws(StoreError) -> [Remediation] {
        try read("reading agencies' answers") { db in
            let sql = """
                SELECT a.rule, a.subject, a.agency, r.*, e.byte_count, (
                  SELECT i.received_at FROM incoming_alert x JOIN incoming i ON i.id = x.incoming WHERE x.alert = r.alert AND x.remediation = r.id
                ) AS received_at
                FROM remediation r JOIN alert a ON a.id = r.alert LEFT JOIN evidence e ON e.sha256 = r.evidence
                """
            let rows =
                try key.map {
                    try GRDB.Row.fetchAll(
                        db, sql: sql + " WHERE a.rule = ? AND a.subject = ? AND a.agency = ? ORDER BY r.id", arguments: AlertRows.arguments($0))
                } ?? GRDB.Row.fetchAll(db, sql: sql + " ORDER BY r.id")
            return try rows.map { row in
                var evidence: Remediation.Evidence?
                if let name: String = row["evidence_name"], let byteCount: Int = row["byte_count"] {
                    evidence = .init(name: name, byteCount: byteCount, sha256: RawBytes.hexadecimal(Blob(row["evidence"]).bytes))
                }
                let due: Int? = row["due"]
                return Remediation(
                    id: row["id"], key: try AlertRows.key(row), at: Instant(milliseconds: row["at"]),
                    receivedAt: Instant(optional: row["received_at"]), enteredBy: row["author"], cause: row["cause"], plan: row["plan"],
                    due: due.map { Day(number: $0) }, evidence: evidence)
            }
        }
    }

    /// What agencies have said to alerts as they are now.
    public func standingAnswers() throws(StoreError) -> StandingAnswers { StandingAnswers(try remediations(), since: try lastEnds()) }

    /// When each alert that was answered was last resolved or closed; those that never were are not in it.
    public func lastEnds() throws(StoreError) -> [AlertKey: Instant] {
        try read("reading when alerts ended") { db in
            let rows = try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT a.rule, a.subject, a.agency, max(t.at) AS at FROM transition t JOIN alert a ON a.id = t.alert
                    WHERE t.alert IN (SELECT alert FROM remediation) AND t.to_state IN ('resolved', 'closed') GROUP BY a.id
                    """)
            return try Dictionary(rows.map { (try AlertRows.key($0), Instant(milliseconds: $0["at"])) }, uniquingKeysWith: max)
        }
    }

    /// The bytes of an answer's evidence, checked against their hash; nil when it has none or there is no such answer.
    public func evidence(of remediation: Int64) throws(StoreError) -> [UInt8]? {
        try read("reading evidence") { db in
            let row = try GRDB.Row.fetchOne(
                db, sql: "SELECT e.* FROM remediation r JOIN evidence e ON e.sha256 = r.evidence WHERE r.id = ?", arguments: [remediation])
            return try row.map {
                try RawBytes.inflate(Blob($0["deflated"]).bytes, byteCount: $0["byte_count"], sha256: Blob($0["sha256"]).bytes)
            }
        }
    }
}

/// Rows of the table `evidence`.
enum EvidenceRows {
    /// A document, hashed and compressed before the transaction begins.
    struct Document: Sendable {
        let name: String
        let raw: RawBytes

        init(name: String, bytes: [UInt8]) throws {
            self.name = name
            raw = try RawBytes(bytes)
        }

        var evidence: Remediation.Evidence {
            Remediation.Evidence(name: name, byteCount: raw.byteCount, sha256: RawBytes.hexadecimal(raw.sha256))
        }
    }

    /// Keeps a document; equal bytes are kept once.
    static func insert(_ document: Document, _ db: Database) throws -> Document {
        try db.execute(
            sql: "INSERT INTO evidence (sha256, byte_count, deflated) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [Blob(document.raw.sha256), document.raw.byteCount, Blob(document.raw.deflated)])
        return document
    }
}

/// Rows of the table `remediation`.
enum RemediationRows {
    /// Keeps an answer with the document it names, which is kept already; returns it with its number.
    static func insert(_ remediation: Remediation, evidence: EvidenceRows.Document?, _ db: Database) throws -> Remediation {
        try db.execute(
            sql: "INSERT INTO remediation (alert, at, author, cause, plan, due, evidence_name, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                try AlertRows.number(remediation.key, db), remediation.at.milliseconds, remediation.enteredBy, remediation.cause, remediation.plan,
                remediation.due?.number, evidence?.name, evidence.map { Blob($0.raw.sha256) },
            ])
        return Remediation(
            id: db.lastInsertedRowID, key: remediation.key, at: remediation.at, receivedAt: remediation.receivedAt, enteredBy: remediation.enteredBy,
            cause: remediation.cause,
            plan: remediation.plan, due: remediation.due, evidence: evidence?.evidence)
    }
}
