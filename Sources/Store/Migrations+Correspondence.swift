extension Migrations {
    /// What comes back: mails with what was taken from them, addresses that letters could not be delivered to, and how far the mailbox was read.
    /// `body` is the hash of a mail below its head, which relays write into: with the Message-ID it tells a mail that was read before.
    static let correspondence = """
        CREATE TABLE mailbox (
          account TEXT PRIMARY KEY, validity INTEGER, last_uid INTEGER NOT NULL, last_success INTEGER, last_error TEXT NOT NULL,
          failures INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE incoming (
          id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, body BLOB NOT NULL, kind TEXT NOT NULL, sorted_by TEXT NOT NULL,
          received_at INTEGER NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL, words TEXT NOT NULL, cause TEXT NOT NULL, plan TEXT NOT NULL,
          agency TEXT, is_verified INTEGER NOT NULL, letter INTEGER, due INTEGER, remarks TEXT NOT NULL, UNIQUE (message_id, body)
        ) STRICT;
        CREATE INDEX incoming_received ON incoming (received_at);
        CREATE TABLE incoming_file (
          incoming INTEGER NOT NULL REFERENCES incoming ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL,
          evidence BLOB NOT NULL REFERENCES evidence, PRIMARY KEY (incoming, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE incoming_alert (
          incoming INTEGER NOT NULL REFERENCES incoming ON DELETE CASCADE, alert INTEGER NOT NULL REFERENCES alert, remediation INTEGER NOT NULL,
          PRIMARY KEY (incoming, alert)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX incoming_alert_of ON incoming_alert (alert);
        CREATE TABLE bounced (
          address TEXT PRIMARY KEY, since INTEGER NOT NULL, last_at INTEGER NOT NULL, status TEXT NOT NULL, diagnostic TEXT NOT NULL,
          count INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
