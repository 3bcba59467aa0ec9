extension Migrations {
    /// What became of each letter for each of its addresses. Letters of before had one fate for all: those in question have it still.
    static let recipients = """
        CREATE TABLE letter_recipient (
          letter INTEGER NOT NULL REFERENCES letter ON DELETE CASCADE, position INTEGER NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL,
          attempts INTEGER NOT NULL, sent_at INTEGER, last_answer TEXT NOT NULL, relay TEXT NOT NULL, PRIMARY KEY (letter, position)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO letter_recipient (letter, position, address, state, attempts, sent_at, last_answer, relay)
          SELECT l.id, r.key, r.value, l.state, l.attempts, l.sent_at, l.last_error, '' FROM letter l, json_each(l.recipients) r;
        """
}
