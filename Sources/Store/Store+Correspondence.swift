import GRDB
import Model

extension Store {
    /// Mails that came in, the newest first: those that wait for an operator's word, or all.
    public func incoming(onlyOpen: Bool, agency: AgencyCode? = nil, limit: Int = 200) throws(StoreError) -> [ReceivedMail] {
        try read("reading mails") { db in
            let condition =
                onlyOpen
                ? "kind IN ('reply', 'unassigned', 'other') AND NOT EXISTS (SELECT 1 FROM incoming_alert WHERE incoming = incoming.id)" : "1"
            return try GRDB.Row.fetchAll(
                db, sql: "SELECT * FROM incoming WHERE \(condition) AND (:agency IS NULL OR agency = :agency) ORDER BY id DESC LIMIT :limit",
                arguments: ["agency": agency?.text, "limit": limit]
            ).map { try IncomingRows.mail($0, db) }
        }
    }

    /// One mail by its number; nil when there is none.
    public func incoming(_ id: Int64) throws(StoreError) -> ReceivedMail? {
        try read("reading mail \(id)") { db in
            try GRDB.Row.fetchOne(db, sql: "SELECT * FROM incoming WHERE id = ?", arguments: [id]).map { try IncomingRows.mail($0, db) }
        }
    }

    /// The bytes of a file that came with a mail, from 1; nil when there is none.
    public func file(_ number: Int, ofMail id: Int64) throws(StoreError) -> [UInt8]? {
        try read("reading a file of mail \(id)") { db in
            let row = try GRDB.Row.fetchOne(
                db, sql: "SELECT e.* FROM incoming_file f JOIN evidence e ON e.sha256 = f.evidence WHERE f.incoming = ? AND f.position = ?",
                arguments: [id, number - 1])
            return try row.map {
                try RawBytes.inflate(Blob($0["deflated"]).bytes, byteCount: $0["byte_count"], sha256: Blob($0["sha256"]).bytes)
            }
        }
    }

    /// The addresses that letters pass over, in their order.
    public func bouncedAddresses() throws(StoreError) -> [BouncedAddress] {
        try read("reading addresses that bounced") { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT * FROM bounced ORDER BY address").map { row in
                BouncedAddress(
                    address: row["address"], since: Instant(milliseconds: row["since"]), lastAt: Instant(milliseconds: row["last_at"]),
                    status: row["status"], diagnostic: row["diagnostic"], count: row["count"])
            }
        }
    }

    /// Lets letters go to an address again. False when none of this name is passed over.
    public func clearBounced(_ address: String) async throws(StoreError) -> Bool {
        try await write("clearing an address") { db in try BouncedRows.clear(address.lowercased(), db) }
    }

    /// How far a folder was read; nil before the first visit.
    public func mailboxState(of account: String) throws(StoreError) -> MailboxState? {
        try read("reading the state of the mailbox") { db in
            try GRDB.Row.fetchOne(db, sql: "SELECT * FROM mailbox WHERE account = ?", arguments: [account]).map { row in
                MailboxState(
                    validity: (row["validity"] as Int64?).map { UInt32(clamping: $0) }, lastUID: UInt32(clamping: row["last_uid"] as Int64),
                    lastSuccess: Instant(optional: row["last_success"]), lastError: row["last_error"], failures: row["failures"])
            }
        }
    }

    /// Writes down how a visit ended; how far it got, its mails have said.
    public func noteVisit(of account: String, at instant: Instant, error: String?) async throws(StoreError) {
        try await write("noting a visit to the mailbox") { db in
            try db.execute(
                sql: """
                    INSERT INTO mailbox (account, last_uid, last_success, last_error, failures) VALUES (:account, 0, :success, :error, :failures)
                    ON CONFLICT (account) DO UPDATE SET last_success = coalesce(:success, last_success), last_error = :error,
                      failures = CASE WHEN :failures = 0 THEN 0 ELSE failures + 1 END
                    """,
                arguments: [
                    "account": account, "success": error == nil ? instant.milliseconds : nil, "error": error ?? "", "failures": error == nil ? 0 : 1,
                ])
        }
    }

    /// Forgets mails that are past their keeping: answers with the alerts they answer, and the others, which are kept for a shorter time. Documents
    /// go with the last that names them.
    public func dropMails(answersBefore: Instant, othersBefore: Instant) async throws(StoreError) -> Int {
        try await write("dropping mails past their keeping") { db in
            try db.execute(
                sql: """
                    DELETE FROM incoming WHERE received_at < :answers OR (received_at < :others
                      AND NOT EXISTS (SELECT 1 FROM incoming_alert WHERE incoming = incoming.id))
                    """, arguments: ["answers": answersBefore.milliseconds, "others": othersBefore.milliseconds])
            let count = db.changesCount
            if count > 0 {
                try db.execute(
                    sql: """
                        DELETE FROM evidence WHERE NOT EXISTS (SELECT 1 FROM remediation WHERE evidence = evidence.sha256)
                          AND NOT EXISTS (SELECT 1 FROM incoming_file WHERE evidence = evidence.sha256)
                        """)
            }
            return count
        }
    }
}

/// Rows of the table `mailbox`.
enum MailboxRows {
    /// A folder that has new UIDs is read from its beginning again.
    static func advance(to place: Arrival.Place, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO mailbox (account, validity, last_uid, last_error, failures) VALUES (:account, :validity, :uid, '', 0)
                ON CONFLICT (account) DO UPDATE SET last_uid = CASE WHEN validity IS :validity THEN max(last_uid, :uid) ELSE :uid END,
                  validity = :validity
                """, arguments: ["account": place.account, "validity": Int64(place.validity), "uid": Int64(place.uid)])
    }
}

/// Rows of the table `bounced`.
enum BouncedRows {
    /// Marks the addresses of a letter that did not get it; what a report says of others is passed over.
    static func note(_ bounces: [Arrival.Bounce], of letter: Int64, at instant: Instant, _ db: Database) throws {
        guard !bounces.isEmpty else { return }
        for bounce in bounces {
            try db.execute(
                sql:
                    "UPDATE letter_recipient SET state = 'failed', last_answer = :text WHERE letter = :letter AND lower(address) = :address AND state = 'sent'",
                arguments: ["text": bounce.diagnostic, "letter": letter, "address": bounce.address])
            if db.changesCount > 0 { try mark(bounce, at: instant, db) }
        }
        try db.execute(
            sql: """
                UPDATE letter SET state = 'failed', last_error = :text WHERE id = :letter
                  AND NOT EXISTS (SELECT 1 FROM letter_recipient WHERE letter = :letter AND state IN ('queued', 'sent'))
                """, arguments: ["text": bounces[0].diagnostic, "letter": letter])
    }

    /// From now on letters pass the address over.
    static func mark(_ bounce: Arrival.Bounce, at instant: Instant, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO bounced (address, since, last_at, status, diagnostic, count) VALUES (:address, :at, :at, :status, :text, 1)
                ON CONFLICT (address) DO UPDATE SET last_at = :at, status = :status, diagnostic = :text, count = count + 1
                """,
            arguments: ["address": bounce.address, "at": instant.milliseconds, "status": bounce.status, "text": bounce.diagnostic])
    }

    @discardableResult
    static func clear(_ address: String, _ db: Database) throws -> Bool {
        try db.execute(sql: "DELETE FROM bounced WHERE address = ?", arguments: [address])
        return db.changesCount > 0
    }
}
