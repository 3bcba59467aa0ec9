import GRDB
import GRDBSQLite

/// One number a table that stands for all of its rows, kept in step by triggers, so that a bit that changed on disk is found years later.
///
/// Figures and their history are left out: the digests of deliveries stand for them, and they are too many to be added up one by one. Large
/// bytes that have a checksum in their own row are left out too. Seals find damage, not forgery: whoever can write the file can write them.
enum Seals {
    /// The digest of an empty table is 0; a row is added and taken away by the same operation, exclusive or.
    static let table = "CREATE TABLE seal (name TEXT PRIMARY KEY, digest INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

    private static let unsealed: Set<String> = ["cell", "cell_history", "seal", "grdb_migrations"]
    private static let unsealedColumns: [String: Set<String>] = ["body": ["deflated"], "block": ["bytes"]]

    /// Seals every table as it is now and as it will be changed. The last step of each migration: a table or column that it brought is sealed from
    /// then on.
    static func renew(_ db: Database) throws {
        for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'seal\\_%' ESCAPE '\\'") {
            try db.execute(sql: "DROP TRIGGER \(name)")
        }
        try db.execute(sql: "DELETE FROM seal")
        for table in try tables(db) {
            try db.execute(sql: "INSERT INTO seal (name, digest) VALUES (?, ?)", arguments: [table, try digest(of: table, db)])
            let columns = try columns(of: table, db)
            func change(_ event: String, _ rows: [String]) -> String {
                let sum = rows.reduce("digest") { sum, row in "seal(\(sum), \(columns.map { "\(row).\($0)" }.joined(separator: ", ")))" }
                return """
                    CREATE TRIGGER seal_\(table)_\(event) AFTER \(event) ON \(table)
                    BEGIN UPDATE seal SET digest = \(sum) WHERE name = '\(table)'; END
                    """
            }
            try db.execute(sql: change("insert", ["NEW"]))
            try db.execute(sql: change("delete", ["OLD"]))
            try db.execute(sql: change("update", ["OLD", "NEW"]))
        }
    }

    /// What is wrong, one sentence each: tables whose rows are not those that were written, and a schema that no program of ours made.
    static func problems(_ db: Database) throws -> [String] {
        let kept = Dictionary(
            try GRDB.Row.fetchAll(db, sql: "SELECT name, digest FROM seal").map { ($0["name"] as String, $0["digest"] as Int64) },
            uniquingKeysWith: { first, _ in first })
        var problems: [String] = []
        for table in try tables(db) where try digest(of: table, db) != kept[table] {
            problems.append("table \(table): its rows are not those that were written")
        }
        if try schema(db) != freshSchema() { problems.append("the schema is not the one of version \(Migrations.newest)") }
        return problems
    }

    /// The digest of all rows of a table as they are.
    private static func digest(of table: String, _ db: Database) throws -> Int64 {
        let sql = "SELECT seal(0, \(try columns(of: table, db).joined(separator: ", "))) FROM \(table)"
        var digest: Int64 = 0
        let rows = try Int64.fetchCursor(db, sql: sql)
        while let row = try rows.next() { digest ^= row }
        return digest
    }

    private static func tables(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
            .filter { !unsealed.contains($0) }
    }

    private static func columns(of table: String, _ db: Database) throws -> [String] {
        try db.columns(in: table).map(\.name).filter { !(unsealedColumns[table]?.contains($0) ?? false) }
    }

    private static func schema(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
            + String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
    }

    private static func freshSchema() throws -> [String] {
        var configuration = Configuration()
        configuration.prepareDatabase { try Seals.register($0) }
        let queue = try DatabaseQueue(configuration: configuration)
        try Migrations.migrator.migrate(queue)
        return try queue.read(schema)
    }
}

extension Seals {
    /// Gives a connection the function `seal(digest, value, …)`: the digest with one row added, or taken away when it was in.
    static func register(_ db: Database) throws {
        // Innocuous, because triggers may call nothing else while the schema is not trusted; it has no effect but its answer.
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | 0x0020_0000
        let code = sqlite3_create_function_v2(
            db.sqliteConnection, "seal", -1, flags, nil,
            { context, count, values in
                // SQLite passes `count` values that live as long as the call.
                guard count > 0, let values else { return sqlite3_result_error_code(context, SQLITE_MISUSE) }
                var row: UInt64 = 0
                for index in 1..<max(1, Int(count)) { row = RowDigest.add(values[index], to: row) }
                sqlite3_result_int64(context, sqlite3_value_int64(values[0]) ^ Int64(bitPattern: row))
            }, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "the function seal cannot be registered")
        }
    }
}

/// A number that stands for the values of one row, in their order and with their types.
private enum RowDigest {
    static func add(_ value: OpaquePointer?, to digest: UInt64) -> UInt64 {
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: CellDigest.mix(CellDigest.mix(digest ^ 1) ^ UInt64(bitPattern: sqlite3_value_int64(value)))
        case SQLITE_NULL: CellDigest.mix(digest ^ 5)
        case SQLITE_FLOAT: CellDigest.mix(CellDigest.mix(digest ^ 2) ^ sqlite3_value_double(value).bitPattern)
        case SQLITE_TEXT: add(bytes: sqlite3_value_blob(value), sqlite3_value_bytes(value), to: CellDigest.mix(digest ^ 3))
        default: add(bytes: sqlite3_value_blob(value), sqlite3_value_bytes(value), to: CellDigest.mix(digest ^ 4))
        }
    }

    /// Eight bytes at a time; the length goes in first, so that zeros at the end count.
    private static func add(bytes: UnsafeRawPointer?, _ count: Int32, to digest: UInt64) -> UInt64 {
        var digest = CellDigest.mix(digest ^ UInt64(count))
        // SQLite's bytes live as long as the call; an empty text has no address.
        let buffer = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(count))
        var index = 0
        while index + 8 <= buffer.count {
            digest = CellDigest.mix(digest ^ UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index += 8
        }
        var rest: UInt64 = 0
        while index < buffer.count {
            rest = rest << 8 | UInt64(buffer[index])
            index += 1
        }
        return CellDigest.mix(digest ^ rest)
    }
}
