import GRDB
import Model

/// How an attempt to hand over a letter ended.
public enum AttemptOutcome: Hashable, Sendable {
    /// The relay took it, with this answer.
    case sent(answer: String)
    /// It may work later.
    case retry(error: String, next: Instant)
    /// It never will, or not within the time allowed; an operator must look.
    case failed(error: String)

    var isSent: Bool { if case .sent = self { true } else { false } }

    var text: String {
        switch self {
        case .sent(let text), .retry(let text, _), .failed(let text): text
        }
    }
}

extension Store {
    /// Letters of one state or all, the newest first.
    public func outbox(state: OutboxItem.State? = nil, limit: Int = 100) throws(StoreError) -> [OutboxItem] {
        try read("reading the outbox") { db in
            var arguments: StatementArguments = ["limit": limit]
            if let state { arguments += ["state": state.rawValue] }
            let sql = "SELECT * FROM letter \(state == nil ? "" : "WHERE state = :state") ORDER BY id DESC LIMIT :limit"
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: arguments).map { try LetterRows.item($0, db) }
        }
    }

    /// One letter by its number; nil when there is none.
    public func outboxItem(_ id: Int64) throws(StoreError) -> OutboxItem? {
        try read("reading letter \(id)") { db in
            try GRDB.Row.fetchOne(db, sql: "SELECT * FROM letter WHERE id = ?", arguments: [id]).map { try LetterRows.item($0, db) }
        }
    }

    /// The queued letters whose next attempt is due, the longest overdue first.
    public func dueLetters(at instant: Instant, limit: Int = 100) throws(StoreError) -> [OutboxItem] {
        try read("looking for letters to send") { db in
            let sql = "SELECT * FROM letter WHERE state = 'queued' AND next_attempt <= ? AND way = 'mail' ORDER BY next_attempt, id LIMIT ?"
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: [instant.milliseconds, limit]).map { try LetterRows.item($0, db) }
        }
    }

    /// When the next queued letter is due; nil when none is queued.
    public func nextLetterDue() throws(StoreError) -> Instant? {
        try read("looking for the next letter") { db in
            Instant(optional: try Int64.fetchOne(db, sql: "SELECT min(next_attempt) FROM letter WHERE state = 'queued' AND way = 'mail'"))
        }
    }

    /// Writes down how an attempt ended that went alike for every address that waits.
    @discardableResult
    public func recordAttempt(_ id: Int64, at instant: Instant, outcome: AttemptOutcome) async throws(StoreError) -> Bool {
        try await recordAttempt(id, at: instant, by: "") { _ in outcome }
    }

    /// Writes down how an attempt ended for each address that waits. False, and nothing changes, when none does: who has it, has it for good.
    ///
    /// - Parameters:
    ///   - relay: who answered; empty when nobody did.
    ///   - findings: what an operator must know of it, stored in the same transaction.
    ///   - gone: addresses that the relay knows nobody at; letters pass them over from now on, as if this one had come back.
    ///   - outcome: what came of it for one address.
    @discardableResult
    public func recordAttempt(
        _ id: Int64, at instant: Instant, by relay: String, findings: [Finding] = [], gone: [Arrival.Bounce] = [],
        outcome: @escaping @Sendable (_ address: String) -> AttemptOutcome
    ) async throws(StoreError) -> Bool {
        try await write("recording an attempt to send letter \(id)") { db in
            try LetterRows.expect(id, db)
            let waiting = try RecipientRows.of(id, db).enumerated().filter { $0.element.state == .queued }
            guard !waiting.isEmpty else { return false }
            var next: Instant?
            var texts: [AttemptOutcome] = []
            for (position, recipient) in waiting {
                let outcome = outcome(recipient.address)
                try RecipientRows.record(outcome, letter: id, position: position, at: instant, relay: relay, db)
                if case .retry(_, let later) = outcome { next = min(next ?? later, later) }
                texts.append(outcome)
            }
            try LetterRows.settle(id, at: instant, next: next, saying: (texts.first { !$0.isSent } ?? texts[0]).text, db)
            for address in gone { try BouncedRows.mark(address, at: instant, db) }
            try FindingRows.merge(findings, at: instant, delivery: nil, db)
            return true
        }
    }

    /// Puts a letter back into the queue for every address that does not have it, or a queued one forward, to be tried at an instant. False when
    /// all have it.
    @discardableResult
    public func requeue(_ id: Int64, at instant: Instant) async throws(StoreError) -> Bool {
        try await write("queueing letter \(id) again") { db in
            try LetterRows.expect(id, db)
            try db.execute(
                sql: "UPDATE letter_recipient SET state = 'queued' WHERE letter = ? AND state IN ('queued', 'failed')", arguments: [id])
            guard db.changesCount > 0 else { return false }
            try db.execute(
                sql: "UPDATE letter SET state = 'queued', next_attempt = :at, requeued_at = :at WHERE id = :id",
                arguments: ["at": instant.milliseconds, "id": id])
            return true
        }
    }
}

/// Rows of the tables `letter` and `letter_transition`.
enum LetterRows {
    /// Queues a letter, due at once; returns its number. A Message-ID that was given before is refused by the table.
    static func insert(_ letter: Letter, at instant: Instant, _ db: Database) throws -> Int64 {
        try db.cachedStatement(
            sql: """
                INSERT INTO letter (message_id, agency, sender, recipients, subject, bytes, state, created_at, next_attempt)
                VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?)
                """
        ).execute(arguments: [
            letter.messageID, letter.agency?.text, letter.sender, try JSONText.encode(letter.recipients), letter.subject, Blob(letter.bytes),
            instant.milliseconds, instant.milliseconds,
        ])
        let id = db.lastInsertedRowID
        try RecipientRows.insert(letter.recipients, of: id, db)
        return id
    }

    /// Remembers that a letter tells of a transition.
    static func link(_ letter: Int64, to transition: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO letter_transition (transition, letter) VALUES (?, ?)").execute(arguments: [transition, letter])
    }

    /// Throws `missing` when there is no such letter.
    static func expect(_ id: Int64, _ db: Database) throws {
        guard try Int.fetchOne(db, sql: "SELECT 1 FROM letter WHERE id = ?", arguments: [id]) == nil else { return }
        throw Refusal(
            .missing, "there is no letter \(id)", vietnamese: "không có thư số \(id)",
            hint: LocalizedText(
                vietnamese: "`dondoc outbox list` liệt kê các thư hiện có", english: "`dondoc outbox list` shows the letters there are"))
    }

    /// Brings a letter into line with what has become of it for its addresses, after an attempt.
    static func settle(_ id: Int64, at instant: Instant, next: Instant?, saying text: String, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE letter SET attempts = attempts + 1, last_error = :text, next_attempt = coalesce(:next, next_attempt),
                  state = CASE WHEN EXISTS (SELECT 1 FROM letter_recipient WHERE letter = :id AND state = 'queued') THEN 'queued'
                    WHEN EXISTS (SELECT 1 FROM letter_recipient WHERE letter = :id AND state = 'sent') THEN 'sent' ELSE 'failed' END,
                  sent_at = (SELECT min(sent_at) FROM letter_recipient WHERE letter = :id)
                WHERE id = :id
                """, arguments: ["id": id, "text": text, "next": next?.milliseconds])
    }

    /// A row as an item.
    static func item(_ row: GRDB.Row, _ db: Database) throws -> OutboxItem {
        guard let state = OutboxItem.State(rawValue: row["state"]) else { throw Refusal(.corrupt, "a letter is in an unknown state") }
        let letter = Letter(
            messageID: row["message_id"], agency: (row["agency"] as String?).flatMap { AgencyCode($0) }, sender: row["sender"],
            recipients: try JSONText.decode([String].self, from: row["recipients"]), subject: row["subject"], bytes: Blob(row["bytes"]).bytes)
        return OutboxItem(
            id: row["id"], letter: letter, state: state, createdAt: Instant(milliseconds: row["created_at"]), attempts: row["attempts"],
            nextAttempt: Instant(milliseconds: row["next_attempt"]), sentAt: Instant(optional: row["sent_at"]), lastError: row["last_error"],
            recipients: try RecipientRows.of(row["id"], db), way: row["way"], requeuedAt: Instant(optional: row["requeued_at"]))
    }
}
