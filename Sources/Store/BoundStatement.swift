import GRDB
import GRDBSQLite

/// A prepared statement that is bound and stepped through SQLite's C interface, for the two paths where every row counts: storing and reading
/// cells. GRDB's boxing of arguments and rows would halve their rate. It lives no longer than the database access it was made in.
struct BoundStatement {
    /// Keeps the handle below alive.
    private let statement: Statement
    private let handle: SQLiteStatement
    private let connection: SQLiteConnection

    /// Prepares it, or takes it from the connection's cache.
    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
        guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed") }
        self.connection = connection
        sqlite3_reset(handle)
    }

    /// Binds integers to `?1`, `?2`, … in this order.
    func bind(_ values: Int64...) {
        for (index, value) in values.enumerated() { sqlite3_bind_int64(handle, Int32(index + 1), value) }
    }

    func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, value) }

    func bind(optional value: Int64?, at index: Int32) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    /// Moves to the next row; false when there is none. Resets the statement then and on errors, so that it can be bound again.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        sqlite3_reset(handle)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)), message: String(cString: sqlite3_errmsg(connection)))
        }
        return false
    }

    /// Runs a statement that yields no rows.
    func run() throws { _ = try step() }

    /// Ends a query before its last row.
    func reset() { sqlite3_reset(handle) }

    /// Rows changed by the last run.
    var changes: Int { Int(sqlite3_changes(connection)) }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func blob(_ column: Int32) -> [UInt8] {
        guard let pointer = sqlite3_column_blob(handle, column) else { return [] }
        // Safe: the bytes are copied before the statement moves on.
        return Array(UnsafeRawBufferPointer(start: pointer, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func optionalInteger(_ column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }
}
