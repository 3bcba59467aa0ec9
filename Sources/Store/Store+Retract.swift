import GRDB
import Model

/// What became of a delivery that was taken back.
public struct Retracted: Hashable, Sendable {
    /// The delivery under which the values stand again, with the reason as its bytes.
    public let id: DeliveryID
    /// Figures that have the value again which the delivery had replaced.
    public let restored: Int
    /// Figures that are as if they had never been reported, because nothing was there before.
    public let removed: Int
    /// Figures that a later delivery has replaced since, and that stay as they are.
    public let superseded: Int
    /// Later deliveries that found figures as they were and may so have confirmed some that went; which ones is not kept.
    public let confirmations: Confirmations
    public let restatements: [Restatement]

    /// Deliveries that stand and said something unchanged where one that was taken back had spoken.
    public struct Confirmations: Hashable, Sendable {
        public let count: Int
        public let newest: DeliveryID?

        public init(count: Int = 0, newest: DeliveryID? = nil) {
            self.count = count
            self.newest = newest
        }
    }
}

extension Store {
    /// Takes a wrong delivery back: what it had replaced stands again, from the newest delivery that was not taken back itself; what it had brought
    /// anew is gone. So is what another retraction had put back of it. The history keeps both, and "as of" an instant before is what it was.
    ///
    /// - Throws: `missing` when there is no such delivery or it was taken back already.
    public func retract(
        _ id: DeliveryID, by actor: AlertActor, at instant: Instant, doubts: @escaping @Sendable ([Restatement]) -> [Finding] = { _ in [] }
    ) async throws(StoreError) -> Retracted {
        let operation = "taking delivery \(id) back"
        let bytes = Array("\(id) was taken back by \(actor.name): \(actor.why)\n".utf8)
        let body: RawBytes
        do { body = try RawBytes(bytes) } catch { throw StoreError(error, operation: operation, path: path) }
        let delivery = Delivery(source: Retraction.source, receivedAt: instant, bytes: bytes, mediaType: "text/plain")
        return try await write(operation) { [self] db in
            guard let row = try GRDB.Row.fetchOne(db, sql: "SELECT source, retracted_by FROM delivery WHERE id = ?", arguments: [id.number]) else {
                throw Refusal(
                    .missing, "there is no delivery \(id)", vietnamese: "không có lần nhận \(id)",
                    hint: LocalizedText(
                        vietnamese: "`dondoc deliveries list` liệt kê các lần nhận mới nhất",
                        english: "`dondoc deliveries list` lists the newest ones"))
            }
            if let by: Int64 = row["retracted_by"] {
                throw Refusal(
                    .missing, "it was taken back already, by \(DeliveryID(by))",
                    vietnamese: "lần nhận \(id) đã được rút lại trước đây, bằng \(DeliveryID(by))",
                    hint: LocalizedText(vietnamese: "chưa có gì thay đổi", english: "nothing was changed"))
            }
            let (number, at) = try DeliveryRows.insert(delivery, body: body, db)
            var retraction = Retraction(of: id, by: number, at: at, book: try codeBook(db))
            try retraction.perform(db)
            try DeliveryRows.update(number, IngestOutcome(restated: retraction.restored), digest: retraction.digest, db)
            try ReachRows.insert(number, retraction.reaches, db)
            try db.execute(sql: "UPDATE delivery SET retracted_by = ? WHERE id = ?", arguments: [number.number, id.number])
            try FindingRows.merge(doubts(retraction.restatements), at: instant, delivery: number, db)
            let isAnythingGone = retraction.restored + retraction.removed > 0
            return Retracted(
                id: number, restored: retraction.restored, removed: retraction.removed, superseded: retraction.superseded,
                confirmations: isAnythingGone ? try Retraction.confirmations(after: id, of: row["source"], db) : Retracted.Confirmations(),
                restatements: retraction.restatements)
        }
    }
}

/// Undoes what one delivery changed, inside the transaction of another one.
///
/// The value in force of a cell is that of the newest statement that was not taken back. A retraction states nothing itself: the values under its
/// number are those of earlier deliveries, whose own rows in the history tell whose.
struct Retraction {
    /// The source that deliveries of this kind name.
    static let source = "retraction"

    let delivery: DeliveryID
    let by: DeliveryID
    let at: Instant
    let book: CodeBook
    private(set) var restored = 0
    private(set) var removed = 0
    private(set) var superseded = 0
    private(set) var digest: UInt64 = 0
    private(set) var reaches = Reaches()
    private(set) var restatements: [Restatement] = []
    /// What is to be taken out of blocks, so that each is written anew once.
    private var gone: [BlockKey: Set<Place>] = [:]

    /// A value that the delivery brought and that is in force.
    private struct Standing {
        let key: CellWriter.Key
        let value: Int64?
        /// The delivery itself, or the retraction that had put its value back.
        let holder: Int64
    }

    init(of delivery: DeliveryID, by other: DeliveryID, at: Instant, book: CodeBook) {
        self.delivery = delivery
        by = other
        self.at = at
        self.book = book
    }

    mutating func perform(_ db: Database) throws {
        superseded = try Int.fetchOne(db, sql: "SELECT count(*) FROM (\(Retraction.replaced))", arguments: [delivery.number]) ?? 0
        for standing in try self.standing(db) {
            // What was put back had been replaced before.
            if standing.holder != delivery.number { superseded -= 1 }
            reaches.add(standing.key)
            try Retraction.bury(standing.key, standing.value, of: DeliveryID(standing.holder), by: by, db)
            let before = try newestStatement(standing.key, except: delivery.number, db)
            if let before {
                try put(standing, before.value, db)
                digest &+= CellDigest.of(standing.key, before.value)
                restored += 1
            } else {
                try remove(standing.key, db)
                removed += 1
            }
            let range = DayRange(start: Day(number: Int(standing.key.start)), span: Int(standing.key.span))
            let cell = CellKey(agency: try book.agency(standing.key.agency), measure: try book.measure(standing.key.measure), range: range)
            restatements.append(
                Restatement(cell: cell, old: standing.value, new: before.flatMap(\.value), replaced: DeliveryID(standing.holder), by: by, at: at))
        }
        for (block, places) in gone { try Retraction.rewrite(block, without: places, db) }
    }

    /// What the delivery brought and another one has replaced.
    private static let replaced = """
        SELECT h.* FROM delivery_reach r CROSS JOIN cell_history h ON h.measure = r.measure AND h.span = r.span AND h.start BETWEEN r.first AND r.last
        WHERE r.delivery = ?1 AND h.delivery = ?1
        """

    private func standing(_ db: Database) throws -> [Standing] {
        var found: [Standing] = []
        let later = Set(
            try Int64.fetchAll(db, sql: "SELECT id FROM delivery WHERE source = ? AND id > ?", arguments: [Retraction.source, delivery.number]))
        let reaches = try GRDB.Row.fetchAll(db, sql: "SELECT * FROM delivery_reach WHERE delivery = ?", arguments: [delivery.number])
        for reach in reaches {
            let grain = Grain(measure: reach["measure"], span: reach["span"])
            let starts: ClosedRange<Int64> = (reach["first"] as Int64)...(reach["last"] as Int64)
            func meet(_ place: Place, _ value: Int64?, _ holder: Int64) throws {
                let key: CellWriter.Key = (grain.measure, grain.span, place.start, place.agency)
                guard holder == delivery.number || later.contains(holder) else { return }
                if holder != delivery.number, try newestStatement(key, db)?.delivery != delivery.number { return }
                found.append(Standing(key: key, value: value, holder: holder))
            }
            let rows = try BoundStatement(
                db, "SELECT start, agency, value, delivery FROM cell WHERE measure = ?1 AND span = ?2 AND start BETWEEN ?3 AND ?4")
            rows.bind(grain.measure, grain.span, starts.lowerBound, starts.upperBound)
            var hidden: Set<Place> = []
            while try rows.step() {
                let place = Place(start: rows.integer(0), agency: rows.integer(1))
                hidden.insert(place)
                try meet(place, rows.optionalInteger(2), rows.integer(3))
            }
            try BlockRows.forEach(grain, starting: starts, db) { block in
                try block.forEach { cell in
                    let place = Place(start: cell.start, agency: cell.agency)
                    if starts.contains(cell.start), !hidden.contains(place) { try meet(place, cell.value, cell.delivery) }
                }
            }
        }
        return found
    }

    /// The newest replaced value of a cell whose delivery was not taken back; nil when there is none. Of a cell that a retraction holds it is the value
    /// that was put back.
    private func newestStatement(_ key: CellWriter.Key, except delivery: Int64 = 0, _ db: Database) throws -> (value: Int64?, delivery: Int64)? {
        let sql = """
            SELECT h.value, h.delivery FROM cell_history h JOIN delivery d ON d.id = h.delivery
            WHERE h.measure = ? AND h.span = ? AND h.start = ? AND h.agency = ? AND h.delivery <> ? AND d.retracted_by IS NULL AND d.source <> ?
            ORDER BY h.delivery DESC LIMIT 1
            """
        let row = try GRDB.Row.fetchOne(
            db.cachedStatement(sql: sql), arguments: [key.measure, key.span, key.start, key.agency, delivery, Retraction.source])
        return row.map { (value: $0["value"], delivery: $0["delivery"]) }
    }

    /// The later deliveries that may have confirmed what a delivery had brought: of its source, where they were asked for its days, and others that
    /// changed figures of the same measures and days. What is unchanged leaves no trace by figure, so a nightly look-back costs no row a figure.
    static func confirmations(after delivery: DeliveryID, of source: String, _ db: Database) throws -> Retracted.Confirmations {
        let sql = """
            SELECT count(*) AS count, max(d.id) AS newest FROM delivery d
            WHERE d.id > :delivery AND d.retracted_by IS NULL AND d.unchanged > 0 AND EXISTS (
              SELECT 1 FROM delivery_reach o WHERE o.delivery = :delivery AND (
                d.source = :source AND (d.asked_start IS NULL OR d.asked_start < o.last + o.span AND d.asked_end > o.first)
                OR EXISTS (
                  SELECT 1 FROM delivery_reach r
                  WHERE r.delivery = d.id AND r.measure = o.measure AND r.span = o.span AND r.first <= o.last AND r.last >= o.first)))
            """
        let row = try GRDB.Row.fetchOne(db, sql: sql, arguments: ["delivery": delivery.number, "source": source])
        guard let row, let newest: Int64 = row["newest"] else { return Retracted.Confirmations() }
        return Retracted.Confirmations(count: row["count"], newest: DeliveryID(newest))
    }

    /// The value stands again as a row, which hides what is packed.
    private func put(_ standing: Standing, _ value: Int64?, _ db: Database) throws {
        let key = standing.key
        try db.cachedStatement(
            sql: """
                INSERT INTO cell (measure, span, start, agency, value, delivery) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET value = excluded.value, delivery = excluded.delivery
                """
        ).execute(arguments: [key.measure, key.span, key.start, key.agency, value, by.number])
    }

    /// Moves a value to the history.
    static func bury(_ key: CellWriter.Key, _ value: Int64?, of delivery: DeliveryID, by other: DeliveryID, _ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT INTO cell_history (measure, span, start, agency, value, delivery, replaced_by) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [key.measure, key.span, key.start, key.agency, value, delivery.number, other.number])
    }

    /// Takes a cell away: its row, and what is packed below it.
    private mutating func remove(_ key: CellWriter.Key, _ db: Database) throws {
        try Retraction.removeRow(key, db)
        let slot = Slot(span: key.span, containing: Day(number: Int(key.start)))
        let block = BlockKey(measure: key.measure, span: key.span, slot: slot, shelf: Shelf.number(of: key.agency))
        gone[block, default: []].insert(Place(start: key.start, agency: key.agency))
    }

    static func removeRow(_ key: CellWriter.Key, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM cell WHERE measure = ? AND span = ? AND start = ? AND agency = ?")
            .execute(arguments: [key.measure, key.span, key.start, key.agency])
    }

    private static func rewrite(_ key: BlockKey, without places: Set<Place>, _ db: Database) throws {
        guard let cells = try BlockRows.block(key, db)?.cells() else { return }
        let left = cells.filter { !places.contains(Place(start: $0.start, agency: $0.agency)) }
        guard left.count < cells.count else { return }
        if left.isEmpty { try BlockRows.remove(key, db) } else { try BlockRows.put(left, key, db) }
    }
}

extension Store {
    /// The delivery that a retraction took back, and how many figures it changed by that; nil for what is no retraction.
    public func takenBack(by id: DeliveryID) throws(StoreError) -> (delivery: DeliveryID, figures: Int)? {
        try read("reading what \(id) took back") { db in
            let sql = "SELECT id FROM delivery WHERE retracted_by = ?1 AND EXISTS (SELECT 1 FROM delivery WHERE id = ?1 AND source = ?2)"
            guard let number = try Int64.fetchOne(db, sql: sql, arguments: [id.number, Retraction.source]) else { return nil }
            let figures = try Int.fetchOne(db, sql: "SELECT count(*) FROM cell_history WHERE replaced_by = ?", arguments: [id.number]) ?? 0
            return (DeliveryID(number), figures)
        }
    }

    /// The intervals inside a range for which an agency's measure has had a value that was replaced or taken back.
    public func replacedRanges(of measure: MeasureID, agency: AgencyCode, in range: DayRange) throws(StoreError) -> [DayRange] {
        try read("reading replaced figures") { db in
            guard let number = try codeBook(db).measureNumbers[measure] else { return [] }
            return try Grain.all(of: number, db).flatMap { grain -> [DayRange] in
                let sql = """
                    SELECT DISTINCT start FROM cell_history WHERE measure = ? AND span = ? AND start BETWEEN ? AND ?
                    AND agency = (SELECT id FROM agency WHERE code = ?)
                    """
                let starts = try Int.fetchAll(
                    db, sql: sql,
                    arguments: [number, grain.span, range.start.number, Int64(range.end.number) - grain.span, agency.text])
                return starts.map { DayRange(start: Day(number: $0), span: Int(grain.span)) }
            }
        }
    }
}
