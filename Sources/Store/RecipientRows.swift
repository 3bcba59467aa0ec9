import GRDB
import Model

/// Rows of the table `letter_recipient`.
enum RecipientRows {
    /// An address that a letter names twice gets it once.
    static func insert(_ addresses: [String], of letter: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO letter_recipient (letter, position, address, state, attempts, last_answer, relay) VALUES (?, ?, ?, 'queued', 0, '', '')
                """)
        var known: Set<String> = []
        for address in addresses where known.insert(address).inserted {
            try statement.execute(arguments: [letter, known.count - 1, address])
        }
    }

    /// All of a letter, in its order.
    static func of(_ letter: Int64, _ db: Database) throws -> [LetterRecipient] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM letter_recipient WHERE letter = ? ORDER BY position")
        return try GRDB.Row.fetchAll(statement, arguments: [letter]).map { row in
            guard let state = OutboxItem.State(rawValue: row["state"]) else {
                throw Refusal(.corrupt, "a recipient of a letter is in an unknown state")
            }
            return LetterRecipient(
                address: row["address"], state: state, attempts: row["attempts"], sentAt: Instant(optional: row["sent_at"]),
                lastAnswer: row["last_answer"], relay: row["relay"])
        }
    }

    /// Writes down what came of an attempt for the address that stands at a place.
    static func record(
        _ outcome: AttemptOutcome, letter: Int64, position: Int, at instant: Instant, relay: String, _ db: Database
    ) throws {
        let state: OutboxItem.State =
            switch outcome {
            case .sent: .sent
            case .retry: .queued
            case .failed: .failed
            }
        try db.cachedStatement(
            sql: """
                UPDATE letter_recipient SET state = :state, attempts = attempts + 1, sent_at = :sent, last_answer = :text, relay = :relay
                WHERE letter = :letter AND position = :position
                """
        ).execute(arguments: [
            "state": state.rawValue, "sent": outcome.isSent ? instant.milliseconds : nil, "text": outcome.text, "relay": relay, "letter": letter,
            "position": position,
        ])
    }

    /// Gives letters of a dump from before this table what the migration gave theirs.
    static func fill(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO letter_recipient (letter, position, address, state, attempts, sent_at, last_answer, relay)
                SELECT l.id, r.key, r.value, l.state, l.attempts, l.sent_at, l.last_error, '' FROM letter l, json_each(l.recipients) r
                WHERE NOT EXISTS (SELECT 1 FROM letter_recipient WHERE letter = l.id)
                """)
    }
}
