extension Migrations {
    /// What people do to alerts, and how far the urging of each has got. Alerts that a letter has told of count as told by it.
    static let urging = """
        ALTER TABLE transition ADD COLUMN actor TEXT;
        ALTER TABLE transition ADD COLUMN why TEXT;
        ALTER TABLE transition ADD COLUMN rule_version TEXT NOT NULL DEFAULT '';
        ALTER TABLE alert ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
        CREATE TABLE alert_note (
          id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert, at INTEGER NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL,
          text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX alert_note_alert ON alert_note (alert, id);
        CREATE TABLE silence (
          id INTEGER PRIMARY KEY AUTOINCREMENT, agency TEXT, subject TEXT, rule TEXT, begins INTEGER NOT NULL, ends INTEGER NOT NULL,
          author TEXT NOT NULL, why TEXT NOT NULL, created_at INTEGER NOT NULL, ended_by TEXT
        ) STRICT;
        CREATE INDEX silence_ends ON silence (ends);
        CREATE TABLE evidence (sha256 BLOB PRIMARY KEY, byte_count INTEGER NOT NULL, deflated BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE remediation (
          id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert, at INTEGER NOT NULL, author TEXT NOT NULL,
          cause TEXT NOT NULL, plan TEXT NOT NULL, due INTEGER, evidence_name TEXT, evidence BLOB REFERENCES evidence
        ) STRICT;
        CREATE INDEX remediation_alert ON remediation (alert, id);
        CREATE TABLE urged (
          alert INTEGER PRIMARY KEY REFERENCES alert, told_at INTEGER NOT NULL, severity TEXT NOT NULL, step INTEGER NOT NULL, step_at INTEGER NOT NULL
        ) STRICT;
        INSERT INTO urged (alert, told_at, severity, step, step_at)
          SELECT a.id, max(l.created_at), a.severity, 0, max(l.created_at) FROM alert a JOIN transition t ON t.alert = a.id
          JOIN letter_transition lt ON lt.transition = t.id JOIN letter l ON l.id = lt.letter
          WHERE a.state = 'firing' GROUP BY a.id;
        CREATE TABLE urging (
          id INTEGER PRIMARY KEY CHECK (id = 1), last_told INTEGER, held_since INTEGER, held_letters INTEGER NOT NULL, is_released INTEGER NOT NULL
        ) STRICT;
        """
}
