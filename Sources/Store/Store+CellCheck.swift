import GRDB
import Model

/// What is wrong with the figures in a file, one sentence each, and how much was looked at.
public struct CellCheck: Hashable, Sendable {
    public var cells = 0
    public var replacedCells = 0
    public var blocks = 0
    public var deliveries = 0
    public var problems: [String] = []

    /// Further problems are counted only: a broken file may have millions.
    static let listed = 100

    mutating func add(_ problem: String) {
        if problems.count < CellCheck.listed { problems.append(problem) }
    }
}

extension Store {
    /// Reads every figure that is or was, and compares the sum of what each delivery brought with the digest written down when it came.
    ///
    /// A value, day, agency, measure or delivery that changed on disk, a lost and an invented cell all change a sum. Memory grows with the
    /// number of deliveries alone.
    public func checkCells() throws(StoreError) -> CellCheck {
        try read("checking the figures") { db in
            var check = CellCheck()
            var sums: [Int64: UInt64] = [:]
            for grain in try Grain.all(db) {
                let rows = try CellCheck.addRows(of: grain, to: &sums, &check, db)
                try CellCheck.addBlocks(of: grain, under: rows, to: &sums, &check, db)
            }
            try CellCheck.addHistory(to: &sums, &check, db)
            try CellCheck.compare(&sums, &check, db)
            return check
        }
    }
}

extension CellCheck {
    /// Adds the rows of a grain and returns the places of those among packed days, where they hide what is packed.
    fileprivate static func addRows(of grain: Grain, to sums: inout [Int64: UInt64], _ check: inout CellCheck, _ db: Database) throws -> Set<Place> {
        let packed = try BlockRows.packed(grain, starting: Grain.allStarts, db)
        let statement = try BoundStatement(db, "SELECT start, agency, value, delivery FROM cell WHERE measure = ?1 AND span = ?2")
        statement.bind(grain.measure, grain.span)
        var hidden: Set<Place> = []
        while try statement.step() {
            let place = Place(start: statement.integer(0), agency: statement.integer(1))
            if let packed, packed.contains(place.start) { hidden.insert(place) }
            let key = (measure: grain.measure, span: grain.span, start: place.start, agency: place.agency)
            sums[statement.integer(3), default: 0] &+= CellDigest.of(key, statement.optionalInteger(2))
            check.cells += 1
        }
        return hidden
    }

    fileprivate static func addBlocks(
        of grain: Grain, under rows: Set<Place>, to sums: inout [Int64: UInt64], _ check: inout CellCheck, _ db: Database
    ) throws {
        let keys = try GRDB.Row.fetchAll(
            db, sql: "SELECT slot, shelf, cells FROM block WHERE measure = ? AND span = ? ORDER BY slot, shelf",
            arguments: [grain.measure, grain.span])
        for row in keys {
            let key = BlockKey(measure: grain.measure, span: grain.span, slot: Slot(number: row["slot"]), shelf: row["shelf"])
            check.blocks += 1
            do {
                let cells = try BlockRows.block(key, db)?.cells() ?? []
                if cells.count != row["cells"] { check.add("\(key): it holds \(cells.count) figures and is said to hold \(row["cells"] as Int)") }
                for cell in cells where rows.isEmpty || !rows.contains(Place(start: cell.start, agency: cell.agency)) {
                    let place = (measure: grain.measure, span: grain.span, start: cell.start, agency: cell.agency)
                    sums[cell.delivery, default: 0] &+= CellDigest.of(place, cell.value)
                    check.cells += 1
                }
            } catch let refusal as Refusal {
                check.add("\(key): \(refusal.cause)")
            }
        }
    }

    fileprivate static func addHistory(to sums: inout [Int64: UInt64], _ check: inout CellCheck, _ db: Database) throws {
        let statement = try BoundStatement(db, "SELECT measure, span, start, agency, value, delivery FROM cell_history")
        while try statement.step() {
            let key = (
                measure: statement.integer(0), span: statement.integer(1), start: statement.integer(2), agency: statement.integer(3)
            )
            sums[statement.integer(5), default: 0] &+= CellDigest.of(key, statement.optionalInteger(4))
            check.replacedCells += 1
        }
    }

    fileprivate static func compare(_ sums: inout [Int64: UInt64], _ check: inout CellCheck, _ db: Database) throws {
        let statement = try BoundStatement(db, "SELECT id, digest FROM delivery ORDER BY id")
        while try statement.step() {
            let id = statement.integer(0)
            check.deliveries += 1
            if sums.removeValue(forKey: id) ?? 0 != UInt64(bitPattern: statement.integer(1)) {
                check.add("\(DeliveryID(id)): the figures it brought are not those that were recorded")
            }
        }
        for id in sums.keys.sorted() { check.add("\(DeliveryID(id)): figures name this delivery, which is not recorded") }
    }
}

extension BlockKey: CustomStringConvertible {
    var description: String {
        "block of measure \(measure), \(span) days long, from \(slot.days(span: span).start), agencies \(Shelf.agencies(shelf))"
    }
}
