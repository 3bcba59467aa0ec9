import GRDB
import Model

extension Store {
    /// The newest deliveries first, of one source or of all.
    public func deliveries(source: String? = nil, limit: Int = 100) throws(StoreError) -> [DeliveryRecord] {
        try read("reading deliveries") { db in
            let sql = "SELECT * FROM delivery \(source == nil ? "" : "WHERE source = :source") ORDER BY id DESC LIMIT :limit"
            var arguments: StatementArguments = ["limit": limit]
            if let source { arguments += ["source": source] }
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: arguments).map(DeliveryRows.record)
        }
    }

    /// What is known of one delivery; nil when there is none of this number.
    public func delivery(_ id: DeliveryID) throws(StoreError) -> DeliveryRecord? {
        try read("reading delivery \(id)") { db in
            try GRDB.Row.fetchOne(db, sql: "SELECT * FROM delivery WHERE id = ?", arguments: [id.number]).map(DeliveryRows.record)
        }
    }

    /// The bytes as they came, checked against their SHA-256; nil when there is no such delivery or its bytes have been dropped.
    public func rawBytes(of id: DeliveryID) throws(StoreError) -> [UInt8]? {
        try read("reading the raw bytes of delivery \(id)") { db in
            let sql = "SELECT b.* FROM delivery d JOIN body b ON b.sha256 = d.sha256 WHERE d.id = ?"
            guard let row = try GRDB.Row.fetchOne(db, sql: sql, arguments: [id.number]) else { return nil }
            return try RawBytes.inflate(Blob(row["deflated"]).bytes, byteCount: row["byte_count"], sha256: Blob(row["sha256"]).bytes)
        }
    }

    /// Forgets raw bytes that no delivery since an instant has brought, and returns how many bodies went. The records of the deliveries
    /// stay. It works in small transactions, so that deliveries get in between; when it throws, a part may be done.
    public func dropRawBytes(receivedBefore instant: Instant) async throws(StoreError) -> Int {
        var dropped = 0
        while true {
            let step = try await write("dropping old raw bytes") { db in
                try db.execute(
                    sql: "DELETE FROM body WHERE id IN (SELECT id FROM body WHERE last_received < ? ORDER BY last_received LIMIT 100)",
                    arguments: [instant.milliseconds])
                return db.changesCount
            }
            dropped += step
            if step < 100 { return dropped }
        }
    }
}

/// Rows of the table `delivery` and the bodies they name.
enum DeliveryRows {
    /// Adds a delivery, numbered after all committed ones, and keeps its body unless the same bytes are kept already.
    static func insert(_ delivery: Delivery, body: RawBytes, _ db: Database) throws -> (id: DeliveryID, at: Instant) {
        let newest = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(recorded_at) FROM delivery")) ?? .min
        let at = max(newest, delivery.receivedAt.milliseconds)
        let sha256 = Blob(body.sha256)
        try db.cachedStatement(
            sql: """
                INSERT INTO delivery
                  (source, received_at, recorded_at, sha256, byte_count, media_type, asked_start, asked_end, imported_by, file_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            delivery.source, delivery.receivedAt.milliseconds, at, sha256, body.byteCount, delivery.mediaType,
            delivery.asked?.start.number, delivery.asked?.end.number, delivery.origin?.by, delivery.origin?.file,
        ])
        let id = DeliveryID(db.lastInsertedRowID)
        try db.cachedStatement(
            sql: """
                INSERT INTO body (sha256, byte_count, last_received, deflated) VALUES (?, ?, ?, ?)
                ON CONFLICT (sha256) DO UPDATE SET last_received = max(last_received, excluded.last_received)
                """
        ).execute(arguments: [sha256, body.byteCount, delivery.receivedAt.milliseconds, Blob(body.deflated)])
        return (id, Instant(milliseconds: at))
    }

    /// Writes down what became of a delivery's observations.
    static func update(_ id: DeliveryID, _ outcome: IngestOutcome, digest: UInt64, _ db: Database) throws {
        let sql = "UPDATE delivery SET stored = ?, unchanged = ?, restated = ?, refused = ?, digest = ? WHERE id = ?"
        try db.cachedStatement(sql: sql).execute(arguments: [
            outcome.stored, outcome.unchanged, outcome.restated, outcome.refused, Int64(bitPattern: digest), id.number,
        ])
    }

    /// The number of the last delivery recorded at or before an instant, 0 when there was none.
    static func last(at instant: Instant, _ db: Database) throws -> Int64 {
        let sql = "SELECT id FROM delivery WHERE recorded_at <= ? ORDER BY recorded_at DESC, id DESC LIMIT 1"
        return try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: [instant.milliseconds]) ?? 0
    }

    /// A row as a record.
    static func record(_ row: GRDB.Row) -> DeliveryRecord {
        let start: Int? = row["asked_start"]
        let end: Int? = row["asked_end"]
        let asked = start.flatMap { start in end.flatMap { DayRange(start: Day(number: start), end: Day(number: $0)) } }
        let by: String? = row["imported_by"]
        let file: String? = row["file_name"]
        return DeliveryRecord(
            id: DeliveryID(row["id"]), source: row["source"], receivedAt: Instant(milliseconds: row["received_at"]),
            sha256: RawBytes.hexadecimal(Blob(row["sha256"]).bytes), byteCount: row["byte_count"], mediaType: row["media_type"], asked: asked,
            outcome: IngestOutcome(stored: row["stored"], unchanged: row["unchanged"], restated: row["restated"], refused: row["refused"]),
            retractedBy: (row["retracted_by"] as Int64?).map { DeliveryID($0) },
            origin: by.map { ImportOrigin(by: $0, file: file ?? "") })
    }
}
