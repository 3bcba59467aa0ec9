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
            while let row = try deliveries.next() {
                var columns = Store.columns(row)
                columns["digest"] = nil  // It rests on numbers that another file gives anew.
                try writer.add(DumpLine(delivery: columns))
                try addValues(of: row["id"], book, to: &writer, db)
                if row["source"] as String == Retraction.source { try addRemovals(by: row["id"], book, to: &writer, db) }
            }
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

    /// What one delivery brought, replaced since or not, found by its reach.
    private func addValues(of delivery: Int64, _ book: CodeBook, to writer: inout DumpWriter, _ db: Database) throws {
        let reaches = try GRDB.Row.fetchAll(db, sql: "SELECT * FROM delivery_reach WHERE delivery = ?", arguments: [delivery])
            .map {
                (
                    measure: try book.measure($0["measure"]), number: $0["measure"] as Int64, span: $0["span"] as Int64, first: $0["first"] as Int64,
                    last: $0["last"] as Int64
                )
            }
            .sorted { ($0.measure, $0.span) < ($1.measure, $1.span) }
        for reach in reaches {
            let range = DayRange(start: Day(number: Int(reach.first)), span: Int(reach.last - reach.first + reach.span))
            let reader = CellReader(db: db, book: book, range: range, agencies: nil, lastDelivery: nil)
            var values: [DumpLine.Value] = []
            for (agency, cells) in try reader.cells(of: reach.number) {
                for cell in cells where cell.delivery.number == delivery && cell.range.span == Int(reach.span) {
                    values.append(.init(agency: agency.text, start: cell.range.start.description, value: cell.value))
                }
            }
            let replaced = try BoundStatement(
                db, "SELECT start, agency, value, delivery FROM cell_history WHERE measure = ?1 AND span = ?2 AND start BETWEEN ?3 AND ?4")
            replaced.bind(reach.number, reach.span, reach.first, reach.last)
            while try replaced.step() {
                guard replaced.integer(3) == delivery else { continue }
                let day = Day(number: Int(replaced.integer(0)))
                values.append(.init(agency: try book.agency(replaced.integer(1)).text, start: day.description, value: replaced.optionalInteger(2)))
            }
            values.sort { ($0.start, $0.agency) < ($1.start, $1.agency) }
            for start in stride(from: 0, to: values.count, by: 1000) {
                let part = Array(values[start..<min(start + 1000, values.count)])
                try writer.add(DumpLine(values: .init(delivery: delivery, measure: reach.measure.text, span: reach.span, cells: part)))
            }
        }
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
