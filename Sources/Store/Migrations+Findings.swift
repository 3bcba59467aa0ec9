extension Migrations {
    /// What a finding said before it said something else, so that a question "as of" an instant gets the words of then.
    static let formerFindings = """
        CREATE TABLE finding_former (
          id INTEGER PRIMARY KEY, finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, until INTEGER NOT NULL, place TEXT, found TEXT,
          expected TEXT, last_seen INTEGER NOT NULL, count INTEGER NOT NULL, delivery INTEGER REFERENCES delivery
        ) STRICT;
        CREATE INDEX finding_former_of ON finding_former (finding, id);
        CREATE TRIGGER finding_reworded AFTER UPDATE ON finding
        WHEN OLD.place IS NOT NEW.place OR OLD.found IS NOT NEW.found OR OLD.expected IS NOT NEW.expected
        BEGIN
          INSERT INTO finding_former (finding, until, place, found, expected, last_seen, count, delivery)
          VALUES (OLD.id, NEW.last_seen, OLD.place, OLD.found, OLD.expected, OLD.last_seen, OLD.count, OLD.delivery);
        END;
        """
}
