import Crypto
import Foundation
import GRDB
import Glibc
import Model

/// What was built from a dump.
public struct Rebuilt: Hashable, Sendable {
    public let deliveries: Int
    public let values: Int
    public let rows: Int
}

extension Store {
    /// Builds a new database from the lines of a dump, delivery by delivery as they once came, so that figures and their history are the same.
    ///
    /// The file gets its name when the whole dump is in it and its sum is right; until then it is `path.part`, and a failure removes it.
    ///
    /// - Parameter next: the next line without its line end, nil at the end.
    /// - Throws: `inUse` when the file is there already; `corrupt` with the number of the line that is wrong.
    public static func build(_ path: String, from next: () throws -> Data?) async throws(StoreError) -> Rebuilt {
        let operation = "rebuilding"
        guard access(path, F_OK) != 0 else {
            throw StoreError(
                .inUse, operation: operation, path: path, cause: "the file is there already", vietnamese: "đã có sẵn tệp \(path)",
                hint: LocalizedText(vietnamese: "dựng vào một tệp mới", english: "build a new file"))
        }
        let part = path + ".part"
        for suffix in ["", "-wal", "-shm", ".lock"] { unlink(part + suffix) }
        defer { for suffix in ["", "-wal", "-shm", ".lock"] { unlink(part + suffix) } }
        let store = try Store(path: part, mode: .readWrite)
        do {
            // Nobody relies on the file before it has its name, and then it is synced as a whole.
            try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = OFF") }
            var builder = DumpReader()
            while true {
                var lines: [Data] = []
                while lines.count < 500, let bytes = try next() { lines.append(bytes) }
                guard !lines.isEmpty else { break }
                builder = try await store.pool.write { [builder, lines] db in
                    var builder = builder
                    for bytes in lines { try builder.apply(try builder.line(bytes), db) }
                    return builder
                }
            }
            let rebuilt = try builder.finished()
            try await store.pool.write(RecipientRows.fill)
            try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try store.close()
            FileOwner(of: path)?.give(to: part)
            try BackupFile(path: part).rename(to: path)
            return rebuilt
        } catch {
            throw StoreError(error, operation: operation, path: path)
        }
    }
}

/// Reads the lines of a dump into a database, in order.
private struct DumpReader: Sendable {
    private var number = 0
    private var hash = SHA256()
    private var hasEnded = false
    private var isBegun = false
    private var numbering = Numbering()
    private var deliveries = 0
    /// Deliveries that took another one back: their values stand again even where they are what a wrong delivery said too.
    private var retractions: Set<Int64> = []
    private var values = 0
    private var rows = 0

    /// The line as it stands, counted and summed up.
    mutating func line(_ bytes: Data) throws -> DumpLine {
        number += 1
        guard !hasEnded else { throw wrong("something stands after the last line") }
        let line: DumpLine
        do { line = try JSONDecoder().decode(DumpLine.self, from: bytes) } catch { throw wrong("it is no line of a dump") }
        if let end = line.end {
            let sum = RawBytes.hexadecimal(hash.finalize())
            guard end.lines == number - 1, end.sha256 == sum else { throw wrong("the lines before it are not those that were written") }
            hasEnded = true
        }
        hash.update(data: bytes)
        hash.update(data: Data([UInt8(ascii: "\n")]))
        return line
    }

    mutating func apply(_ line: DumpLine, _ db: Database) throws {
        if let head = line.dump {
            guard number == 1, head.format == DumpTables.form, head.schema <= Migrations.newest else {
                throw wrong(
                    "this is form \(head.format) of schema \(head.schema); this program reads form \(DumpTables.form) up to schema \(Migrations.newest)"
                )
            }
            isBegun = true
        } else if !isBegun {
            throw wrong("the first line is not the head of a dump")
        } else if let delivery = line.delivery {
            try insert(delivery, into: "delivery", db)
            deliveries += 1
            if delivery["source"] == .text(Retraction.source), case .integer(let id)? = delivery["id"] { retractions.insert(id) }
        } else if let values = line.values {
            try add(values, db)
        } else if let removed = line.removed {
            try take(removed, db)
        } else if let row = line.row {
            guard DumpTables.names.contains(row.table) else { throw wrong("there is no table '\(row.table)'") }
            try insert(row.columns, into: row.table, db)
            rows += 1
        } else if let reporters = line.reporters {
            guard let measure = MeasureID(reporters.measure) else { throw wrong("'\(reporters.measure)' is no measure") }
            let id = try numbering.number(of: measure, db)
            for text in reporters.agencies {
                guard let agency = AgencyCode(text) else { throw wrong("'\(text)' is no agency") }
                try numbering.noteReporter(measure: id, agency: try numbering.number(of: agency, db), db)
            }
        } else if line.end == nil {
            throw wrong("it says nothing that is known")
        }
    }

    func finished() throws -> Rebuilt {
        guard hasEnded else { throw wrong("the dump ends too early") }
        return Rebuilt(deliveries: deliveries, values: values, rows: rows)
    }

    private mutating func add(_ values: DumpLine.Values, _ db: Database) throws {
        guard let measure = MeasureID(values.measure), values.span > 0, values.span < 40_000 else { throw wrong("its measure or span is none") }
        guard let at = try Int64.fetchOne(db, sql: "SELECT recorded_at FROM delivery WHERE id = ?", arguments: [values.delivery]) else {
            throw wrong("delivery \(values.delivery) was not told of before")
        }
        let id = DeliveryID(values.delivery)
        var observations: [Observation] = []
        for value in values.cells {
            guard let agency = AgencyCode(value.agency), let day = Day(value.start), Day.supported.contains(day) else {
                throw wrong("'\(value.agency)', '\(value.start)' is no agency and day")
            }
            let range = DayRange(start: day, span: Int(values.span))
            observations.append(Observation(cell: CellKey(agency: agency, measure: measure, range: range), value: value.value))
        }
        if retractions.contains(values.delivery) {
            let cells = values.cells.map { [$0.agency, $0.start] }
            try take(.init(delivery: values.delivery, measure: values.measure, span: values.span, cells: cells), db)
        }
        var writer = try CellWriter(db, numbering: numbering)
        try writer.store(observations, of: id, at: Instant(milliseconds: at))
        guard writer.outcome.unchanged == 0 else { throw wrong("it repeats a value that the dump has already") }
        numbering = writer.numbering
        try ReachRows.insert(id, writer.reaches, db)
        let digest = try Int64.fetchOne(db, sql: "SELECT digest FROM delivery WHERE id = ?", arguments: [id.number]) ?? 0
        try db.execute(
            sql: "UPDATE delivery SET digest = ? WHERE id = ?",
            arguments: [Int64(bitPattern: UInt64(bitPattern: digest) &+ writer.digest), id.number])
        self.values += observations.count
    }

    /// Buries the current value of cells that a delivery took away.
    private func take(_ removed: DumpLine.Removed, _ db: Database) throws {
        let book = try GRDB.Row.fetchOne(db, sql: "SELECT id FROM measure WHERE name = ?", arguments: [removed.measure])
        guard let measure: Int64 = book?["id"] else { throw wrong("'\(removed.measure)' is no measure of the lines before") }
        for cell in removed.cells {
            guard cell.count == 2, let day = Day(cell[1]),
                let agency = try Int64.fetchOne(db, sql: "SELECT id FROM agency WHERE code = ?", arguments: [cell[0]]),
                let row = try GRDB.Row.fetchOne(
                    db, sql: "SELECT value, delivery FROM cell WHERE measure = ? AND span = ? AND start = ? AND agency = ?",
                    arguments: [measure, removed.span, day.number, agency])
            else { throw wrong("it takes away a value that is not there") }
            let key: CellWriter.Key = (measure, removed.span, Int64(day.number), agency)
            try Retraction.bury(key, row["value"], of: DeliveryID(row["delivery"]), by: DeliveryID(removed.delivery), db)
            try Retraction.removeRow(key, db)
        }
    }

    private func insert(_ columns: [String: DumpValue], into table: String, _ db: Database) throws {
        let known = Set(try db.columns(in: table).map(\.name))
        let names = columns.keys.sorted()
        guard names.allSatisfy(known.contains) else { throw wrong("it has columns that the table '\(table)' does not have") }
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        do {
            try db.execute(
                sql: "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))",
                arguments: StatementArguments(names.map { columns[$0]?.databaseValue ?? .null }))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw wrong("it contradicts the rows before it")
        }
    }

    private func wrong(_ what: String) -> Refusal {
        Refusal(
            .corrupt, "line \(number): \(what)", vietnamese: "bản kết xuất sai ở dòng \(number) (\(what))",
            hint: LocalizedText(vietnamese: "kết xuất lại; chưa dựng gì", english: "export it again; nothing was built"))
    }
}
