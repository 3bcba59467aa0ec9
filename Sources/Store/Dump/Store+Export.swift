import Crypto
import Foundation
import GRDB
import Model

extension Store {
    /// Hands over the whole database as lines of JSON, on one committed state, in constant memory. Equal databases give equal bytes.
    ///
    /// - Parameters:
    ///   - includesRaw: whether the raw bytes of deliveries are part of it.
    ///   - write: takes some bytes at a time; what it throws ends the export.
    public func export(includesRaw: Bool = true, to write: @escaping (Data) throws -> Void) throws(StoreError) {
        try read("exporting") { db in
            var writer = DumpWriter(write: write)
            let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM delivery") ?? 0
            try writer.add(DumpLine(dump: .init(format: DumpTables.form, schema: Migrations.newest, lastDelivery: last)))
            let book = try codeBook(db)
            let deliveries = try GRDB.Row.fetchCursor(db, sql: "SELECT * FROM delivery ORDER BY id")
            var batch = DumpBatch()
            while let row = try deliveries.next() {
                batch.append(row.copy())
                if batch.isFull { try add(&batch, book, to: &writer, db) }
            }
            try add(&batch, book, to: &writer, db)
            for (measure, number) in book.measureNumbers.sorted(by: { $0.key < $1.key }) {
                let agencies = try Int64.fetchAll(db, sql: "SELECT agency FROM reporter WHERE measure = ?", arguments: [number])
                let codes = try agencies.map { try book.agency($0).text }.sorted()
                if !codes.isEmpty { try writer.add(DumpLine(reporters: .init(measure: measure.text, agencies: codes))) }
            }
            for (table, order) in DumpTables.ordered where includesRaw || table != "body" {
                let rows = try GRDB.Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY \(order)")
                while let row = try rows.next() { try writer.add(DumpLine(row: .init(table: table, columns: Store.columns(row)))) }
            }
            try writer.finish()
        }
    }

    private static func columns(_ row: GRDB.Row) -> [String: DumpValue] {
        Dictionary(uniqueKeysWithValues: row.map { ($0.0, DumpValue($0.1)) })
    }

    /// What a retraction took away for which nothing had been there before: buried by it, and without a value from it.
    private func addRemovals(by delivery: Int64, _ book: CodeBook, to writer: inout DumpWriter, _ db: Database) throws {
        let rows = try GRDB.Row.fetchAll(
            db, sql: "SELECT * FROM cell_history WHERE replaced_by = ? ORDER BY measure, span, start, agency", arguments: [delivery])
        var removed: [String: DumpLine.Removed] = [:]
        for row in rows {
            let measure = try book.measure(row["measure"])
            let cell = CellKey(
                agency: try book.agency(row["agency"]), measure: measure, range: DayRange(start: Day(number: row["start"]), span: row["span"]))
            if try hasValue(of: cell, from: delivery, row, db) { continue }
            let key = "\(measure) \(row["span"] as Int64)"
            removed[key, default: .init(delivery: delivery, measure: measure.text, span: row["span"], cells: [])].cells
                .append([cell.agency.text, cell.range.start.description])
        }
        for (_, line) in removed.sorted(by: { $0.key < $1.key }) {
            try writer.add(
                DumpLine(
                    removed: .init(
                        delivery: line.delivery, measure: line.measure, span: line.span, cells: line.cells.sorted { $0.lexicographicallyPrecedes($1) }
                    )))
        }
    }

    private func hasValue(of cell: CellKey, from delivery: Int64, _ row: GRDB.Row, _ db: Database) throws -> Bool {
        let key: StatementArguments = [row["measure"] as Int64, row["span"] as Int64, row["start"] as Int64, row["agency"] as Int64, delivery]
        for table in ["cell", "cell_history"] {
            let sql = "SELECT 1 FROM \(table) WHERE measure = ? AND span = ? AND start = ? AND agency = ? AND delivery = ?"
            if try Int.fetchOne(db.cachedStatement(sql: sql), arguments: key) != nil { return true }
        }
        var places = PackedPlaces()
        return try places.cell((row["measure"], row["span"], row["start"], row["agency"]), db)?.delivery == delivery
    }

    /// Writes the deliveries of a batch, each with what it brought, and empties it.
    private func add(_ batch: inout DumpBatch, _ book: CodeBook, to writer: inout DumpWriter, _ db: Database) throws {
        let values = try batch.values(book, db)
        for row in batch.rows {
            var columns = Store.columns(row)
            columns["digest"] = nil  // It rests on numbers that another file gives anew.
            try writer.add(DumpLine(delivery: columns))
            let id: Int64 = row["id"]
            for (series, own) in (values[id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let sorted = own.sorted { ($0.start, $0.agency) < ($1.start, $1.agency) }
                for start in stride(from: 0, to: sorted.count, by: 1000) {
                    let part = Array(sorted[start..<min(start + 1000, sorted.count)])
                    try writer.add(DumpLine(values: .init(delivery: id, measure: series.measure.text, span: series.span, cells: part)))
                }
            }
            if row["source"] as String == Retraction.source { try addRemovals(by: id, book, to: &writer, db) }
        }
        batch = DumpBatch()
    }
}

/// Deliveries that follow each other, whose values are read together: many small ones speak of the same days, and reading these once for each
/// would take time by the square of their number.
private struct DumpBatch {
    /// The values of one measure over intervals of one length.
    struct Series: Hashable, Comparable {
        let measure: MeasureID
        let span: Int64

        static func < (left: Series, right: Series) -> Bool { (left.measure, left.span) < (right.measure, right.span) }
    }

    private(set) var rows: [GRDB.Row] = []
    private var changes: Int64 = 0

    /// Bounds what is held in memory; a delivery of more values is a batch of its own.
    var isFull: Bool { rows.count >= 512 || changes >= 20_000 }

    mutating func append(_ row: GRDB.Row) {
        rows.append(row)
        changes += (row["stored"] as Int64) + (row["restated"] as Int64)
    }

    /// What each delivery brought, replaced since or not, found by their reaches.
    func values(_ book: CodeBook, _ db: Database) throws -> [Int64: [Series: [DumpLine.Value]]] {
        guard let first: Int64 = rows.first?["id"], let last: Int64 = rows.last?["id"] else { return [:] }
        var values: [Int64: [Series: [DumpLine.Value]]] = [:]
        let sql = "SELECT measure, span, first, last FROM delivery_reach WHERE delivery BETWEEN ? AND ? ORDER BY measure, span, first"
        var reaches: [(measure: Int64, span: Int64, starts: ClosedRange<Int64>)] = []
        for row in try GRDB.Row.fetchAll(db, sql: sql, arguments: [first, last]) {
            let (low, high): (Int64, Int64) = (row["first"], row["last"])
            let starts = low...high
            if let before = reaches.last, before.measure == row["measure"], before.span == row["span"],
                starts.lowerBound <= before.starts.upperBound + 1
            {
                reaches[reaches.count - 1].starts = before.starts.lowerBound...max(before.starts.upperBound, starts.upperBound)
            } else {
                reaches.append((row["measure"], row["span"], starts))
            }
        }
        for reach in reaches {
            let series = Series(measure: try book.measure(reach.measure), span: reach.span)
            let span = reach.starts.upperBound - reach.starts.lowerBound + reach.span
            let range = DayRange(start: Day(number: Int(reach.starts.lowerBound)), span: Int(span))
            let reader = CellReader(db: db, book: book, range: range, agencies: nil, lastDelivery: nil)
            for (agency, cells) in try reader.cells(of: reach.measure) {
                for cell in cells where (first...last).contains(cell.delivery.number) && cell.range.span == Int(reach.span) {
                    values[cell.delivery.number, default: [:]][series, default: []]
                        .append(.init(agency: agency.text, start: cell.range.start.description, value: cell.value))
                }
            }
            let replaced = try BoundStatement(
                db, "SELECT start, agency, value, delivery FROM cell_history WHERE measure = ?1 AND span = ?2 AND start BETWEEN ?3 AND ?4")
            replaced.bind(reach.measure, reach.span, reach.starts.lowerBound, reach.starts.upperBound)
            while try replaced.step() {
                let delivery = replaced.integer(3)
                guard (first...last).contains(delivery) else { continue }
                let day = Day(number: Int(replaced.integer(0)))
                values[delivery, default: [:]][series, default: []]
                    .append(.init(agency: try book.agency(replaced.integer(1)).text, start: day.description, value: replaced.optionalInteger(2)))
            }
        }
        return values
    }
}

/// Writes lines and sums them up.
private struct DumpWriter {
    let write: (Data) throws -> Void
    private let encoder: JSONEncoder
    private var lines = 0
    private var hash = SHA256()

    init(write: @escaping (Data) throws -> Void) {
        self.write = write
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    mutating func add(_ line: DumpLine) throws {
        var bytes = try encoder.encode(line)
        bytes.append(UInt8(ascii: "\n"))
        hash.update(data: bytes)
        lines += 1
        try write(bytes)
    }

    func finish() throws {
        var bytes = try encoder.encode(DumpLine(end: .init(lines: lines, sha256: RawBytes.hexadecimal(hash.finalize()))))
        bytes.append(UInt8(ascii: "\n"))
        try write(bytes)
    }
}
