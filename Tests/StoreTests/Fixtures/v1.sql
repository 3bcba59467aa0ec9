-- A database of schema v1 with a row in every table, as files in the field have it. Never edited: later migrations start from it.
PRAGMA application_id = 1685024356;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('v1');
CREATE TABLE agency (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO agency VALUES(1,'H52.11');
INSERT INTO agency VALUES(2,'H52.12');
CREATE TABLE measure (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO measure VALUES(1,'received');
INSERT INTO measure VALUES(2,'late');
CREATE TABLE grain (measure INTEGER NOT NULL REFERENCES measure, span INTEGER NOT NULL, PRIMARY KEY (measure, span)) STRICT, WITHOUT ROWID;
INSERT INTO grain VALUES(1,1);
INSERT INTO grain VALUES(1,31);
INSERT INTO grain VALUES(2,1);
CREATE TABLE reporter (
  measure INTEGER NOT NULL REFERENCES measure, agency INTEGER NOT NULL REFERENCES agency, PRIMARY KEY (measure, agency)
) STRICT, WITHOUT ROWID;
INSERT INTO reporter VALUES(1,1);
INSERT INTO reporter VALUES(1,2);
INSERT INTO reporter VALUES(2,1);
CREATE TABLE cell (
  measure INTEGER NOT NULL, span INTEGER NOT NULL, start INTEGER NOT NULL, agency INTEGER NOT NULL,
  value INTEGER, delivery INTEGER NOT NULL,
  PRIMARY KEY (measure, span, start, agency)
) STRICT, WITHOUT ROWID;
INSERT INTO cell VALUES(1,1,20454,1,6,2);
INSERT INTO cell VALUES(1,31,20454,2,90,2);
INSERT INTO cell VALUES(2,1,20454,1,0,1);
CREATE TABLE cell_history (
  measure INTEGER NOT NULL, span INTEGER NOT NULL, start INTEGER NOT NULL, agency INTEGER NOT NULL,
  delivery INTEGER NOT NULL, value INTEGER, replaced_by INTEGER NOT NULL REFERENCES delivery,
  PRIMARY KEY (measure, span, start, agency, delivery)
) STRICT, WITHOUT ROWID;
INSERT INTO cell_history VALUES(1,1,20454,1,1,5,2);
INSERT INTO cell_history VALUES(1,31,20454,2,1,NULL,2);
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, received_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
  sha256 BLOB NOT NULL, byte_count INTEGER NOT NULL, media_type TEXT NOT NULL, asked_start INTEGER, asked_end INTEGER,
  stored INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, restated INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO delivery VALUES(1,'one-stop',1767243600000,1767243600000,X'90456b1f8b37aa8608af37ee582931f090b1171320e287664763e751a36c40cd',16,'text/csv',20454,20455,3,0,0,0);
INSERT INTO delivery VALUES(2,'one-stop',1767416400000,1767416400000,X'ce2a650206cabac947e8f21103e9e053e453347e7fbc305687d0a09f7527aaad',17,'text/csv',20454,20455,0,0,2,1);
CREATE TABLE body (
  id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, byte_count INTEGER NOT NULL, last_received INTEGER NOT NULL, deflated BLOB NOT NULL
) STRICT;
INSERT INTO body VALUES(1,X'90456b1f8b37aa8608af37ee582931f090b1171320e287664763e751a36c40cd',16,1767243600000,X'789c4b4c4fcd4baeb42e4a4d4ecd2c4b4de10200358d0604');
INSERT INTO body VALUES(2,X'ce2a650206cabac947e8f21103e9e053e453347e7fbc305687d0a09f7527aaad',17,1767416400000,X'789c4b4c4fcd4baeb42e4a4d4ecd2c4b4de1e502003ba10611');
CREATE TABLE alert (
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, agency TEXT NOT NULL,
  state TEXT NOT NULL, severity TEXT NOT NULL, since INTEGER NOT NULL, period TEXT, scheme TEXT, reason TEXT NOT NULL,
  UNIQUE (rule, subject, agency)
) STRICT;
INSERT INTO alert VALUES(1,'on-time','dossier.late','H52.17','firing','critical',1767416400000,'2026-08','admin15','{"stale":{"_0":{"countsWorkingDays":false,"legalBasis":"Công văn 11, mục 3","limit":30,"today":"2026-01-03"}}}');
CREATE TABLE transition (
  id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert, from_state TEXT, to_state TEXT NOT NULL,
  severity TEXT NOT NULL, at INTEGER NOT NULL, period TEXT, scheme TEXT, reason TEXT NOT NULL
) STRICT;
INSERT INTO transition VALUES(1,1,NULL,'pending','critical',1767330000000,'2026-08','admin15','{"stale":{"_0":{"countsWorkingDays":false,"legalBasis":"Công văn 11, mục 3","limit":30,"today":"2026-01-02"}}}');
INSERT INTO transition VALUES(2,1,'pending','firing','critical',1767416400000,'2026-08','admin15','{"stale":{"_0":{"countsWorkingDays":false,"legalBasis":"Công văn 11, mục 3","limit":30,"today":"2026-01-03"}}}');
CREATE TABLE letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, agency TEXT, sender TEXT NOT NULL, recipients TEXT NOT NULL,
  subject TEXT NOT NULL, bytes BLOB NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL, sent_at INTEGER, last_error TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO letter VALUES(1,'<1@dondoc.test>','H52.17','dondoc@sonla.test','["a@sonla.test","b@sonla.test"]','Đôn đốc giải quyết hồ sơ',X'5375626a6563743a20c490c3b46e20c491e1bb91630d0a0d0a4bc3ad6e682067e1bbad6920e280a60d0a','queued',1767416400000,1,1767502800000,NULL,'451 try later');
CREATE TABLE letter_transition (
  transition INTEGER NOT NULL REFERENCES transition, letter INTEGER NOT NULL REFERENCES letter, PRIMARY KEY (transition, letter)
) STRICT, WITHOUT ROWID;
INSERT INTO letter_transition VALUES(2,1);
CREATE TABLE judged (rule TEXT PRIMARY KEY, period TEXT NOT NULL, scheme TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO judged VALUES('on-time','2026-08','admin15');
CREATE TABLE source_state (
  source TEXT PRIMARY KEY, cursor INTEGER, last_attempt INTEGER, last_success INTEGER, last_error TEXT NOT NULL, failures INTEGER NOT NULL,
  next_run INTEGER, registered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO source_state VALUES('one-stop',20457,1767416400000,1767416400000,'',0,NULL,1767243600000);
CREATE TABLE validator (
  source TEXT NOT NULL, request BLOB NOT NULL, entity_tag TEXT, last_modified TEXT, PRIMARY KEY (source, request)
) STRICT, WITHOUT ROWID;
INSERT INTO validator VALUES('one-stop',X'e3ca5c5f7ea63523e99c8732922349b0086955e9054192a2af907bf6a3313078','"a"',NULL);
CREATE TABLE finding (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, source TEXT, agency TEXT, measure TEXT, start INTEGER, span INTEGER,
  place TEXT, found TEXT, expected TEXT, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, count INTEGER NOT NULL,
  delivery INTEGER REFERENCES delivery
) STRICT;
INSERT INTO finding VALUES(1,'unknown-agency','one-stop','H99',NULL,20454,1,'line 3','H99','a code',1767416400000,1767416400000,1,2);
INSERT INTO finding VALUES(2,'no-contact',NULL,'H52.08',NULL,NULL,NULL,NULL,NULL,NULL,1767416400000,1767416400000,1,NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('delivery',2);
INSERT INTO sqlite_sequence VALUES('finding',2);
INSERT INTO sqlite_sequence VALUES('transition',2);
INSERT INTO sqlite_sequence VALUES('letter',1);
CREATE INDEX cell_history_replaced ON cell_history (replaced_by);
CREATE INDEX delivery_source ON delivery (source, id);
CREATE INDEX delivery_recorded ON delivery (recorded_at, id);
CREATE INDEX body_received ON body (last_received);
CREATE INDEX transition_alert ON transition (alert, id);
CREATE INDEX transition_at ON transition (at, id);
CREATE INDEX letter_due ON letter (state, next_attempt);
CREATE UNIQUE INDEX finding_key ON finding (
  kind, coalesce(source, ''), coalesce(agency, ''), coalesce(measure, ''), coalesce(start, 0), coalesce(span, 0)
);
CREATE INDEX finding_seen ON finding (last_seen, id);
COMMIT;
