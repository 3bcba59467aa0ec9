import GRDB
import Model

/// A letter as a mail that came in speaks of it.
public struct ToldLetter: Hashable, Sendable {
    public let id: Int64
    /// The agency it went to; nil for the operators.
    public let agency: AgencyCode?
    /// The alerts that it told of.
    public let alerts: [AlertKey]
    /// In lower case.
    public let recipients: Set<String>
}

extension Store {
    /// The letters with these Message-IDs, by them.
    public func letters(withMessageIDs ids: [String]) throws(StoreError) -> [String: ToldLetter] {
        try read("looking for letters") { db in
            var found: [String: ToldLetter] = [:]
            for id in Set(ids) {
                guard let row = try GRDB.Row.fetchOne(db, sql: "SELECT id, agency FROM letter WHERE message_id = ?", arguments: [id]) else {
                    continue
                }
                let number: Int64 = row["id"]
                let keys = try GRDB.Row.fetchAll(
                    db,
                    sql: """
                        SELECT DISTINCT a.rule, a.subject, a.agency FROM letter_transition lt JOIN transition t ON t.id = lt.transition
                        JOIN alert a ON a.id = t.alert WHERE lt.letter = ?
                        """, arguments: [number])
                found[id] = ToldLetter(
                    id: number, agency: (row["agency"] as String?).flatMap { AgencyCode($0) }, alerts: try keys.map(AlertRows.key).sorted(),
                    recipients: Set(try RecipientRows.of(number, db).map { $0.address.lowercased() }))
            }
            return found
        }
    }

    /// Stores a mail with everything that follows from it, and how far the folder is read now, in one transaction.
    ///
    /// - Returns: its number; nil when it was read before, and then nothing but the place in the folder changes.
    public func receive(_ arrival: Arrival) async throws(StoreError) -> Int64? {
        try await write("storing a mail") { db in
            try MailboxRows.advance(to: arrival.place, db)
            guard let id = try IncomingRows.insert(arrival, db) else { return nil }
            for document in arrival.documents { _ = try EvidenceRows.insert(document, db) }
            for (position, document) in arrival.documents.enumerated() {
                try db.execute(
                    sql: "INSERT INTO incoming_file (incoming, position, name, evidence) VALUES (?, ?, ?, ?)",
                    arguments: [id, position, document.name, Blob(document.raw.sha256)])
            }
            for key in arrival.mail.alerts {
                try IncomingRows.answer(key, with: id, arrival.mail, cause: arrival.cause, plan: arrival.plan, arrival.documents.first, db)
            }
            if let letter = arrival.mail.letter { try BouncedRows.note(arrival.bounces, of: letter, at: arrival.mail.receivedAt, db) }
            // Who writes can be written to.
            if arrival.mail.kind.isFromPerson, arrival.mail.isVerified { try BouncedRows.clear(arrival.mail.sender, db) }
            try FindingRows.merge(arrival.findings, at: arrival.mail.receivedAt, delivery: nil, db)
            return id
        }
    }

    /// Takes a mail that came in as the answer to an alert from an instant on, on an operator's word. False when it is that already.
    public func assign(mail id: Int64, to key: AlertKey, by name: String, at instant: Instant) async throws(StoreError) -> Bool {
        try await write("assigning mail \(id)") { db in
            guard let row = try GRDB.Row.fetchOne(db, sql: "SELECT * FROM incoming WHERE id = ?", arguments: [id]) else {
                throw Refusal(
                    .missing, "there is no mail \(id)", vietnamese: "không có thư đến số \(id)",
                    hint: LocalizedText(
                        vietnamese: "`dondoc answers list --all` liệt kê các thư đến hiện có",
                        english: "`dondoc answers list --all` shows the mails there are"))
            }
            let alert = try AlertRows.number(key, db)
            let known = try Int.fetchOne(db, sql: "SELECT 1 FROM incoming_alert WHERE incoming = ? AND alert = ?", arguments: [id, alert])
            guard known == nil else { return false }
            var mail = try IncomingRows.mail(row, db)
            mail.agency = key.agency
            try IncomingRows.answer(key, with: id, mail, by: name, at: instant, cause: row["cause"], plan: row["plan"], nil, db)
            // The document of the answer is the mail's first file, which is kept already.
            try db.execute(
                sql: """
                    UPDATE remediation SET (evidence_name, evidence) = (
                      SELECT name, evidence FROM incoming_file WHERE incoming = ? AND position = 0
                    ) WHERE id = (SELECT remediation FROM incoming_alert WHERE incoming = ? AND alert = ?)
                    """, arguments: [id, id, alert])
            mail.remarks.removeAll { $0.hasSuffix(ReceivedMail.answersNothing) }
            try db.execute(
                sql: "UPDATE incoming SET kind = 'reply', agency = coalesce(agency, ?), remarks = ? WHERE id = ?",
                arguments: [key.agency?.text, try JSONText.encode(mail.remarks), id])
            return true
        }
    }
}

/// Rows of the tables `incoming` and `incoming_alert`.
enum IncomingRows {
    /// Nil when the mail is known.
    static func insert(_ arrival: Arrival, _ db: Database) throws -> Int64? {
        let mail = arrival.mail
        try db.execute(
            sql: """
                INSERT INTO incoming (message_id, body, kind, sorted_by, received_at, sender, subject, words, cause, plan, agency, is_verified, letter,
                  due, remarks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
            arguments: [
                mail.messageID, Blob(arrival.bodyHash), mail.kind.rawValue, mail.by, mail.receivedAt.milliseconds, mail.sender, mail.subject,
                mail.words,
                arrival.cause, arrival.plan, mail.agency?.text, mail.isVerified, mail.letter, mail.due?.number, try JSONText.encode(mail.remarks),
            ])
        return db.changesCount == 0 ? nil : db.lastInsertedRowID
    }

    /// Makes a mail the answer to an alert; `name` is the operator who said so, and `instant` when.
    static func answer(
        _ key: AlertKey, with id: Int64, _ mail: ReceivedMail, by name: String? = nil, at instant: Instant? = nil, cause: String, plan: String,
        _ document: EvidenceRows.Document?, _ db: Database
    ) throws {
        let remediation = try RemediationRows.insert(
            Remediation(
                key: key, at: instant ?? mail.receivedAt, receivedAt: mail.receivedAt,
                enteredBy: "\(mail.agency?.text ?? "-") (mail \(id)\(name.map { ", \($0)" } ?? ""))", cause: cause,
                plan: plan, due: mail.due,
                evidence: nil), evidence: document, db)
        try db.execute(
            sql: "INSERT INTO incoming_alert (incoming, alert, remediation) VALUES (?, ?, ?)",
            arguments: [id, try AlertRows.number(key, db), remediation.id])
    }

    /// A row as a mail, with its files and alerts.
    static func mail(_ row: GRDB.Row, _ db: Database) throws -> ReceivedMail {
        let id: Int64 = row["id"]
        guard let kind = MailKind(rawValue: row["kind"]) else { throw Refusal(.corrupt, "a mail is of an unknown kind") }
        let files = try GRDB.Row.fetchAll(
            db,
            sql: """
                SELECT f.name, e.sha256, e.byte_count FROM incoming_file f JOIN evidence e ON e.sha256 = f.evidence WHERE f.incoming = ? ORDER BY position
                """, arguments: [id])
        let alerts = try GRDB.Row.fetchAll(
            db, sql: "SELECT a.rule, a.subject, a.agency FROM incoming_alert i JOIN alert a ON a.id = i.alert WHERE i.incoming = ?", arguments: [id])
        let due: Int? = row["due"]
        return ReceivedMail(
            id: id, messageID: row["message_id"], kind: kind, by: row["sorted_by"], receivedAt: Instant(milliseconds: row["received_at"]),
            sender: row["sender"], subject: row["subject"], words: row["words"], agency: (row["agency"] as String?).flatMap { AgencyCode($0) },
            isVerified: row["is_verified"], letter: row["letter"], due: due.map { Day(number: $0) },
            remarks: try JSONText.decode([String].self, from: row["remarks"]), alerts: try alerts.map(AlertRows.key).sorted(),
            files: files.map {
                Remediation.Evidence(name: $0["name"], byteCount: $0["byte_count"], sha256: RawBytes.hexadecimal(Blob($0["sha256"]).bytes))
            })
    }
}
