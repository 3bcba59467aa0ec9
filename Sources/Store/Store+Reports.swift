import GRDB
import Model

/// How many letters there were.
public struct LetterCounts: Hashable, Sendable {
    /// Handed over to a relay for at least one address since some instant.
    public let sent: Int
    /// Not handed over yet for some address.
    public let waiting: Int
}

extension Store {
    /// When each report was last written, by its name.
    public func writtenReports() throws(StoreError) -> [String: Instant] {
        try read("reading when reports were written") { db in
            let rows = try GRDB.Row.fetchAll(db, sql: "SELECT name, at FROM written_report")
            return Dictionary(rows.map { ($0["name"], Instant(milliseconds: $0["at"])) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// How many letters were sent since an instant, and how many wait now; all, or those to agencies.
    public func letterCounts(since instant: Instant, toAgenciesOnly: Bool) throws(StoreError) -> LetterCounts {
        try read("counting letters") { db in
            let letters = "SELECT count(*) FROM letter WHERE way = 'mail'\(toAgenciesOnly ? " AND agency IS NOT NULL" : "")"
            return LetterCounts(
                sent: try Int.fetchOne(db, sql: letters + " AND sent_at >= ?", arguments: [instant.milliseconds]) ?? 0,
                waiting: try Int.fetchOne(db, sql: letters + " AND state = 'queued'") ?? 0)
        }
    }
}

/// Rows of the table `written_report`.
enum ReportRows {
    static func mark(_ name: String, at instant: Instant, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO written_report (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at")
            .execute(arguments: [name, instant.milliseconds])
    }
}
