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
}

extension Store {
    /// Letters of one state or all, the newest first.
    public func outbox(state: OutboxItem.State? = nil, limit: Int = 100) throws(StoreError) -> [OutboxItem] {
        try read("reading the outbox") { db in
            var arguments: StatementArguments = ["limit": limit]
            if let state { arguments += ["state": state.rawValue] }
            let sql = "SELECT * FROM letter \(state == nil ? "" : "WHERE state = :state") ORDER BY id DESC LIMIT :limit"
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: arguments).map(LetterRows.item)
        }
    }

    /// One letter by its number; nil when there is none.
    public func outboxItem(_ id: Int64) throws(StoreError) -> OutboxItem? {
        try read("reading letter \(id)") { db in
            try GRDB.Row.fetchOne(db, sql: "SELECT * FROM letter WHERE id = ?", arguments: [id]).map(LetterRows.item)
        }
    }

    /// The queued letters whose next attempt is due, the longest overdue first.
    public func dueLetters(at instant: Instant, limit: Int = 100) throws(StoreError) -> [OutboxItem] {
        try read("looking for letters to send") { db in
            let sql = "SELECT * FROM letter WHERE state = 'queued' AND next_attempt <= ? ORDER BY next_attempt, id LIMIT ?"
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: [instant.milliseconds, limit]).map(LetterRows.item)
        }
    }

    /// When the next queued letter is due; nil when none is queued.
    public func nextLetterDue() throws(StoreError) -> Instant? {
        try read("looking for the next letter") { db in
            Instant(optional: try Int64.fetchOne(db, sql: "SELECT min(next_attempt) FROM letter WHERE state = 'queued'"))
        }
    }

    /// Writes down how an attempt ended. False, and nothing changes, when the letter is no longer queued: a letter that was sent stays sent.
    @discardableResult
    public func recordAttempt(_ id: Int64, at instant: Instant, outcome: AttemptOutcome) async throws(StoreError) -> Bool {
        try await write("recording an attempt to send letter \(id)") { db in
            let set: String
            let arguments: StatementArguments
            switch outcome {
            case .sent(let answer):
                set = "state = 'sent', sent_at = :at, last_error = :text"
                arguments = ["at": instant.milliseconds, "text": answer]
            case .retry(let error, let next):
                set = "next_attempt = :next, last_error = :text"
                arguments = ["next": next.milliseconds, "text": error]
            case .failed(let error):
                set = "state = 'failed', last_error = :text"
                arguments = ["text": error]
            }
            return try LetterRows.change(id, set: set, whenIn: "'queued'", arguments, db, countsAttempt: true)
        }
    }

    /// Puts a failed letter back into the queue, or a queued one forward, to be tried at an instant. False when it has been sent.
    @discardableResult
    public func requeue(_ id: Int64, at instant: Instant) async throws(StoreError) -> Bool {
        try await write("queueing letter \(id) again") { db in
            try LetterRows.change(
                id, set: "state = 'queued', next_attempt = :next", whenIn: "'queued', 'failed'", ["next": instant.milliseconds], db)
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
        return db.lastInsertedRowID
    }

    /// Remembers that a letter tells of a transition.
    static func link(_ letter: Int64, to transition: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO letter_transition (transition, letter) VALUES (?, ?)").execute(arguments: [transition, letter])
    }

    /// Changes a letter if it is in one of some states; false when it is in another. Throws `missing` when there is no such letter.
    static func change(
        _ id: Int64, set: String, whenIn states: String, _ arguments: StatementArguments, _ db: Database, countsAttempt: Bool = false
    ) throws -> Bool {
        guard try Int.fetchOne(db, sql: "SELECT 1 FROM letter WHERE id = ?", arguments: [id]) != nil else {
            throw Refusal(.missing, "there is no letter \(id)", hint: "`dondoc outbox list` shows the letters there are")
        }
        let attempts = countsAttempt ? ", attempts = attempts + 1" : ""
        try db.execute(sql: "UPDATE letter SET \(set)\(attempts) WHERE id = :id AND state IN (\(states))", arguments: arguments + ["id": id])
        return db.changesCount == 1
    }

    /// A row as an item.
    static func item(_ row: GRDB.Row) throws -> OutboxItem {
        guard let state = OutboxItem.State(rawValue: row["state"]) else { throw Refusal(.corrupt, "a letter is in an unknown state") }
        let letter = Letter(
            messageID: row["message_id"], agency: (row["agency"] as String?).flatMap { AgencyCode($0) }, sender: row["sender"],
            recipients: try JSONText.decode([String].self, from: row["recipients"]), subject: row["subject"], bytes: Blob(row["bytes"]).bytes)
        return OutboxItem(
            id: row["id"], letter: letter, state: state, createdAt: Instant(milliseconds: row["created_at"]), attempts: row["attempts"],
            nextAttempt: Instant(milliseconds: row["next_attempt"]), sentAt: Instant(optional: row["sent_at"]), lastError: row["last_error"])
    }
}
