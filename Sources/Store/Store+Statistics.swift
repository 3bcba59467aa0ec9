import GRDB

/// How much the store holds, for `dondoc status`.
public struct StoreStatistics: Hashable, Sendable, Codable {
    /// Current values, in rows and packed. One restated after it was packed counts twice until it is packed again.
    public let cells: Int
    /// Those of them that are packed.
    public let packedCells: Int
    /// Values that were replaced.
    /// The bytes that these take, without the rest of their pages.
    public let packedBytes: Int
    public let replacedCells: Int
    public let deliveries: Int
    /// Distinct raw bodies that retention has not dropped, and what they take on disk.
    public let bodies: Int
    public let bodyBytes: Int
    public let transitions: Int
    public let letters: Int
    public let findings: Int
    /// The file as it is on disk, with room that can be used again.
    public let fileBytes: Int
    /// The part of it that is free for new rows.
    public let freeBytes: Int
    public let schemaVersion: Int
}

extension Store {
    /// Counts everything; it reads the whole index of cells, so it is for people, not for a loop.
    public func statistics() throws(StoreError) -> StoreStatistics {
        try read("counting what is stored") { db in
            let count = { (table: String) throws -> Int in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0 }
            let pragma = { (name: String) throws -> Int in try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0 }
            let pageSize = try pragma("page_size")
            let sum = { (terms: String) throws -> Int in try Int.fetchOne(db, sql: "SELECT coalesce(sum(\(terms)), 0) FROM block") ?? 0 }
            let packed = try sum("cells")
            return StoreStatistics(
                cells: try count("cell") + packed, packedCells: packed, packedBytes: try sum("length(bytes)"),
                replacedCells: try count("cell_history"), deliveries: try count("delivery"), bodies: try count("body"),
                bodyBytes: try Int.fetchOne(db, sql: "SELECT coalesce(sum(length(deflated)), 0) FROM body") ?? 0,
                transitions: try count("transition"), letters: try count("letter"), findings: try count("finding"),
                fileBytes: try pragma("page_count") * pageSize, freeBytes: try pragma("freelist_count") * pageSize,
                schemaVersion: try Migrations.version(db))
        }
    }
}
