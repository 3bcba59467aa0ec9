extension Migrations {
    /// Who may push, by the digest of a token, and what repeats of a push are answered with. The prefix of a token serves for finding its row and
    /// for telling tokens apart; it is no secret.
    static let pushes = """
        CREATE TABLE push_token (
          id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, prefix TEXT NOT NULL, sha256 BLOB NOT NULL UNIQUE, agencies TEXT NOT NULL,
          includes_below INTEGER NOT NULL, measures TEXT, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at INTEGER,
          revoked_at INTEGER, revoked_by TEXT, revoked_why TEXT, last_used INTEGER
        ) STRICT;
        CREATE INDEX push_token_name ON push_token (name, id);
        CREATE TABLE push_key (
          sender TEXT NOT NULL, key TEXT NOT NULL, sha256 BLOB NOT NULL, delivery INTEGER NOT NULL REFERENCES delivery, refused TEXT NOT NULL,
          at INTEGER NOT NULL, PRIMARY KEY (sender, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX push_key_at ON push_key (at);
        """
}
