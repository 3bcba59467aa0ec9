import GRDB
import Model

/// Which days a delivery changed cells of a measure in: the way back from a delivery to what it brought, without an index over all cells.
public struct DeliveryReach: Hashable, Sendable {
    public let delivery: DeliveryID
    /// Whether it replaced any value, of this measure or another.
    public let restates: Bool
    public let measure: MeasureID
    /// How many days each of the cells covers.
    public let span: Int
    /// The first days of the earliest and of the latest cell; in between there may be none.
    public let starts: ClosedRange<Day>

    public init(delivery: DeliveryID, restates: Bool, measure: MeasureID, span: Int, starts: ClosedRange<Day>) {
        self.delivery = delivery
        self.restates = restates
        self.measure = measure
        self.span = span
        self.starts = starts
    }

    /// All days that the cells can cover.
    public var range: DayRange { DayRange(start: starts.lowerBound, span: starts.upperBound - starts.lowerBound + span) }
}

/// A cell on its way to other stores.
public struct OutgoingCell: Hashable, Sendable {
    public let agency: AgencyCode
    public let cell: Cell
    /// How many values it has had before this one.
    public let revision: Int
}

extension Store {
    /// What deliveries after one number brought, oldest delivery first; a limit cuts between two deliveries, never inside one.
    ///
    /// - Parameter through: the last delivery to look at.
    public func reaches(after: DeliveryID, through: DeliveryID, limit: Int = 1000) throws(StoreError) -> [DeliveryReach] {
        // Often nothing has come, and the question would still be made ready.
        guard after < through else { return [] }
        return try read("reading what deliveries changed") { db in
            let book = try codeBook(db)
            let sql = """
                SELECT r.*, d.restated > 0 AS restates FROM delivery_reach r JOIN delivery d ON d.id = r.delivery
                WHERE r.delivery > :after AND r.delivery <= coalesce(
                  (SELECT delivery FROM delivery_reach WHERE delivery > :after AND delivery <= :through ORDER BY delivery LIMIT 1 OFFSET :limit),
                  :through)
                ORDER BY r.delivery, r.measure, r.span
                """
            let arguments: StatementArguments = ["after": after.number, "through": through.number, "limit": limit]
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                let first = Day(number: row["first"])
                return DeliveryReach(
                    delivery: DeliveryID(row["delivery"]), restates: row["restates"],
                    measure: try book.measure(row["measure"]), span: row["span"],
                    starts: first...max(first, Day(number: row["last"])))
            }
        }
    }

    /// The cells that a delivery brought and no later one has replaced, in the part of its reach that begins within some days.
    ///
    /// The one place that knows how to get from a delivery to its cells; it rests on `cells(of:in:)` and `history(of:)` alone, whatever the tables are like.
    public func cells(broughtBy reach: DeliveryReach, starting starts: ClosedRange<Day>) throws(StoreError) -> [OutgoingCell] {
        let range = DayRange(start: starts.lowerBound, span: starts.upperBound - starts.lowerBound + reach.span)
        let table = try cells(of: [reach.measure], in: range)
        var brought: [OutgoingCell] = []
        for agency in table.agencies(with: reach.measure).sorted() {
            let own = table[reach.measure, agency].filter { $0.delivery == reach.delivery && $0.range.span == reach.span }
            for cell in own {
                let earlier = reach.restates ? try history(of: CellKey(agency: agency, measure: reach.measure, range: cell.range)).count - 1 : 0
                brought.append(OutgoingCell(agency: agency, cell: cell, revision: max(0, earlier)))
            }
        }
        return brought
    }

    /// The number of the newest delivery; 0 when nothing was ever delivered.
    public func newestDelivery() throws(StoreError) -> DeliveryID {
        try read("looking for the newest delivery") { db in
            DeliveryID(try Int64.fetchOne(db, sql: "SELECT max(id) FROM delivery") ?? 0)
        }
    }

    /// What changes when anything that is shown to scrapers changes, and what is cheap to count.
    public func pulse() throws(StoreError) -> StorePulse {
        try read("taking the store's pulse") { db in
            let number = { (sql: String) throws -> Int64 in try Int64.fetchOne(db, sql: sql) ?? 0 }
            return StorePulse(
                deliveries: try number("SELECT max(id) FROM delivery"), transitions: try number("SELECT max(id) FROM transition"),
                bytes: try number("PRAGMA page_count") * number("PRAGMA page_size"),
                lettersQueued: try number("SELECT count(*) FROM letter WHERE state = 'queued'"),
                lettersFailed: try number("SELECT count(*) FROM letter WHERE state = 'failed'"))
        }
    }
}

/// A few numbers that stand for the whole state of the store; each is read from the end of an index.
public struct StorePulse: Hashable, Sendable {
    /// The newest delivery's number, which is how many there ever were.
    public let deliveries: Int64
    public let transitions: Int64
    public let bytes: Int64
    public let lettersQueued: Int64
    public let lettersFailed: Int64
}

/// Rows of the table `delivery_reach`.
enum ReachRows {
    /// Writes down which days of which measures a delivery spoke of; called when it changed at least one cell.
    static func insert(_ delivery: DeliveryID, _ reaches: Reaches, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO delivery_reach (delivery, measure, span, first, last) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)
                """)
        for (measure, spans) in reaches.byMeasure.enumerated() {
            for reach in spans { try statement.execute(arguments: [delivery.number, measure, reach.span, reach.first, reach.last]) }
        }
    }
}

/// The days of each measure that a delivery speaks of, gathered while its observations are stored.
struct Reaches {
    /// By the number of the measure, each of its spans with the first and the last first day.
    private(set) var byMeasure: [[(span: Int64, first: Int64, last: Int64)]] = []

    var grains: [Grain] { byMeasure.enumerated().flatMap { measure, spans in spans.map { Grain(measure: Int64(measure), span: $0.span) } } }

    mutating func add(_ key: CellWriter.Key) {
        let measure = Int(key.measure)
        if byMeasure.count <= measure { byMeasure += Array(repeating: [], count: measure + 1 - byMeasure.count) }
        guard let index = byMeasure[measure].firstIndex(where: { $0.span == key.span }) else {
            byMeasure[measure].append((key.span, key.start, key.start))
            return
        }
        if key.start < byMeasure[measure][index].first { byMeasure[measure][index].first = key.start }
        if key.start > byMeasure[measure][index].last { byMeasure[measure][index].last = key.start }
    }
}
