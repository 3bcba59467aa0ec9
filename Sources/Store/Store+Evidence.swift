import GRDB
import Model

extension Store {
    /// Which of some deliveries still have their raw bytes.
    public func keptBodies(of ids: [DeliveryID]) throws(StoreError) -> Set<DeliveryID> {
        try read("looking for raw bytes") { db in
            let statement = try db.cachedStatement(sql: "SELECT 1 FROM delivery d JOIN body b ON b.sha256 = d.sha256 WHERE d.id = ?")
            return try Set(ids.filter { try Int.fetchOne(statement, arguments: [$0.number]) != nil })
        }
    }

    /// The newest deliveries of a source that had been recorded by an instant, the newest first.
    public func deliveries(source: String, asOf instant: Instant, limit: Int) throws(StoreError) -> [DeliveryRecord] {
        try read("reading deliveries") { db in
            let sql = "SELECT * FROM delivery WHERE source = ? AND id <= ? ORDER BY id DESC LIMIT ?"
            let last = try DeliveryRows.last(at: instant, db)
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: [source, last, limit]).map(DeliveryRows.record)
        }
    }
}
