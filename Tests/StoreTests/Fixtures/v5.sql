-- A database of schema v5 with a row in every table, as files in the field have it. Never edited: later migrations start from it.
PRAGMA application_id = 1685024356;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('v1');
INSERT INTO grdb_migrations VALUES('v2');
INSERT INTO grdb_migrations VALUES('v3');
INSERT INTO grdb_migrations VALUES('v4');
INSERT INTO grdb_migrations VALUES('v5');
CREATE TABLE agency (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO agency VALUES(1,'H52.11');
INSERT INTO agency VALUES(2,'H52.12');
INSERT INTO agency VALUES(3,'H52.13');
INSERT INTO agency VALUES(4,'H52.15');
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
INSERT INTO reporter VALUES(1,4);
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
INSERT INTO cell_history VALUES(1,1,20466,4,6,6,7);
INSERT INTO cell_history VALUES(1,31,20454,2,1,NULL,2);
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, received_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
  sha256 BLOB NOT NULL, byte_count INTEGER NOT NULL, media_type TEXT NOT NULL, asked_start INTEGER, asked_end INTEGER,
  stored INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, restated INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0
, digest INTEGER NOT NULL DEFAULT 0, retracted_by INTEGER, imported_by TEXT, file_name TEXT) STRICT;
INSERT INTO delivery VALUES(1,'one-stop',1767243600000,1767243600000,X'90456b1f8b37aa8608af37ee582931f090b1171320e287664763e751a36c40cd',16,'text/csv',20454,20455,3,0,0,0,1374919993988583826,NULL,NULL,NULL);
INSERT INTO delivery VALUES(2,'one-stop',1767416400000,1767416400000,X'ce2a650206cabac947e8f21103e9e053e453347e7fbc305687d0a09f7527aaad',17,'text/csv',20454,20455,0,0,2,1,441924805311595594,NULL,'lan','a.csv');
INSERT INTO delivery VALUES(3,'one-stop',1770699600000,1770699600000,X'78e041dda2ac8652c9168a0e308489c8cf772b564e1d7136d2cafdeb4f1855d2',5,'text/csv',20454,20455,20,0,0,0,-3313506267932916227,NULL,NULL,NULL);
INSERT INTO delivery VALUES(4,'one-stop',1770786000000,1770786000000,X'3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',1,'text/csv',20454,20455,0,0,2,0,-3979035249451953512,NULL,NULL,NULL);
INSERT INTO delivery VALUES(5,'one-stop',1770872400000,1770872400000,X'2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1,'text/csv',20454,20455,0,0,1,0,6828912563821044002,NULL,NULL,NULL);
INSERT INTO delivery VALUES(6,'one-stop',1768107600000,1770872400000,X'effaa68d28df27c5581213f68e226b03fc406eb04e42013126194a1c06d379ea',5,'text/csv',20454,20455,1,0,0,0,-5120303316043549103,7,NULL,NULL);
INSERT INTO delivery VALUES(7,'retraction',1768194000000,1770872400000,X'ce78344e4e111c2a953af74a26933e2fca6c51b6d1dbe4de938f287067ea38a4',46,'text/plain',NULL,NULL,0,0,0,0,0,NULL,NULL,NULL);
CREATE TABLE body (
  id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, byte_count INTEGER NOT NULL, last_received INTEGER NOT NULL, deflated BLOB NOT NULL
) STRICT;
INSERT INTO body VALUES(1,X'90456b1f8b37aa8608af37ee582931f090b1171320e287664763e751a36c40cd',16,1767243600000,X'789c4b4c4fcd4baeb42e4a4d4ecd2c4b4de10200358d0604');
INSERT INTO body VALUES(2,X'ce2a650206cabac947e8f21103e9e053e453347e7fbc305687d0a09f7527aaad',17,1767416400000,X'789c4b4c4fcd4baeb42e4a4d4ecd2c4b4de1e502003ba10611');
INSERT INTO body VALUES(3,X'78e041dda2ac8652c9168a0e308489c8cf772b564e1d7136d2cafdeb4f1855d2',5,1770699600000,X'789c4bfc307ff20a000955032c');
INSERT INTO body VALUES(4,X'3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',1,1770786000000,X'789c4b020000630063');
INSERT INTO body VALUES(5,X'2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6',1,1770872400000,X'789c4b060000640064');
INSERT INTO body VALUES(6,X'effaa68d28df27c5581213f68e226b03fc406eb04e42013126194a1c06d379ea',5,1768107600000,X'789c2bceac28c9000006a00231');
INSERT INTO body VALUES(7,X'ce78344e4e111c2a953af74a26933e2fca6c51b6d1dbe4de938f287067ea38a4',46,1768194000000,X'789c733153284f2c562849cc4ecd53484a4cce5648aa5428292a4db6523832f1f06285f487bb7b3381cccc87bbdbf3b80094f1134a');
CREATE TABLE alert (
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, agency TEXT NOT NULL,
  state TEXT NOT NULL, severity TEXT NOT NULL, since INTEGER NOT NULL, period TEXT, scheme TEXT, reason TEXT NOT NULL, assignee TEXT NOT NULL DEFAULT '',
  UNIQUE (rule, subject, agency)
) STRICT;
INSERT INTO alert VALUES(1,'on-time','dossier.late','H52.17','firing','critical',1767416400000,'2026-08','admin15','{"stale":{"_0":{"countsWorkingDays":false,"legalBasis":"Công văn 11, mục 3","limit":30,"today":"2026-01-03"}}}','');
CREATE TABLE transition (
  id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert, from_state TEXT, to_state TEXT NOT NULL,
  severity TEXT NOT NULL, at INTEGER NOT NULL, period TEXT, scheme TEXT, reason TEXT NOT NULL
, actor TEXT, why TEXT, rule_version TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO transition VALUES(1,1,NULL,'pending','critical',1767330000000,'2026-08','admin15','{"stale":{"_0":{"countsWorkingDays":false,"legalBasis":"Công văn 11, mục 3","limit":30,"today":"2026-01-02"}}}',NULL,NULL,'');
INSERT INTO transition VALUES(2,1,'pending','firing','critical',1767416400000,'2026-08','admin15','{"stale":{"_0":{"countsWorkingDays":false,"legalBasis":"Công văn 11, mục 3","limit":30,"today":"2026-01-03"}}}',NULL,NULL,'');
CREATE TABLE letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, agency TEXT, sender TEXT NOT NULL, recipients TEXT NOT NULL,
  subject TEXT NOT NULL, bytes BLOB NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt INTEGER NOT NULL, sent_at INTEGER, last_error TEXT NOT NULL DEFAULT ''
, way TEXT NOT NULL DEFAULT 'mail', alert INTEGER) STRICT;
INSERT INTO letter VALUES(1,'<1@dondoc.test>','H52.17','dondoc@sonla.test','["a@sonla.test","b@sonla.test"]','Đôn đốc giải quyết hồ sơ',X'5375626a6563743a20c490c3b46e20c491e1bb91630d0a0d0a4bc3ad6e682067e1bbad6920e280a60d0a','queued',1767416400000,1,1767502800000,NULL,'451 try later','mail',NULL);
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
INSERT INTO finding VALUES(1,'unknown-agency','one-stop','H99',NULL,20454,1,'line 4','H99','a code',1767416400000,1768280400000,2,2);
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
INSERT INTO delivery_reach VALUES(6,1,1,20466,20466);
INSERT INTO delivery_reach VALUES(7,1,1,20466,20466);
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
CREATE TABLE finding_former (
  id INTEGER PRIMARY KEY, finding INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE, until INTEGER NOT NULL, place TEXT, found TEXT,
  expected TEXT, last_seen INTEGER NOT NULL, count INTEGER NOT NULL, delivery INTEGER REFERENCES delivery
) STRICT;
INSERT INTO finding_former VALUES(1,1,1768280400000,'line 3','H99','a code',1767416400000,1,2);
CREATE TABLE alert_note (
  id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert, at INTEGER NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
INSERT INTO alert_note VALUES(1,1,1768280400000,'truc','comment','đã hẹn thứ Hai');
CREATE TABLE silence (
  id INTEGER PRIMARY KEY AUTOINCREMENT, agency TEXT, subject TEXT, rule TEXT, begins INTEGER NOT NULL, ends INTEGER NOT NULL,
  author TEXT NOT NULL, why TEXT NOT NULL, created_at INTEGER NOT NULL, ended_by TEXT
) STRICT;
INSERT INTO silence VALUES(1,'H52.17',NULL,NULL,1768280400000,1773291600000,'truc','đã gọi điện',1768280400000,NULL);
CREATE TABLE evidence (sha256 BLOB PRIMARY KEY, byte_count INTEGER NOT NULL, deflated BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO evidence VALUES(X'315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027',4,X'789c530d7071030002560100');
CREATE TABLE remediation (
  id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL REFERENCES alert, at INTEGER NOT NULL, author TEXT NOT NULL,
  cause TEXT NOT NULL, plan TEXT NOT NULL, due INTEGER, evidence_name TEXT, evidence BLOB REFERENCES evidence
) STRICT;
INSERT INTO remediation VALUES(1,1,1768366800000,'truc','thiếu người','bổ sung',20534,'kế hoạch.pdf',X'315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027');
CREATE TABLE urged (
  alert INTEGER PRIMARY KEY REFERENCES alert, told_at INTEGER NOT NULL, severity TEXT NOT NULL, step INTEGER NOT NULL, step_at INTEGER NOT NULL
) STRICT;
INSERT INTO urged VALUES(1,1767416400000,'critical',0,1767416400000);
CREATE TABLE urging (
  id INTEGER PRIMARY KEY CHECK (id = 1), last_told INTEGER, held_since INTEGER, held_letters INTEGER NOT NULL, is_released INTEGER NOT NULL
) STRICT;
INSERT INTO urging VALUES(1,1768366800000,NULL,0,0);
CREATE TABLE seal (name TEXT PRIMARY KEY, digest INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO seal VALUES('agency',4800029448192435459);
INSERT INTO seal VALUES('alert',-577451647297275227);
INSERT INTO seal VALUES('alert_note',7312752676334216493);
INSERT INTO seal VALUES('block',5462918679149881143);
INSERT INTO seal VALUES('body',-6629456518606215301);
INSERT INTO seal VALUES('bounced',4010849782378190572);
INSERT INTO seal VALUES('delivery',9071284042746306157);
INSERT INTO seal VALUES('delivery_reach',1701995844966569614);
INSERT INTO seal VALUES('evidence',8572656420614279720);
INSERT INTO seal VALUES('finding',3954316344789662550);
INSERT INTO seal VALUES('finding_former',-3304618828816584028);
INSERT INTO seal VALUES('grain',-4096585999886153957);
INSERT INTO seal VALUES('incoming',-6376996800796986706);
INSERT INTO seal VALUES('incoming_alert',8995922972551227278);
INSERT INTO seal VALUES('incoming_file',-4429943813079847802);
INSERT INTO seal VALUES('judged',5231762342143838090);
INSERT INTO seal VALUES('letter',-4185271914619854609);
INSERT INTO seal VALUES('letter_recipient',-3212495860377211418);
INSERT INTO seal VALUES('letter_transition',7822107688032465790);
INSERT INTO seal VALUES('mailbox',7138345441942551937);
INSERT INTO seal VALUES('measure',3835302916914877341);
INSERT INTO seal VALUES('push_key',4140260073488985907);
INSERT INTO seal VALUES('push_token',697166942160464019);
INSERT INTO seal VALUES('remediation',-5468124365248295581);
INSERT INTO seal VALUES('remote_write',-3287713964042064594);
INSERT INTO seal VALUES('reporter',-8145190219149432370);
INSERT INTO seal VALUES('silence',-7100517127576296633);
INSERT INTO seal VALUES('source_state',-2835057086324969039);
INSERT INTO seal VALUES('standing_alert',-5230784427135449903);
INSERT INTO seal VALUES('transition',-1920635232535036534);
INSERT INTO seal VALUES('urged',1395054791558156210);
INSERT INTO seal VALUES('urging',-4355085250009065001);
INSERT INTO seal VALUES('validator',-7892779111418674633);
INSERT INTO seal VALUES('way_out',-4857137112227492557);
INSERT INTO seal VALUES('written_report',771547473625964284);
CREATE TABLE letter_recipient (
  letter INTEGER NOT NULL REFERENCES letter ON DELETE CASCADE, position INTEGER NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL, sent_at INTEGER, last_answer TEXT NOT NULL, relay TEXT NOT NULL, PRIMARY KEY (letter, position)
) STRICT, WITHOUT ROWID;
INSERT INTO letter_recipient VALUES(1,0,'a@sonla.test','queued',1,NULL,'451 try later','');
INSERT INTO letter_recipient VALUES(1,1,'b@sonla.test','queued',1,NULL,'450 try later','relay.sonla.test');
CREATE TABLE written_report (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO written_report VALUES('digest',1768366800000);
CREATE TABLE push_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, prefix TEXT NOT NULL, sha256 BLOB NOT NULL UNIQUE, agencies TEXT NOT NULL,
  includes_below INTEGER NOT NULL, measures TEXT, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at INTEGER,
  revoked_at INTEGER, revoked_by TEXT, revoked_why TEXT, last_used INTEGER
) STRICT;
INSERT INTO push_token VALUES(1,'so-mau','dd_abcd',X'0102','["H52.11"]',1,'["received"]',1788000000000,'lan',1819536000000,NULL,NULL,NULL,1788000100000);
CREATE TABLE push_key (
  sender TEXT NOT NULL, key TEXT NOT NULL, sha256 BLOB NOT NULL, delivery INTEGER NOT NULL REFERENCES delivery, refused TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (sender, key)
) STRICT, WITHOUT ROWID;
INSERT INTO push_key VALUES('push:so-mau','k1',X'0304',1,'[]',1788000000000);
CREATE TABLE way_out (
  way TEXT PRIMARY KEY, failures INTEGER NOT NULL, next_attempt INTEGER, last_error TEXT NOT NULL, last_success INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO way_out VALUES('hook',2,1788000300000,'503',1788000000000);
CREATE TABLE standing_alert (
  way TEXT NOT NULL, labels TEXT NOT NULL, annotations TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER,
  PRIMARY KEY (way, labels)
) STRICT, WITHOUT ROWID;
INSERT INTO standing_alert VALUES('am','{"alertname":"on-time"}','{}',1788000000000,NULL);
CREATE TABLE mailbox (
  account TEXT PRIMARY KEY, validity INTEGER, last_uid INTEGER NOT NULL, last_success INTEGER, last_error TEXT NOT NULL,
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO mailbox VALUES('imaps://mail.example/INBOX',7,12,1788000000000,'',0);
CREATE TABLE incoming (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, body BLOB NOT NULL, kind TEXT NOT NULL, sorted_by TEXT NOT NULL,
  received_at INTEGER NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL, words TEXT NOT NULL, cause TEXT NOT NULL, plan TEXT NOT NULL,
  agency TEXT, is_verified INTEGER NOT NULL, letter INTEGER, due INTEGER, remarks TEXT NOT NULL, UNIQUE (message_id, body)
) STRICT;
INSERT INTO incoming VALUES(1,'<a@xa.example>',X'05','reply','in-reply-to',1788000000000,'vanthu@xa.example','Re: x','đã rõ','','bổ sung','H52.11',1,NULL,20700,'[]');
CREATE TABLE incoming_file (
  incoming INTEGER NOT NULL REFERENCES incoming ON DELETE CASCADE, position INTEGER NOT NULL, name TEXT NOT NULL,
  evidence BLOB NOT NULL REFERENCES evidence, PRIMARY KEY (incoming, position)
) STRICT, WITHOUT ROWID;
INSERT INTO incoming_file VALUES(1,0,'kế hoạch.pdf',X'315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027');
CREATE TABLE incoming_alert (
  incoming INTEGER NOT NULL REFERENCES incoming ON DELETE CASCADE, alert INTEGER NOT NULL REFERENCES alert, remediation INTEGER NOT NULL,
  PRIMARY KEY (incoming, alert)
) STRICT, WITHOUT ROWID;
INSERT INTO incoming_alert VALUES(1,1,1);
CREATE TABLE bounced (
  address TEXT PRIMARY KEY, since INTEGER NOT NULL, last_at INTEGER NOT NULL, status TEXT NOT NULL, diagnostic TEXT NOT NULL,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO bounced VALUES('cu@xa.example',1788000000000,1788000000000,'5.1.1','no such user',1);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('delivery',7);
INSERT INTO sqlite_sequence VALUES('finding',3);
INSERT INTO sqlite_sequence VALUES('transition',2);
INSERT INTO sqlite_sequence VALUES('letter',1);
INSERT INTO sqlite_sequence VALUES('alert_note',1);
INSERT INTO sqlite_sequence VALUES('silence',1);
INSERT INTO sqlite_sequence VALUES('remediation',1);
INSERT INTO sqlite_sequence VALUES('push_token',1);
INSERT INTO sqlite_sequence VALUES('incoming',1);
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
CREATE INDEX finding_former_of ON finding_former (finding, id);
CREATE TRIGGER finding_reworded AFTER UPDATE ON finding
WHEN OLD.place IS NOT NEW.place OR OLD.found IS NOT NEW.found OR OLD.expected IS NOT NEW.expected
BEGIN
  INSERT INTO finding_former (finding, until, place, found, expected, last_seen, count, delivery)
  VALUES (OLD.id, NEW.last_seen, OLD.place, OLD.found, OLD.expected, OLD.last_seen, OLD.count, OLD.delivery);
END;
CREATE INDEX alert_note_alert ON alert_note (alert, id);
CREATE INDEX silence_ends ON silence (ends);
CREATE INDEX remediation_alert ON remediation (alert, id);
CREATE INDEX push_token_name ON push_token (name, id);
CREATE INDEX push_key_at ON push_key (at);
CREATE INDEX letter_event ON letter (alert, way, state, id) WHERE alert IS NOT NULL;
CREATE INDEX letter_created ON letter (created_at);
CREATE INDEX incoming_received ON incoming (received_at);
CREATE INDEX incoming_alert_of ON incoming_alert (alert);
CREATE TRIGGER seal_agency_insert AFTER insert ON agency
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.code) WHERE name = 'agency'; END;
CREATE TRIGGER seal_agency_delete AFTER delete ON agency
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.code) WHERE name = 'agency'; END;
CREATE TRIGGER seal_agency_update AFTER update ON agency
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.code), NEW.id, NEW.code) WHERE name = 'agency'; END;
CREATE TRIGGER seal_alert_insert AFTER insert ON alert
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.rule, NEW.subject, NEW.agency, NEW.state, NEW.severity, NEW.since, NEW.period, NEW.scheme, NEW.reason, NEW.assignee) WHERE name = 'alert'; END;
CREATE TRIGGER seal_alert_delete AFTER delete ON alert
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.rule, OLD.subject, OLD.agency, OLD.state, OLD.severity, OLD.since, OLD.period, OLD.scheme, OLD.reason, OLD.assignee) WHERE name = 'alert'; END;
CREATE TRIGGER seal_alert_update AFTER update ON alert
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.rule, OLD.subject, OLD.agency, OLD.state, OLD.severity, OLD.since, OLD.period, OLD.scheme, OLD.reason, OLD.assignee), NEW.id, NEW.rule, NEW.subject, NEW.agency, NEW.state, NEW.severity, NEW.since, NEW.period, NEW.scheme, NEW.reason, NEW.assignee) WHERE name = 'alert'; END;
CREATE TRIGGER seal_alert_note_insert AFTER insert ON alert_note
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.alert, NEW.at, NEW.author, NEW.kind, NEW.text) WHERE name = 'alert_note'; END;
CREATE TRIGGER seal_alert_note_delete AFTER delete ON alert_note
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.alert, OLD.at, OLD.author, OLD.kind, OLD.text) WHERE name = 'alert_note'; END;
CREATE TRIGGER seal_alert_note_update AFTER update ON alert_note
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.alert, OLD.at, OLD.author, OLD.kind, OLD.text), NEW.id, NEW.alert, NEW.at, NEW.author, NEW.kind, NEW.text) WHERE name = 'alert_note'; END;
CREATE TRIGGER seal_block_insert AFTER insert ON block
BEGIN UPDATE seal SET digest = seal(digest, NEW.measure, NEW.span, NEW.slot, NEW.shelf, NEW.first, NEW.cells, NEW.checksum) WHERE name = 'block'; END;
CREATE TRIGGER seal_block_delete AFTER delete ON block
BEGIN UPDATE seal SET digest = seal(digest, OLD.measure, OLD.span, OLD.slot, OLD.shelf, OLD.first, OLD.cells, OLD.checksum) WHERE name = 'block'; END;
CREATE TRIGGER seal_block_update AFTER update ON block
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.measure, OLD.span, OLD.slot, OLD.shelf, OLD.first, OLD.cells, OLD.checksum), NEW.measure, NEW.span, NEW.slot, NEW.shelf, NEW.first, NEW.cells, NEW.checksum) WHERE name = 'block'; END;
CREATE TRIGGER seal_body_insert AFTER insert ON body
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.sha256, NEW.byte_count, NEW.last_received) WHERE name = 'body'; END;
CREATE TRIGGER seal_body_delete AFTER delete ON body
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.sha256, OLD.byte_count, OLD.last_received) WHERE name = 'body'; END;
CREATE TRIGGER seal_body_update AFTER update ON body
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.sha256, OLD.byte_count, OLD.last_received), NEW.id, NEW.sha256, NEW.byte_count, NEW.last_received) WHERE name = 'body'; END;
CREATE TRIGGER seal_bounced_insert AFTER insert ON bounced
BEGIN UPDATE seal SET digest = seal(digest, NEW.address, NEW.since, NEW.last_at, NEW.status, NEW.diagnostic, NEW.count) WHERE name = 'bounced'; END;
CREATE TRIGGER seal_bounced_delete AFTER delete ON bounced
BEGIN UPDATE seal SET digest = seal(digest, OLD.address, OLD.since, OLD.last_at, OLD.status, OLD.diagnostic, OLD.count) WHERE name = 'bounced'; END;
CREATE TRIGGER seal_bounced_update AFTER update ON bounced
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.address, OLD.since, OLD.last_at, OLD.status, OLD.diagnostic, OLD.count), NEW.address, NEW.since, NEW.last_at, NEW.status, NEW.diagnostic, NEW.count) WHERE name = 'bounced'; END;
CREATE TRIGGER seal_delivery_insert AFTER insert ON delivery
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.source, NEW.received_at, NEW.recorded_at, NEW.sha256, NEW.byte_count, NEW.media_type, NEW.asked_start, NEW.asked_end, NEW.stored, NEW.unchanged, NEW.restated, NEW.refused, NEW.digest, NEW.retracted_by, NEW.imported_by, NEW.file_name) WHERE name = 'delivery'; END;
CREATE TRIGGER seal_delivery_delete AFTER delete ON delivery
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.source, OLD.received_at, OLD.recorded_at, OLD.sha256, OLD.byte_count, OLD.media_type, OLD.asked_start, OLD.asked_end, OLD.stored, OLD.unchanged, OLD.restated, OLD.refused, OLD.digest, OLD.retracted_by, OLD.imported_by, OLD.file_name) WHERE name = 'delivery'; END;
CREATE TRIGGER seal_delivery_update AFTER update ON delivery
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.source, OLD.received_at, OLD.recorded_at, OLD.sha256, OLD.byte_count, OLD.media_type, OLD.asked_start, OLD.asked_end, OLD.stored, OLD.unchanged, OLD.restated, OLD.refused, OLD.digest, OLD.retracted_by, OLD.imported_by, OLD.file_name), NEW.id, NEW.source, NEW.received_at, NEW.recorded_at, NEW.sha256, NEW.byte_count, NEW.media_type, NEW.asked_start, NEW.asked_end, NEW.stored, NEW.unchanged, NEW.restated, NEW.refused, NEW.digest, NEW.retracted_by, NEW.imported_by, NEW.file_name) WHERE name = 'delivery'; END;
CREATE TRIGGER seal_delivery_reach_insert AFTER insert ON delivery_reach
BEGIN UPDATE seal SET digest = seal(digest, NEW.delivery, NEW.measure, NEW.span, NEW.first, NEW.last) WHERE name = 'delivery_reach'; END;
CREATE TRIGGER seal_delivery_reach_delete AFTER delete ON delivery_reach
BEGIN UPDATE seal SET digest = seal(digest, OLD.delivery, OLD.measure, OLD.span, OLD.first, OLD.last) WHERE name = 'delivery_reach'; END;
CREATE TRIGGER seal_delivery_reach_update AFTER update ON delivery_reach
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.delivery, OLD.measure, OLD.span, OLD.first, OLD.last), NEW.delivery, NEW.measure, NEW.span, NEW.first, NEW.last) WHERE name = 'delivery_reach'; END;
CREATE TRIGGER seal_evidence_insert AFTER insert ON evidence
BEGIN UPDATE seal SET digest = seal(digest, NEW.sha256, NEW.byte_count, NEW.deflated) WHERE name = 'evidence'; END;
CREATE TRIGGER seal_evidence_delete AFTER delete ON evidence
BEGIN UPDATE seal SET digest = seal(digest, OLD.sha256, OLD.byte_count, OLD.deflated) WHERE name = 'evidence'; END;
CREATE TRIGGER seal_evidence_update AFTER update ON evidence
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.sha256, OLD.byte_count, OLD.deflated), NEW.sha256, NEW.byte_count, NEW.deflated) WHERE name = 'evidence'; END;
CREATE TRIGGER seal_finding_insert AFTER insert ON finding
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.kind, NEW.source, NEW.agency, NEW.measure, NEW.start, NEW.span, NEW.place, NEW.found, NEW.expected, NEW.first_seen, NEW.last_seen, NEW.count, NEW.delivery) WHERE name = 'finding'; END;
CREATE TRIGGER seal_finding_delete AFTER delete ON finding
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.kind, OLD.source, OLD.agency, OLD.measure, OLD.start, OLD.span, OLD.place, OLD.found, OLD.expected, OLD.first_seen, OLD.last_seen, OLD.count, OLD.delivery) WHERE name = 'finding'; END;
CREATE TRIGGER seal_finding_update AFTER update ON finding
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.kind, OLD.source, OLD.agency, OLD.measure, OLD.start, OLD.span, OLD.place, OLD.found, OLD.expected, OLD.first_seen, OLD.last_seen, OLD.count, OLD.delivery), NEW.id, NEW.kind, NEW.source, NEW.agency, NEW.measure, NEW.start, NEW.span, NEW.place, NEW.found, NEW.expected, NEW.first_seen, NEW.last_seen, NEW.count, NEW.delivery) WHERE name = 'finding'; END;
CREATE TRIGGER seal_finding_former_insert AFTER insert ON finding_former
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.finding, NEW.until, NEW.place, NEW.found, NEW.expected, NEW.last_seen, NEW.count, NEW.delivery) WHERE name = 'finding_former'; END;
CREATE TRIGGER seal_finding_former_delete AFTER delete ON finding_former
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.finding, OLD.until, OLD.place, OLD.found, OLD.expected, OLD.last_seen, OLD.count, OLD.delivery) WHERE name = 'finding_former'; END;
CREATE TRIGGER seal_finding_former_update AFTER update ON finding_former
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.finding, OLD.until, OLD.place, OLD.found, OLD.expected, OLD.last_seen, OLD.count, OLD.delivery), NEW.id, NEW.finding, NEW.until, NEW.place, NEW.found, NEW.expected, NEW.last_seen, NEW.count, NEW.delivery) WHERE name = 'finding_former'; END;
CREATE TRIGGER seal_grain_insert AFTER insert ON grain
BEGIN UPDATE seal SET digest = seal(digest, NEW.measure, NEW.span) WHERE name = 'grain'; END;
CREATE TRIGGER seal_grain_delete AFTER delete ON grain
BEGIN UPDATE seal SET digest = seal(digest, OLD.measure, OLD.span) WHERE name = 'grain'; END;
CREATE TRIGGER seal_grain_update AFTER update ON grain
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.measure, OLD.span), NEW.measure, NEW.span) WHERE name = 'grain'; END;
CREATE TRIGGER seal_incoming_insert AFTER insert ON incoming
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.message_id, NEW.body, NEW.kind, NEW.sorted_by, NEW.received_at, NEW.sender, NEW.subject, NEW.words, NEW.cause, NEW.plan, NEW.agency, NEW.is_verified, NEW.letter, NEW.due, NEW.remarks) WHERE name = 'incoming'; END;
CREATE TRIGGER seal_incoming_delete AFTER delete ON incoming
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.message_id, OLD.body, OLD.kind, OLD.sorted_by, OLD.received_at, OLD.sender, OLD.subject, OLD.words, OLD.cause, OLD.plan, OLD.agency, OLD.is_verified, OLD.letter, OLD.due, OLD.remarks) WHERE name = 'incoming'; END;
CREATE TRIGGER seal_incoming_update AFTER update ON incoming
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.message_id, OLD.body, OLD.kind, OLD.sorted_by, OLD.received_at, OLD.sender, OLD.subject, OLD.words, OLD.cause, OLD.plan, OLD.agency, OLD.is_verified, OLD.letter, OLD.due, OLD.remarks), NEW.id, NEW.message_id, NEW.body, NEW.kind, NEW.sorted_by, NEW.received_at, NEW.sender, NEW.subject, NEW.words, NEW.cause, NEW.plan, NEW.agency, NEW.is_verified, NEW.letter, NEW.due, NEW.remarks) WHERE name = 'incoming'; END;
CREATE TRIGGER seal_incoming_alert_insert AFTER insert ON incoming_alert
BEGIN UPDATE seal SET digest = seal(digest, NEW.incoming, NEW.alert, NEW.remediation) WHERE name = 'incoming_alert'; END;
CREATE TRIGGER seal_incoming_alert_delete AFTER delete ON incoming_alert
BEGIN UPDATE seal SET digest = seal(digest, OLD.incoming, OLD.alert, OLD.remediation) WHERE name = 'incoming_alert'; END;
CREATE TRIGGER seal_incoming_alert_update AFTER update ON incoming_alert
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.incoming, OLD.alert, OLD.remediation), NEW.incoming, NEW.alert, NEW.remediation) WHERE name = 'incoming_alert'; END;
CREATE TRIGGER seal_incoming_file_insert AFTER insert ON incoming_file
BEGIN UPDATE seal SET digest = seal(digest, NEW.incoming, NEW.position, NEW.name, NEW.evidence) WHERE name = 'incoming_file'; END;
CREATE TRIGGER seal_incoming_file_delete AFTER delete ON incoming_file
BEGIN UPDATE seal SET digest = seal(digest, OLD.incoming, OLD.position, OLD.name, OLD.evidence) WHERE name = 'incoming_file'; END;
CREATE TRIGGER seal_incoming_file_update AFTER update ON incoming_file
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.incoming, OLD.position, OLD.name, OLD.evidence), NEW.incoming, NEW.position, NEW.name, NEW.evidence) WHERE name = 'incoming_file'; END;
CREATE TRIGGER seal_judged_insert AFTER insert ON judged
BEGIN UPDATE seal SET digest = seal(digest, NEW.rule, NEW.period, NEW.scheme) WHERE name = 'judged'; END;
CREATE TRIGGER seal_judged_delete AFTER delete ON judged
BEGIN UPDATE seal SET digest = seal(digest, OLD.rule, OLD.period, OLD.scheme) WHERE name = 'judged'; END;
CREATE TRIGGER seal_judged_update AFTER update ON judged
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.rule, OLD.period, OLD.scheme), NEW.rule, NEW.period, NEW.scheme) WHERE name = 'judged'; END;
CREATE TRIGGER seal_letter_insert AFTER insert ON letter
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.message_id, NEW.agency, NEW.sender, NEW.recipients, NEW.subject, NEW.bytes, NEW.state, NEW.created_at, NEW.attempts, NEW.next_attempt, NEW.sent_at, NEW.last_error, NEW.way, NEW.alert) WHERE name = 'letter'; END;
CREATE TRIGGER seal_letter_delete AFTER delete ON letter
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.message_id, OLD.agency, OLD.sender, OLD.recipients, OLD.subject, OLD.bytes, OLD.state, OLD.created_at, OLD.attempts, OLD.next_attempt, OLD.sent_at, OLD.last_error, OLD.way, OLD.alert) WHERE name = 'letter'; END;
CREATE TRIGGER seal_letter_update AFTER update ON letter
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.message_id, OLD.agency, OLD.sender, OLD.recipients, OLD.subject, OLD.bytes, OLD.state, OLD.created_at, OLD.attempts, OLD.next_attempt, OLD.sent_at, OLD.last_error, OLD.way, OLD.alert), NEW.id, NEW.message_id, NEW.agency, NEW.sender, NEW.recipients, NEW.subject, NEW.bytes, NEW.state, NEW.created_at, NEW.attempts, NEW.next_attempt, NEW.sent_at, NEW.last_error, NEW.way, NEW.alert) WHERE name = 'letter'; END;
CREATE TRIGGER seal_letter_recipient_insert AFTER insert ON letter_recipient
BEGIN UPDATE seal SET digest = seal(digest, NEW.letter, NEW.position, NEW.address, NEW.state, NEW.attempts, NEW.sent_at, NEW.last_answer, NEW.relay) WHERE name = 'letter_recipient'; END;
CREATE TRIGGER seal_letter_recipient_delete AFTER delete ON letter_recipient
BEGIN UPDATE seal SET digest = seal(digest, OLD.letter, OLD.position, OLD.address, OLD.state, OLD.attempts, OLD.sent_at, OLD.last_answer, OLD.relay) WHERE name = 'letter_recipient'; END;
CREATE TRIGGER seal_letter_recipient_update AFTER update ON letter_recipient
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.letter, OLD.position, OLD.address, OLD.state, OLD.attempts, OLD.sent_at, OLD.last_answer, OLD.relay), NEW.letter, NEW.position, NEW.address, NEW.state, NEW.attempts, NEW.sent_at, NEW.last_answer, NEW.relay) WHERE name = 'letter_recipient'; END;
CREATE TRIGGER seal_letter_transition_insert AFTER insert ON letter_transition
BEGIN UPDATE seal SET digest = seal(digest, NEW.transition, NEW.letter) WHERE name = 'letter_transition'; END;
CREATE TRIGGER seal_letter_transition_delete AFTER delete ON letter_transition
BEGIN UPDATE seal SET digest = seal(digest, OLD.transition, OLD.letter) WHERE name = 'letter_transition'; END;
CREATE TRIGGER seal_letter_transition_update AFTER update ON letter_transition
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.transition, OLD.letter), NEW.transition, NEW.letter) WHERE name = 'letter_transition'; END;
CREATE TRIGGER seal_mailbox_insert AFTER insert ON mailbox
BEGIN UPDATE seal SET digest = seal(digest, NEW.account, NEW.validity, NEW.last_uid, NEW.last_success, NEW.last_error, NEW.failures) WHERE name = 'mailbox'; END;
CREATE TRIGGER seal_mailbox_delete AFTER delete ON mailbox
BEGIN UPDATE seal SET digest = seal(digest, OLD.account, OLD.validity, OLD.last_uid, OLD.last_success, OLD.last_error, OLD.failures) WHERE name = 'mailbox'; END;
CREATE TRIGGER seal_mailbox_update AFTER update ON mailbox
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.account, OLD.validity, OLD.last_uid, OLD.last_success, OLD.last_error, OLD.failures), NEW.account, NEW.validity, NEW.last_uid, NEW.last_success, NEW.last_error, NEW.failures) WHERE name = 'mailbox'; END;
CREATE TRIGGER seal_measure_insert AFTER insert ON measure
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.name) WHERE name = 'measure'; END;
CREATE TRIGGER seal_measure_delete AFTER delete ON measure
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.name) WHERE name = 'measure'; END;
CREATE TRIGGER seal_measure_update AFTER update ON measure
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.name), NEW.id, NEW.name) WHERE name = 'measure'; END;
CREATE TRIGGER seal_push_key_insert AFTER insert ON push_key
BEGIN UPDATE seal SET digest = seal(digest, NEW.sender, NEW.key, NEW.sha256, NEW.delivery, NEW.refused, NEW.at) WHERE name = 'push_key'; END;
CREATE TRIGGER seal_push_key_delete AFTER delete ON push_key
BEGIN UPDATE seal SET digest = seal(digest, OLD.sender, OLD.key, OLD.sha256, OLD.delivery, OLD.refused, OLD.at) WHERE name = 'push_key'; END;
CREATE TRIGGER seal_push_key_update AFTER update ON push_key
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.sender, OLD.key, OLD.sha256, OLD.delivery, OLD.refused, OLD.at), NEW.sender, NEW.key, NEW.sha256, NEW.delivery, NEW.refused, NEW.at) WHERE name = 'push_key'; END;
CREATE TRIGGER seal_push_token_insert AFTER insert ON push_token
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.name, NEW.prefix, NEW.sha256, NEW.agencies, NEW.includes_below, NEW.measures, NEW.created_at, NEW.created_by, NEW.expires_at, NEW.revoked_at, NEW.revoked_by, NEW.revoked_why, NEW.last_used) WHERE name = 'push_token'; END;
CREATE TRIGGER seal_push_token_delete AFTER delete ON push_token
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.name, OLD.prefix, OLD.sha256, OLD.agencies, OLD.includes_below, OLD.measures, OLD.created_at, OLD.created_by, OLD.expires_at, OLD.revoked_at, OLD.revoked_by, OLD.revoked_why, OLD.last_used) WHERE name = 'push_token'; END;
CREATE TRIGGER seal_push_token_update AFTER update ON push_token
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.name, OLD.prefix, OLD.sha256, OLD.agencies, OLD.includes_below, OLD.measures, OLD.created_at, OLD.created_by, OLD.expires_at, OLD.revoked_at, OLD.revoked_by, OLD.revoked_why, OLD.last_used), NEW.id, NEW.name, NEW.prefix, NEW.sha256, NEW.agencies, NEW.includes_below, NEW.measures, NEW.created_at, NEW.created_by, NEW.expires_at, NEW.revoked_at, NEW.revoked_by, NEW.revoked_why, NEW.last_used) WHERE name = 'push_token'; END;
CREATE TRIGGER seal_remediation_insert AFTER insert ON remediation
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.alert, NEW.at, NEW.author, NEW.cause, NEW.plan, NEW.due, NEW.evidence_name, NEW.evidence) WHERE name = 'remediation'; END;
CREATE TRIGGER seal_remediation_delete AFTER delete ON remediation
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.alert, OLD.at, OLD.author, OLD.cause, OLD.plan, OLD.due, OLD.evidence_name, OLD.evidence) WHERE name = 'remediation'; END;
CREATE TRIGGER seal_remediation_update AFTER update ON remediation
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.alert, OLD.at, OLD.author, OLD.cause, OLD.plan, OLD.due, OLD.evidence_name, OLD.evidence), NEW.id, NEW.alert, NEW.at, NEW.author, NEW.cause, NEW.plan, NEW.due, NEW.evidence_name, NEW.evidence) WHERE name = 'remediation'; END;
CREATE TRIGGER seal_remote_write_insert AFTER insert ON remote_write
BEGIN UPDATE seal SET digest = seal(digest, NEW.target, NEW.cells, NEW.partial_through, NEW.partial_from, NEW.readings, NEW.readings_before, NEW.generation, NEW.sent, NEW.refused, NEW.last_success, NEW.last_error, NEW.failures, NEW.next_attempt) WHERE name = 'remote_write'; END;
CREATE TRIGGER seal_remote_write_delete AFTER delete ON remote_write
BEGIN UPDATE seal SET digest = seal(digest, OLD.target, OLD.cells, OLD.partial_through, OLD.partial_from, OLD.readings, OLD.readings_before, OLD.generation, OLD.sent, OLD.refused, OLD.last_success, OLD.last_error, OLD.failures, OLD.next_attempt) WHERE name = 'remote_write'; END;
CREATE TRIGGER seal_remote_write_update AFTER update ON remote_write
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.target, OLD.cells, OLD.partial_through, OLD.partial_from, OLD.readings, OLD.readings_before, OLD.generation, OLD.sent, OLD.refused, OLD.last_success, OLD.last_error, OLD.failures, OLD.next_attempt), NEW.target, NEW.cells, NEW.partial_through, NEW.partial_from, NEW.readings, NEW.readings_before, NEW.generation, NEW.sent, NEW.refused, NEW.last_success, NEW.last_error, NEW.failures, NEW.next_attempt) WHERE name = 'remote_write'; END;
CREATE TRIGGER seal_reporter_insert AFTER insert ON reporter
BEGIN UPDATE seal SET digest = seal(digest, NEW.measure, NEW.agency) WHERE name = 'reporter'; END;
CREATE TRIGGER seal_reporter_delete AFTER delete ON reporter
BEGIN UPDATE seal SET digest = seal(digest, OLD.measure, OLD.agency) WHERE name = 'reporter'; END;
CREATE TRIGGER seal_reporter_update AFTER update ON reporter
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.measure, OLD.agency), NEW.measure, NEW.agency) WHERE name = 'reporter'; END;
CREATE TRIGGER seal_silence_insert AFTER insert ON silence
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.agency, NEW.subject, NEW.rule, NEW.begins, NEW.ends, NEW.author, NEW.why, NEW.created_at, NEW.ended_by) WHERE name = 'silence'; END;
CREATE TRIGGER seal_silence_delete AFTER delete ON silence
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.agency, OLD.subject, OLD.rule, OLD.begins, OLD.ends, OLD.author, OLD.why, OLD.created_at, OLD.ended_by) WHERE name = 'silence'; END;
CREATE TRIGGER seal_silence_update AFTER update ON silence
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.agency, OLD.subject, OLD.rule, OLD.begins, OLD.ends, OLD.author, OLD.why, OLD.created_at, OLD.ended_by), NEW.id, NEW.agency, NEW.subject, NEW.rule, NEW.begins, NEW.ends, NEW.author, NEW.why, NEW.created_at, NEW.ended_by) WHERE name = 'silence'; END;
CREATE TRIGGER seal_source_state_insert AFTER insert ON source_state
BEGIN UPDATE seal SET digest = seal(digest, NEW.source, NEW.cursor, NEW.last_attempt, NEW.last_success, NEW.last_error, NEW.failures, NEW.next_run, NEW.registered_at) WHERE name = 'source_state'; END;
CREATE TRIGGER seal_source_state_delete AFTER delete ON source_state
BEGIN UPDATE seal SET digest = seal(digest, OLD.source, OLD.cursor, OLD.last_attempt, OLD.last_success, OLD.last_error, OLD.failures, OLD.next_run, OLD.registered_at) WHERE name = 'source_state'; END;
CREATE TRIGGER seal_source_state_update AFTER update ON source_state
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.source, OLD.cursor, OLD.last_attempt, OLD.last_success, OLD.last_error, OLD.failures, OLD.next_run, OLD.registered_at), NEW.source, NEW.cursor, NEW.last_attempt, NEW.last_success, NEW.last_error, NEW.failures, NEW.next_run, NEW.registered_at) WHERE name = 'source_state'; END;
CREATE TRIGGER seal_standing_alert_insert AFTER insert ON standing_alert
BEGIN UPDATE seal SET digest = seal(digest, NEW.way, NEW.labels, NEW.annotations, NEW.starts_at, NEW.ends_at) WHERE name = 'standing_alert'; END;
CREATE TRIGGER seal_standing_alert_delete AFTER delete ON standing_alert
BEGIN UPDATE seal SET digest = seal(digest, OLD.way, OLD.labels, OLD.annotations, OLD.starts_at, OLD.ends_at) WHERE name = 'standing_alert'; END;
CREATE TRIGGER seal_standing_alert_update AFTER update ON standing_alert
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.way, OLD.labels, OLD.annotations, OLD.starts_at, OLD.ends_at), NEW.way, NEW.labels, NEW.annotations, NEW.starts_at, NEW.ends_at) WHERE name = 'standing_alert'; END;
CREATE TRIGGER seal_transition_insert AFTER insert ON transition
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.alert, NEW.from_state, NEW.to_state, NEW.severity, NEW.at, NEW.period, NEW.scheme, NEW.reason, NEW.actor, NEW.why, NEW.rule_version) WHERE name = 'transition'; END;
CREATE TRIGGER seal_transition_delete AFTER delete ON transition
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.alert, OLD.from_state, OLD.to_state, OLD.severity, OLD.at, OLD.period, OLD.scheme, OLD.reason, OLD.actor, OLD.why, OLD.rule_version) WHERE name = 'transition'; END;
CREATE TRIGGER seal_transition_update AFTER update ON transition
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.alert, OLD.from_state, OLD.to_state, OLD.severity, OLD.at, OLD.period, OLD.scheme, OLD.reason, OLD.actor, OLD.why, OLD.rule_version), NEW.id, NEW.alert, NEW.from_state, NEW.to_state, NEW.severity, NEW.at, NEW.period, NEW.scheme, NEW.reason, NEW.actor, NEW.why, NEW.rule_version) WHERE name = 'transition'; END;
CREATE TRIGGER seal_urged_insert AFTER insert ON urged
BEGIN UPDATE seal SET digest = seal(digest, NEW.alert, NEW.told_at, NEW.severity, NEW.step, NEW.step_at) WHERE name = 'urged'; END;
CREATE TRIGGER seal_urged_delete AFTER delete ON urged
BEGIN UPDATE seal SET digest = seal(digest, OLD.alert, OLD.told_at, OLD.severity, OLD.step, OLD.step_at) WHERE name = 'urged'; END;
CREATE TRIGGER seal_urged_update AFTER update ON urged
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.alert, OLD.told_at, OLD.severity, OLD.step, OLD.step_at), NEW.alert, NEW.told_at, NEW.severity, NEW.step, NEW.step_at) WHERE name = 'urged'; END;
CREATE TRIGGER seal_urging_insert AFTER insert ON urging
BEGIN UPDATE seal SET digest = seal(digest, NEW.id, NEW.last_told, NEW.held_since, NEW.held_letters, NEW.is_released) WHERE name = 'urging'; END;
CREATE TRIGGER seal_urging_delete AFTER delete ON urging
BEGIN UPDATE seal SET digest = seal(digest, OLD.id, OLD.last_told, OLD.held_since, OLD.held_letters, OLD.is_released) WHERE name = 'urging'; END;
CREATE TRIGGER seal_urging_update AFTER update ON urging
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.id, OLD.last_told, OLD.held_since, OLD.held_letters, OLD.is_released), NEW.id, NEW.last_told, NEW.held_since, NEW.held_letters, NEW.is_released) WHERE name = 'urging'; END;
CREATE TRIGGER seal_validator_insert AFTER insert ON validator
BEGIN UPDATE seal SET digest = seal(digest, NEW.source, NEW.request, NEW.entity_tag, NEW.last_modified) WHERE name = 'validator'; END;
CREATE TRIGGER seal_validator_delete AFTER delete ON validator
BEGIN UPDATE seal SET digest = seal(digest, OLD.source, OLD.request, OLD.entity_tag, OLD.last_modified) WHERE name = 'validator'; END;
CREATE TRIGGER seal_validator_update AFTER update ON validator
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.source, OLD.request, OLD.entity_tag, OLD.last_modified), NEW.source, NEW.request, NEW.entity_tag, NEW.last_modified) WHERE name = 'validator'; END;
CREATE TRIGGER seal_way_out_insert AFTER insert ON way_out
BEGIN UPDATE seal SET digest = seal(digest, NEW.way, NEW.failures, NEW.next_attempt, NEW.last_error, NEW.last_success) WHERE name = 'way_out'; END;
CREATE TRIGGER seal_way_out_delete AFTER delete ON way_out
BEGIN UPDATE seal SET digest = seal(digest, OLD.way, OLD.failures, OLD.next_attempt, OLD.last_error, OLD.last_success) WHERE name = 'way_out'; END;
CREATE TRIGGER seal_way_out_update AFTER update ON way_out
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.way, OLD.failures, OLD.next_attempt, OLD.last_error, OLD.last_success), NEW.way, NEW.failures, NEW.next_attempt, NEW.last_error, NEW.last_success) WHERE name = 'way_out'; END;
CREATE TRIGGER seal_written_report_insert AFTER insert ON written_report
BEGIN UPDATE seal SET digest = seal(digest, NEW.name, NEW.at) WHERE name = 'written_report'; END;
CREATE TRIGGER seal_written_report_delete AFTER delete ON written_report
BEGIN UPDATE seal SET digest = seal(digest, OLD.name, OLD.at) WHERE name = 'written_report'; END;
CREATE TRIGGER seal_written_report_update AFTER update ON written_report
BEGIN UPDATE seal SET digest = seal(seal(digest, OLD.name, OLD.at), NEW.name, NEW.at) WHERE name = 'written_report'; END;
COMMIT;
