-- A database of schema v2 with a row in every table, packed blocks among them, as files in the field have it. Never edited: later migrations start from it.
PRAGMA application_id = 1685024356;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('v1');
INSERT INTO grdb_migrations VALUES('v2');
CREATE TABLE agency (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO agency VALUES(1,'H52.11');
INSERT INTO agency VALUES(2,'H52.12');
INSERT INTO agency VALUES(3,'H52.13');
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
INSERT INTO reporter VALUES(1,3);
INSERT INTO reporter VALUES(2,1);
CREATE TABLE cell (
  measure INTEGER NOT NULL, span INTEGER NOT NULL, start INTEGER NOT NULL, agency INTEGER NOT NULL,
  value INTEGER, delivery INTEGER NOT NULL,
  PRIMARY KEY (measure, span, start, agency)
) STRICT, WITHOUT ROWID;
INSERT INTO cell VALUES(1,1,20460,3,66,5);
INSERT INTO cell VALUES(1,31,20454,2,90,2);
CREATE TABLE cell_history (
  measure INTEGER NOT NULL, span INTEGER NOT NULL, start INTEGER NOT NULL, agency INTEGER NOT NULL,
  delivery INTEGER NOT NULL, value INTEGER, replaced_by INTEGER NOT NULL REFERENCES delivery,
  PRIMARY KEY (measure, span, start, agency, delivery)
) STRICT, WITHOUT ROWID;
INSERT INTO cell_history VALUES(1,1,20454,1,1,5,2);
INSERT INTO cell_history VALUES(1,1,20458,3,3,4,4);
INSERT INTO cell_history VALUES(1,1,20459,3,3,5,4);
INSERT INTO cell_history VALUES(1,1,20460,3,3,6,5);
INSERT INTO cell_history VALUES(1,31,20454,2,1,NULL,2);
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, received_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
  sha256 BLOB NOT NULL, byte_count INTEGER NOT NULL, media_type TEXT NOT NULL, asked_start INTEGER, asked_end INTEGER,
  stored INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, restated INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0
, digest INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO delivery VALUES(1,'one-stop',1767243600000,1767243600000,X'90456b1f8b37aa8608af37ee582931f090b1171320e287664763e751a36c40cd',16,'text/csv',20454,20455,3,0,0,0,1374919993988583826);
INSERT INTO delivery VALUES(2,'one-stop',1767416400000,1767416400000,X'ce2a650206cabac947e8f21103e9e053e453347e7fbc305687d0a09f7527aaad',17,'text/csv',20454,20455,0,0,2,1,441924805311595594);
INSERT INTO delivery VALUES(3,'one-stop',1770699600000,1770699600000,X'78e041dda2ac8652c9168a0e308489c8cf772b564e1d7136d2cafdeb4f1855d2',5,'text/csv',20454,20455,20,0,0,0,-3313506267932916227);
INSERT INTO delivery VALUES(4,'one-stop',1770786000000,1770786000000,X'3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',1,'text/csv',20454,20455,0,0,2,0,-3979035249451953512);
INSERT INTO delivery VALUES(5,'one-stop',1770872400000,1770872400000,X'2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1,'text/csv',20454,20455,0,0,1,0,6828912563821044002);
CREATE TABLE body (
  id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, byte_count INTEGER NOT NULL, last_received INTEGER NOT NULL, deflated BLOB NOT NULL
) STRICT;
INSERT INTO body VALUES(1,X'90456b1f8b37aa8608af37ee582931f090b1171320e287664763e751a36c40cd',16,1767243600000,X'789c4b4c4fcd4baeb42e4a4d4ecd2c4b4de10200358d0604');
INSERT INTO body VALUES(2,X'ce2a650206cabac947e8f21103e9e053e453347e7fbc305687d0a09f7527aaad',17,1767416400000,X'789c4b4c4fcd4baeb42e4a4d4ecd2c4b4de1e502003ba10611');
INSERT INTO body VALUES(3,X'78e041dda2ac8652c9168a0e308489c8cf772b564e1d7136d2cafdeb4f1855d2',5,1770699600000,X'789c4bfc307ff20a000955032c');
INSERT INTO body VALUES(4,X'3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',1,1770786000000,X'789c4b020000630063');
INSERT INTO body VALUES(5,X'2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1,1770872400000,X'789c4b060000640064');
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
CREATE TABLE delivery_reach (
  delivery INTEGER NOT NULL, measure INTEGER NOT NULL REFERENCES measure, span INTEGER NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (delivery, measure, span)
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_reach VALUES(1,1,1,20454,20454);
INSERT INTO delivery_reach VALUES(1,1,31,20454,20454);
INSERT INTO delivery_reach VALUES(1,2,1,20454,20454);
INSERT INTO delivery_reach VALUES(2,1,1,20454,20454);
INSERT INTO delivery_reach VALUES(2,1,31,20454,20454);
INSERT INTO delivery_reach VALUES(3,1,1,20454,20473);
INSERT INTO delivery_reach VALUES(4,1,1,20458,20459);
INSERT INTO delivery_reach VALUES(5,1,1,20460,20460);
CREATE TABLE remote_write (
  target TEXT PRIMARY KEY, cells INTEGER NOT NULL, partial_through INTEGER, partial_from INTEGER, readings INTEGER NOT NULL,
  readings_before INTEGER NOT NULL, generation INTEGER NOT NULL, sent INTEGER NOT NULL, refused INTEGER NOT NULL, last_success INTEGER, last_error TEXT NOT NULL,
  failures INTEGER NOT NULL, next_attempt INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO remote_write VALUES('vm',3,NULL,NULL,5,6,1,20,0,1790000000000,'',0,NULL);
CREATE TABLE block (
  measure INTEGER NOT NULL, span INTEGER NOT NULL, slot INTEGER NOT NULL, shelf INTEGER NOT NULL, first INTEGER NOT NULL,
  cells INTEGER NOT NULL, checksum INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (measure, span, slot, shelf)
) STRICT, WITHOUT ROWID;
INSERT INTO block VALUES(1,1,24312,0,20454,21,2723616058,X'0114000101010101010101010101010101010101010103020101000101010202010101010101010101010101010102010701010000000006022d095559555555000102032c060708090a0b0c0d0e0f101112130101010102020101010101010101010101010101');
INSERT INTO block VALUES(2,1,24312,0,20454,1,3035181468,X'0101000101000101020000');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('delivery',5);
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
