import GRDB
import Model

/// One value that a cell has or had.
public struct Revision: Hashable, Sendable, Codable {
    public let value: Int64?
    public let delivery: DeliveryID
    /// From when on it was the cell's value.
    public let recordedAt: Instant
    /// The delivery that put another value in its place, or took it away; nil while it is the cell's value.
    public var replacedBy: DeliveryID?

    public init(value: Int64?, delivery: DeliveryID, recordedAt: Instant, replacedBy: DeliveryID? = nil) {
        self.value = value
        self.delivery = delivery
        self.recordedAt = recordedAt
        self.replacedBy = replacedBy
    }
}

extension Store {
    /// The cells that lie wholly inside an interval, for all agencies or for some, as they are known now or were known at an instant.
    public func cells(
        of measures: [MeasureID], in range: DayRange, agencies: Set<AgencyCode>? = nil, asOf instant: Instant? = nil
    ) throws(StoreError) -> CellTable {
        try read("reading figures") { db in
            let book = try codeBook(db)
            let numbers = agencies?.compactMap { book.agencyNumbers[$0].map { Int($0) } }.sorted()
            let reader = CellReader(
                db: db, book: book, range: range, agencies: numbers, lastDelivery: try instant.map { try DeliveryRows.last(at: $0, db) })
            var table: [MeasureID: [AgencyCode: [Cell]]] = [:]
            for measure in measures where table[measure] == nil {
                guard let number = book.measureNumbers[measure] else { continue }
                table[measure] = try reader.cells(of: number)
            }
            return CellTable(table)
        }
    }

    /// Every value a cell has had, oldest first; empty when nothing was ever delivered for it.
    public func history(of cell: CellKey) throws(StoreError) -> [Revision] {
        try read("reading the history of a figure") { db in
            let key: StatementArguments = [
                "measure": cell.measure.text, "agency": cell.agency.text, "span": cell.range.span, "start": cell.range.start.number,
            ]
            let matching = """
                measure = (SELECT id FROM measure WHERE name = :measure) AND agency = (SELECT id FROM agency WHERE code = :agency)
                AND span = :span AND start = :start
                """
            let sql = """
                SELECT r.value, r.delivery, d.recorded_at, r.replaced_by FROM (
                  SELECT value, delivery, replaced_by FROM cell_history WHERE \(matching)
                  UNION ALL SELECT value, delivery, NULL FROM cell WHERE \(matching)
                ) r JOIN delivery d ON d.id = r.delivery ORDER BY r.delivery
                """
            var revisions = try GRDB.Row.fetchAll(db, sql: sql, arguments: key).map { row in
                let replacedBy: Int64? = row["replaced_by"]
                return Revision(
                    value: row["value"], delivery: DeliveryID(row["delivery"]), recordedAt: Instant(milliseconds: row["recorded_at"]),
                    replacedBy: replacedBy.map { DeliveryID($0) })
            }
            // A row hides what is packed below it until both are packed together.
            let isRow = try Int.fetchOne(db, sql: "SELECT 1 FROM cell WHERE \(matching)", arguments: key) != nil
            if !isRow, let packed = try packed(cell, db) {
                let at = try Int64.fetchOne(db, sql: "SELECT recorded_at FROM delivery WHERE id = ?", arguments: [packed.delivery]) ?? 0
                revisions.append(Revision(value: packed.value, delivery: DeliveryID(packed.delivery), recordedAt: Instant(milliseconds: at)))
            }
            return revisions
        }
    }

    private func packed(_ cell: CellKey, _ db: Database) throws -> PackedCell? {
        let numbers = try GRDB.Row.fetchOne(
            db, sql: "SELECT m.id AS measure, a.id AS agency FROM measure m, agency a WHERE m.name = ? AND a.code = ?",
            arguments: [cell.measure.text, cell.agency.text])
        guard let numbers else { return nil }
        var places = PackedPlaces()
        return try places.cell((numbers["measure"], Int64(cell.range.span), Int64(cell.range.start.number), numbers["agency"]), db)
    }

    /// The earliest day that any cell of these measures covers; nil when there are none.
    public func firstDay(of measures: [MeasureID]) throws(StoreError) -> Day? {
        try read("looking for the first figure") { db in
            let book = try codeBook(db)
            var first: Int?
            for grain in try measures.compactMap({ book.measureNumbers[$0] }).flatMap({ try Grain.all(of: $0, db) }) {
                let sql = """
                    SELECT min(first) FROM (
                      SELECT min(start) AS first FROM cell WHERE measure = :measure AND span = :span UNION ALL
                      SELECT first FROM (SELECT first FROM block WHERE measure = :measure AND span = :span AND slot = (
                        SELECT min(slot) FROM block WHERE measure = :measure AND span = :span)))
                    """
                guard let start = try Int.fetchOne(db, sql: sql, arguments: ["measure": grain.measure, "span": grain.span]) else { continue }
                first = min(first ?? start, start)
            }
            return first.map { Day(number: $0) }
        }
    }

    /// For each agency the last day, not after `until`, of a cell whose value is above zero. Agencies without one are left out.
    public func lastDayAboveZero(_ measure: MeasureID, until: Day) throws(StoreError) -> [AgencyCode: Day] {
        try read("looking for the last figure above zero") { db in
            let book = try codeBook(db)
            guard let number = book.measureNumbers[measure] else { return [:] }
            let reporting = try Int.fetchOne(db, sql: "SELECT count(*) FROM reporter WHERE measure = ?", arguments: [number]) ?? 0
            let sql = "SELECT agency, start FROM cell WHERE measure = ?1 AND span = ?2 AND start <= ?3 AND value > 0 ORDER BY start DESC"
            let newestFirst = try BoundStatement(db, sql)
            var last: [Int64: Int] = [:]
            for grain in try Grain.all(of: number, db) {
                var found: Set<Int64> = []
                newestFirst.bind(number, grain.span, Int64(until.number) + 1 - grain.span)
                // In a healthy province the newest days already answer for everybody.
                while found.count < reporting, try newestFirst.step() {
                    let agency = newestFirst.integer(0)
                    guard found.insert(agency).inserted else { continue }
                    last[agency] = max(last[agency] ?? .min, Int(newestFirst.integer(1) + grain.span) - 1)
                }
                newestFirst.reset()
                try LastDays(grain: grain, until: Int64(until.number), reporting: reporting).addPacked(to: &last, db)
            }
            return try last.reduce(into: [:]) { $0[try book.agency($1.key)] = Day(number: $1.value) }
        }
    }

    /// The agencies that have ever delivered a known value of each measure. "Known to be unknown" is not a figure and does not count.
    public func reportedEver(_ measures: [MeasureID]) throws(StoreError) -> [MeasureID: Set<AgencyCode>] {
        try read("looking for who has reported") { db in
            let book = try codeBook(db)
            var reporters: [MeasureID: Set<AgencyCode>] = [:]
            for measure in measures {
                let sql = "SELECT agency FROM reporter WHERE measure = ?"
                let numbers = try Int64.fetchAll(db, sql: sql, arguments: [book.measureNumbers[measure]])
                reporters[measure] = Set(try numbers.map { try book.agency($0) })
            }
            return reporters
        }
    }

    /// The replaced figures since an instant, newest first.
    public func restatements(since instant: Instant, limit: Int = 100) throws(StoreError) -> [Restatement] {
        try read("reading restatements") { db in
            let book = try codeBook(db)
            let sql = """
                SELECT h.*, d.recorded_at, CASE WHEN c.delivery = h.replaced_by THEN c.value ELSE n.value END AS new_value,
                  coalesce(n.delivery, c.delivery) IS NULL AS is_packed
                FROM delivery d JOIN cell_history h ON h.replaced_by = d.id
                LEFT JOIN cell c USING (measure, span, start, agency)
                LEFT JOIN cell_history n ON n.measure = h.measure AND n.span = h.span AND n.start = h.start AND n.agency = h.agency
                  AND n.delivery = h.replaced_by
                WHERE d.recorded_at >= ? ORDER BY d.recorded_at DESC, d.id DESC, h.measure, h.start, h.span, h.agency LIMIT ?
                """
            var places = PackedPlaces()
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: [instant.milliseconds, limit]).map { row in
                let packed = row["is_packed"] ? try places.cell((row["measure"], row["span"], row["start"], row["agency"]), db) : nil
                let range = DayRange(start: Day(number: row["start"]), span: row["span"])
                return Restatement(
                    cell: CellKey(agency: try book.agency(row["agency"]), measure: try book.measure(row["measure"]), range: range),
                    old: row["value"], new: packed.map(\.value) ?? row["new_value"], replaced: DeliveryID(row["delivery"]),
                    by: DeliveryID(row["replaced_by"]),
                    at: Instant(milliseconds: row["recorded_at"]))
            }
        }
    }
}

extension Grain {
    /// The spans in which a measure was ever delivered, shortest first.
    static func all(of measure: Int64, _ db: Database) throws -> [Grain] {
        try Int64.fetchAll(db.cachedStatement(sql: "SELECT span FROM grain WHERE measure = ? ORDER BY span"), arguments: [measure])
            .map { Grain(measure: measure, span: $0) }
    }

    /// All measures with their spans.
    static func all(_ db: Database) throws -> [Grain] {
        try GRDB.Row.fetchAll(db.cachedStatement(sql: "SELECT measure, span FROM grain ORDER BY measure, span"))
            .map { Grain(measure: $0["measure"], span: $0["span"]) }
    }

    /// Every first day that a cell may have.
    static let allStarts = Int64(Day.supported.lowerBound.number)...Int64(Day.supported.upperBound.number)
}
