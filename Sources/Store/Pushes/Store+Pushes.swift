import GRDB
import Model

extension Store {
    /// Records pushes, each as a delivery of its own, in one transaction that is on disk when this returns: group commit.
    ///
    /// Two pushes of one batch that name the same idempotency key become one delivery. When the batch fails by the fault of one of its pushes
    /// it is tried again in halves, so that a bad one does not fail its neighbours and a good batch pays for no savepoints. What the disk, a lock or the
    /// shutdown refuses is refused to all.
    ///
    /// - Returns: an outcome for each push, in their order.
    public func record(pushes: [PushRecord]) async -> [PushOutcome] {
        guard !pushes.isEmpty else { return [] }
        do throws(StoreError) {
            return try await recordTogether(pushes)
        } catch {
            guard pushes.count > 1, error.kind != .full, error.kind != .busy, error.kind != .cancelled else {
                return pushes.map { _ in .failed(error) }
            }
            let middle = pushes.count / 2
            let first = await record(pushes: Array(pushes[..<middle]))
            return first + (await record(pushes: Array(pushes[middle...])))
        }
    }

    /// What a push under an idempotency key became before; nil when its source has not used the key, or its delivery was taken back.
    public func earlierPush(source: String, key: String, body: PushBody) throws(StoreError) -> PushOutcome? {
        try read("looking for an earlier push") { db in try PushRows.earlier(source: source, key: key, sha256: body.raw.sha256, db) }
    }

    /// What was refused of a push, for as long as it is kept: all under an idempotency key, the first ones without one.
    public func refusals(of delivery: DeliveryID) throws(StoreError) -> [PushRefusal] {
        try read("reading what was refused of delivery \(delivery)") { db in try PushRows.refusals(of: delivery, db) }
    }

    /// Forgets idempotency keys, and what was refused without one, that were used before an instant, in small transactions, and returns how many went.
    public func dropPushKeys(usedBefore instant: Instant) async throws(StoreError) -> Int {
        var dropped = 0
        while true {
            let step = try await write("dropping old idempotency keys") { db in
                try db.execute(
                    sql: "DELETE FROM push_key WHERE (sender, key) IN (SELECT sender, key FROM push_key WHERE at < ? ORDER BY at LIMIT 1000)",
                    arguments: [instant.milliseconds])
                return db.changesCount
            }
            dropped += step
            if step < 1000 { return dropped }
        }
    }

    /// The newest delivery of every source that pushes, by the sender's name.
    public func lastPushes() throws(StoreError) -> [String: DeliveryRecord] {
        try read("reading the last pushes") { db in
            // From one source to the next through the index: the rows between are not read.
            let sql = """
                WITH RECURSIVE pusher (source) AS (
                  SELECT min(source) FROM delivery WHERE source >= 'push:' AND source < 'push;'
                  UNION ALL
                  SELECT (SELECT min(source) FROM delivery WHERE source > pusher.source AND source < 'push;') FROM pusher WHERE source IS NOT NULL
                )
                SELECT d.* FROM pusher JOIN delivery d ON d.id = (SELECT max(id) FROM delivery WHERE source = pusher.source)
                """
            let records = try GRDB.Row.fetchAll(db, sql: sql).map(DeliveryRows.record)
            return Dictionary(records.map { (String($0.source.dropFirst("push:".count)), $0) }, uniquingKeysWith: { _, newer in newer })
        }
    }

    private func recordTogether(_ pushes: [PushRecord]) async throws(StoreError) -> [PushOutcome] {
        let operation = pushes.count == 1 ? "recording a push of '\(pushes[0].delivery.source)'" : "recording \(pushes.count) pushes"
        let (outcomes, numbering) = try await write(operation) { [self] db in
            var writer = try CellWriter(db, numbering: takeNumbering())
            let outcomes = try pushes.map { try writer.record($0) }
            return (outcomes, writer.numbering)
        }
        committed.withLock { $0 = numbering }
        return outcomes
    }
}

extension CellWriter {
    /// Stores a push, unless its idempotency key has been used.
    fileprivate mutating func record(_ push: PushRecord) throws -> PushOutcome {
        let source = push.delivery.source
        if let key = push.idempotencyKey, let earlier = try PushRows.earlier(source: source, key: key, sha256: push.body.raw.sha256, db) {
            return earlier
        }
        let recorded = try record(
            NewDelivery(
                delivery: push.delivery, body: push.body.raw, observations: push.observations, findings: push.findings,
                refused: push.refused.count, doubts: push.doubts))
        if let key = push.idempotencyKey {
            try PushRows.remember(key, refused: push.refused, of: push, as: recorded.id, db)
        } else if push.keepsRefusals, !push.refused.isEmpty {
            let first = Array(push.refused.prefix(PushRows.mostRefusals))
            try PushRows.remember(PushRows.key(of: recorded.id), refused: first, of: push, as: recorded.id, db)
        }
        return .recorded(recorded)
    }
}

/// Rows of the table `push_key`: what pushes under an idempotency key became, and what was refused of others.
enum PushRows {
    /// How many refusals are kept of a push without a key.
    static let mostRefusals = 100

    /// The row of a push without a key; with its blank it is no key that a sender can give.
    static func key(of delivery: DeliveryID) -> String { "delivery \(delivery)" }

    static func refusals(of delivery: DeliveryID, _ db: Database) throws -> [PushRefusal] {
        // By the moment, of which there is an index.
        let sql = "SELECT k.refused FROM delivery d JOIN push_key k ON k.at = d.received_at AND k.delivery = d.id WHERE d.id = ?"
        guard let text = try String.fetchOne(db.cachedStatement(sql: sql), arguments: [delivery.number]) else { return [] }
        return try JSONText.decode([PushRefusal].self, from: text)
    }

    /// What the push under this key became; nil when the key is new, or free again because the delivery was taken back: its receipt holds no more.
    static func earlier(source: String, key: String, sha256: [UInt8], _ db: Database) throws -> PushOutcome? {
        let sql = """
            SELECT k.sha256, k.refused AS refusals, d.id, d.stored, d.unchanged, d.restated, d.refused
            FROM push_key k JOIN delivery d ON d.id = k.delivery WHERE k.sender = ? AND k.key = ? AND d.retracted_by IS NULL
            """
        guard let row = try GRDB.Row.fetchOne(db.cachedStatement(sql: sql), arguments: [source, key]) else { return nil }
        guard Blob(row["sha256"]).bytes == sha256 else { return .keyReused }
        let outcome = IngestOutcome(stored: row["stored"], unchanged: row["unchanged"], restated: row["restated"], refused: row["refused"])
        let refused = try JSONText.decode([PushRefusal].self, from: row["refusals"])
        return .repeated(StoredPush(id: DeliveryID(row["id"]), outcome: outcome, refused: refused))
    }

    static func remember(_ key: String, refused: [PushRefusal], of push: PushRecord, as id: DeliveryID, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO push_key (sender, key, sha256, delivery, refused, at) VALUES (?, ?, ?, ?, ?, ?)").execute(
            arguments: [
                push.delivery.source, key, Blob(push.body.raw.sha256), id.number, try JSONText.encode(refused),
                push.delivery.receivedAt.milliseconds,
            ])
    }
}
