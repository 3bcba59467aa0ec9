extension Migrations {
    /// Events for other systems wait in the table of letters, told apart by `way`; `alert` is set for events alone and keeps those of one alert in
    /// order. How each way fares, and what an Alertmanager believes, so that it can be told when that is over.
    static let waysOut = """
        ALTER TABLE letter ADD COLUMN way TEXT NOT NULL DEFAULT 'mail';
        ALTER TABLE letter ADD COLUMN alert INTEGER;
        CREATE INDEX letter_event ON letter (alert, way, state, id) WHERE alert IS NOT NULL;
        CREATE INDEX letter_created ON letter (created_at);
        CREATE TABLE way_out (
          way TEXT PRIMARY KEY, failures INTEGER NOT NULL, next_attempt INTEGER, last_error TEXT NOT NULL, last_success INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE standing_alert (
          way TEXT NOT NULL, labels TEXT NOT NULL, annotations TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER,
          PRIMARY KEY (way, labels)
        ) STRICT, WITHOUT ROWID;
        """
}
