import GRDB

/// The schema's history. Append only: a migration that has been released is never edited, because files made by it exist.
enum Migrations {
    /// All steps, oldest first. Identifiers are "v" and a number, which the messages about newer and older files rely on.
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { db in
            for chapter in [cells, deliveries, judging, operating] { try db.execute(sql: chapter) }
        }
        migrator.registerMigration("v2") { db in
            try db.execute(sql: leaving)
            try db.execute(sql: blocks)
            try Digests.write(db)
        }
        migrator.registerMigration("v3") { db in
            try db.execute(sql: formerFindings)
            try db.execute(sql: urging)
            try db.execute(sql: retraction)
            try db.execute(sql: Seals.table)
            try Seals.renew(db)
        }
        migrator.registerMigration("v4") { db in
            for chapter in [recipients, reports] { try db.execute(sql: chapter) }
            try Seals.renew(db)
        }
        migrator.registerMigration("v5") { db in
            for chapter in [pushes, importing, waysOut, correspondence] { try db.execute(sql: chapter) }
            try Seals.renew(db)
        }
        migrator.registerMigration("v6") { db in
            // When an operator queued a letter again: its days begin anew then.
            try db.execute(sql: "ALTER TABLE letter ADD COLUMN requeued_at INTEGER")
            try Seals.renew(db)
        }
        return migrator
    }()

    /// The schema this program writes.
    static let newest = 6

    /// The highest schema number applied to a file, whoever wrote it.
    static func version(_ db: Database) throws -> Int {
        try migrator.appliedIdentifiers(db).compactMap { Int($0.dropFirst()) }.max() ?? 0
    }

    /// The facts. The key order is decided in docs/decisions/0002-store-layout.md; no foreign keys here, because the numbers come from
    /// look-ups in the same transaction and checking three parents a row would cost a quarter of the ingest rate.
    private static let cells = """
        CREATE TABLE agency (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE measure (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE grain (measure INTEGER NOT NULL REFERENCES measure, span INTEGER NOT NULL, PRIMARY KEY (measure, span)) STRICT, WITHOUT ROWID;
        CREATE TABLE reporter (
          measure INTEGER NOT NULL REFERENCES measure, agency INTEGER NOT NULL REFERENCES agency, PRIMARY KEY (measure, agency)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cell (
          measure INTEGER NOT NULL, span INTEGER NOT NULL, start INTEGER NOT NULL, agency INTEGER NOT NULL,
          value INTEGER, delivery INTEGER NOT NULL,
          PRIMARY KEY (measure, span, start, agency)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cell_history (
          measure INTEGER NOT NULL, span INTEGER NOT NULL, start INTEGER NOT NULL, agency INTEGER NOT NULL,
          delivery INTEGER NOT NULL, value INTEGER, replaced_by INTEGER NOT NULL REFERENCES delivery,
          PRIMARY KEY (measure, span, start, agency, delivery)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX cell_history_replaced ON cell_history (replaced_by);
        """

    /// Closed periods, packed: docs/decisions/0005-packed-blocks.md. `first` is the first day among the cells, `cells` their number. The digest
    /// of a delivery is the sum over what it brought; `checkCells` adds it up again.
    private static let blocks = """
        CREATE TABLE block (
          measure INTEGER NOT NULL, span INTEGER NOT NULL, slot INTEGER NOT NULL, shelf INTEGER NOT NULL, first INTEGER NOT NULL,
          cells INTEGER NOT NULL, checksum INTEGER NOT NULL, bytes BLOB NOT NULL,
          PRIMARY KEY (measure, span, slot, shelf)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE delivery ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
        """

    /// Where the facts come from. Equal bodies are kept once: a nightly look-back fetches the same bytes again and again.
    private static let deliveries = """
        CREATE TABLE delivery (
          id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, received_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
          sha256 BLOB NOT NULL, byte_count INTEGER NOT NULL, media_type TEXT NOT NULL, asked_start INTEGER, asked_end INTEGER,
          stored INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, restated INTEGER NOT NULL DEFAULT 0,
          refused INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX delivery_source ON delivery (source, id);
        CREATE INDEX delivery_recorded ON delivery (recorded_at, id);
        CREATE TABLE body (
          id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, byte_count INTEGER NOT NULL, last_received INTEGER NOT NULL, deflated BLOB NOT NULL
        ) STRICT;
        CREATE INDEX body_received ON body (last_received);
        """

    /// Alerts with every change they went through, and the letters that told of them.
    private static let judging = """
        CREATE TABLE alert (
          id INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, agency TEXT NOT NULL,
          state TEXT NOT NULL, severity TEXT NOT NULL, since INTEGER NOT NULL, period TEXT, scheme TEXT, reason TEXT NOT NULL,
          UNIQUE (rule, subject, agency)
        ) STRICT;
        CREATE TABLE transition (
          id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert, from_state TEXT, to_state TEXT NOT NULL,
          severity TEXT NOT NULL, at INTEGER NOT NULL, period TEXT, scheme TEXT, reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX transition_alert ON transition (alert, id);
        CREATE INDEX transition_at ON transition (at, id);
        CREATE TABLE letter (
          id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, agency TEXT, sender TEXT NOT NULL, recipients TEXT NOT NULL,
          subject TEXT NOT NULL, bytes BLOB NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
          next_attempt INTEGER NOT NULL, sent_at INTEGER, last_error TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX letter_due ON letter (state, next_attempt);
        CREATE TABLE letter_transition (
          transition INTEGER NOT NULL REFERENCES transition, letter INTEGER NOT NULL REFERENCES letter, PRIMARY KEY (transition, letter)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE judged (rule TEXT PRIMARY KEY, period TEXT NOT NULL, scheme TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """

    /// What keeps the daemon going and what an operator should know.
    private static let operating = """
        CREATE TABLE source_state (
          source TEXT PRIMARY KEY, cursor INTEGER, last_attempt INTEGER, last_success INTEGER, last_error TEXT NOT NULL, failures INTEGER NOT NULL,
          next_run INTEGER, registered_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE validator (
          source TEXT NOT NULL, request BLOB NOT NULL, entity_tag TEXT, last_modified TEXT, PRIMARY KEY (source, request)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE finding (
          id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, source TEXT, agency TEXT, measure TEXT, start INTEGER, span INTEGER,
          place TEXT, found TEXT, expected TEXT, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, count INTEGER NOT NULL,
          delivery INTEGER REFERENCES delivery
        ) STRICT;
        CREATE UNIQUE INDEX finding_key ON finding (
          kind, coalesce(source, ''), coalesce(agency, ''), coalesce(measure, ''), coalesce(start, 0), coalesce(span, 0)
        );
        CREATE INDEX finding_seen ON finding (last_seen, id);
        """

    /// What other stores get a copy of: which days each delivery changed, and how far each target has got. The reach of older deliveries is read
    /// from the cells that they brought, once.
    private static let leaving = """
        CREATE TABLE delivery_reach (
          delivery INTEGER NOT NULL, measure INTEGER NOT NULL REFERENCES measure, span INTEGER NOT NULL,
          first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (delivery, measure, span)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO delivery_reach (delivery, measure, span, first, last)
          SELECT delivery, measure, span, min(start), max(start) FROM (
            SELECT delivery, measure, span, start FROM cell UNION ALL SELECT delivery, measure, span, start FROM cell_history
          ) GROUP BY delivery, measure, span;
        CREATE TABLE remote_write (
          target TEXT PRIMARY KEY, cells INTEGER NOT NULL, partial_through INTEGER, partial_from INTEGER, readings INTEGER NOT NULL,
          readings_before INTEGER NOT NULL, generation INTEGER NOT NULL, sent INTEGER NOT NULL, refused INTEGER NOT NULL, last_success INTEGER, last_error TEXT NOT NULL,
          failures INTEGER NOT NULL, next_attempt INTEGER
        ) STRICT, WITHOUT ROWID;
        """
}
