import GRDB
import Model

/// Reads the cells of one measure, packed ones and rows, into arrays that are indexed by the agencies' numbers: no hashing and no boxing per cell.
struct CellReader {
    let db: Database
    let book: CodeBook
    let range: DayRange
    /// The numbers of the agencies wanted, in order; nil for all.
    let agencies: [Int]?
    /// Deliveries after this one are as if they had not come; nil for the present.
    let lastDelivery: Int64?

    /// About how many rows a scan passes in the time of one look-up by key (measured, docs/decisions/0002-store-layout.md).
    private static let rowsPerLookup = 12

    /// The cells of a measure by agency, in no particular order.
    func cells(of measure: Int64) throws -> [AgencyCode: [Cell]] {
        var found = [[Cell]](repeating: [], count: book.agencies.count)
        let wanted = agencies.map { agencies in
            var wanted = [Bool](repeating: false, count: book.agencies.count)
            for agency in agencies { wanted[agency] = true }
            return wanted
        }
        for grain in try Grain.all(of: measure, db) where grain.span <= Int64(range.span) {
            let starts = Int64(range.start.number)...Int64(range.end.number) - grain.span
            let packed = try BlockRows.packed(grain, starting: starts, db)
            if let packed { try unpack(grain, starts, packed, wanted, into: &found) }
            try readRows(grain, starts, packed, wanted, into: &found)
            if lastDelivery != nil { try scan("cell_history", grain, starts, wanted, into: &found) }
        }
        var cells: [AgencyCode: [Cell]] = [:]
        cells.reserveCapacity(agencies?.count ?? found.count)
        for (number, list) in found.enumerated() where !list.isEmpty { cells[try book.agency(Int64(number))] = list }
        return cells
    }

    /// Packed cells, but for those that a row replaces until they are packed together.
    private func unpack(
        _ grain: Grain, _ starts: ClosedRange<Int64>, _ packed: ClosedRange<Int64>, _ wanted: [Bool]?, into found: inout [[Cell]]
    ) throws {
        let replaced = try BlockRows.replaced(grain, starting: starts.clamped(to: packed), db)
        let span = Int(grain.span)
        let expected = wanted == nil ? range.span / span : 0
        let shelves = agencies.map { agencies in Set(agencies.map { Shelf.number(of: Int64($0)) }).sorted() }
        let last = lastDelivery ?? .max
        try BlockRows.forEach(grain, starting: starts.clamped(to: packed), shelves: shelves, db) { block in
            let isWanted = wanted.map { wanted in { (agency: Int64) in wanted.indices.contains(Int(agency)) && wanted[Int(agency)] } }
            try block.forEach(isWanted) { cell in
                guard starts.contains(cell.start), cell.delivery <= last else { return }
                if !replaced.isEmpty, replaced.contains(Place(start: cell.start, agency: cell.agency)) { return }
                let agency = Int(cell.agency)
                guard found.indices.contains(agency) else { throw Refusal(.corrupt, "a cell names agency number \(agency), which does not exist") }
                if found[agency].isEmpty { found[agency].reserveCapacity(expected) }
                found[agency].append(
                    Cell(range: DayRange(start: Day(number: Int(cell.start)), span: span), value: cell.value, delivery: DeliveryID(cell.delivery)))
            }
        }
    }

    /// Cells that are rows: by key for a few agencies over days that are not packed, otherwise all that lie in the range.
    private func readRows(
        _ grain: Grain, _ starts: ClosedRange<Int64>, _ packed: ClosedRange<Int64>?, _ wanted: [Bool]?, into found: inout [[Cell]]
    ) throws {
        guard let numbers = agencies, grain.span == 1 else { return try scan("cell", grain, starts, wanted, into: &found) }
        guard numbers.count * CellReader.rowsPerLookup < book.agencies.count else { return try scan("cell", grain, starts, wanted, into: &found) }
        guard let packed = packed.map({ starts.clamped(to: $0) }) else { return try lookUp(grain, starts, numbers, into: &found) }
        // Among packed days there are so few rows that passing them all costs less than asking for each day.
        if starts.lowerBound < packed.lowerBound { try lookUp(grain, starts.lowerBound...packed.lowerBound - 1, numbers, into: &found) }
        try scan("cell", grain, packed, wanted, into: &found)
        if packed.upperBound < starts.upperBound { try lookUp(grain, packed.upperBound + 1...starts.upperBound, numbers, into: &found) }
    }

    /// All agencies' cells of one length lie together, day after day.
    private func scan(_ table: String, _ grain: Grain, _ starts: ClosedRange<Int64>, _ wanted: [Bool]?, into found: inout [[Cell]]) throws {
        let statement = try BoundStatement(db, "SELECT start, agency, value, delivery FROM \(table) WHERE \(scanned(table))")
        statement.bind(grain.measure, grain.span, starts.lowerBound, starts.upperBound)
        if let lastDelivery { statement.bind(lastDelivery, at: 5) }
        let span = Int(grain.span)
        let expected = wanted == nil && table == "cell" ? range.span / span : 0
        while try statement.step() {
            let agency = Int(statement.integer(1))
            guard found.indices.contains(agency) else { throw Refusal(.corrupt, "a cell names agency number \(agency), which does not exist") }
            if let wanted, !wanted[agency] { continue }
            if found[agency].isEmpty { found[agency].reserveCapacity(expected) }
            found[agency].append(
                Cell(
                    range: DayRange(start: Day(number: Int(statement.integer(0))), span: span), value: statement.optionalInteger(2),
                    delivery: DeliveryID(statement.integer(3))))
        }
    }

    private func scanned(_ table: String) -> String {
        let block = "measure = ?1 AND span = ?2 AND start BETWEEN ?3 AND ?4"
        guard lastDelivery != nil else { return block }
        return block + (table == "cell" ? " AND delivery <= ?5" : " AND delivery <= ?5 AND replaced_by > ?5")
    }

    /// A few agencies over many days: the key gives each day at once, while a scan would pass all other agencies.
    private func lookUp(_ grain: Grain, _ starts: ClosedRange<Int64>, _ numbers: [Int], into found: inout [[Cell]]) throws {
        let statement = try BoundStatement(
            db, "SELECT value, delivery FROM cell WHERE measure = ?1 AND span = ?2 AND start = ?3 AND agency = ?4")
        let last = lastDelivery ?? .max
        for number in starts {
            for agency in numbers {
                statement.bind(key: (grain.measure, grain.span, number, Int64(agency)))
                guard try statement.step() else { continue }
                if statement.integer(1) <= last {
                    let range = DayRange(Day(number: Int(number)))
                    found[agency].append(Cell(range: range, value: statement.optionalInteger(0), delivery: DeliveryID(statement.integer(1))))
                }
                statement.reset()
            }
        }
    }
}
