import GRDB
import Model

/// How long the intervals of a measure are: every distinct span it was ever delivered in.
struct Grain: Hashable {
    let measure: Int64
    let span: Int64
}

/// The small numbers that stand for agencies and measures in the cells, with what else the writer need not ask the database twice.
///
/// It holds committed facts only: a transaction takes it, extends it, and gives it back after the commit. One that fails gives nothing back,
/// and the next begins with an empty one, which costs look-ups but is never wrong because a number never changes its meaning.
struct Numbering: Sendable {
    private var agencies: [AgencyCode: Int64] = [:]
    private var measures: [MeasureID: Int64] = [:]
    /// The agency asked for last: deliveries often say all of one before they come to the next, and comparing costs less than hashing.
    private var last: (agency: AgencyCode, number: Int64)?
    private var grains: Set<Grain> = []
    /// By measure, whether the agency of a number is known to have reported a value.
    private var reporters: [Int64: [Bool]] = [:]

    /// The agency's number, given to it now when it has none.
    mutating func number(of agency: AgencyCode, _ db: Database) throws -> Int64 {
        if let last, last.agency == agency { return last.number }
        if let known = agencies[agency] {
            last = (agency, known)
            return known
        }
        let number = try Numbering.number(agency.text, table: "agency", column: "code", db)
        agencies[agency] = number
        return number
    }

    /// The measure's number, given to it now when it has none.
    mutating func number(of measure: MeasureID, _ db: Database) throws -> Int64 {
        if let known = measures[measure] { return known }
        let number = try Numbering.number(measure.text, table: "measure", column: "name", db)
        measures[measure] = number
        return number
    }

    /// Makes sure that readers look for cells of this length.
    mutating func note(_ grain: Grain, _ db: Database) throws {
        guard grains.insert(grain).inserted else { return }
        try db.cachedStatement(sql: "INSERT INTO grain (measure, span) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .execute(arguments: [grain.measure, grain.span])
    }

    /// Remembers that the agency has reported a value of the measure.
    mutating func noteReporter(measure: Int64, agency: Int64, _ db: Database) throws {
        let index = Int(agency)
        if let known = reporters[measure], index < known.count, known[index] { return }
        try db.cachedStatement(sql: "INSERT INTO reporter (measure, agency) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .execute(arguments: [measure, agency])
        var known = reporters[measure] ?? []
        reporters[measure] = nil
        if known.count <= index { known += Array(repeating: false, count: index + 1 - known.count) }
        known[index] = true
        reporters[measure] = known
    }

    private static func number(_ text: String, table: String, column: String, _ db: Database) throws -> Int64 {
        if let known = try Int64.fetchOne(db.cachedStatement(sql: "SELECT id FROM \(table) WHERE \(column) = ?"), arguments: [text]) { return known }
        try db.execute(sql: "INSERT INTO \(table) (\(column)) VALUES (?)", arguments: [text])
        return db.lastInsertedRowID
    }
}

/// The codes behind the numbers, as readers need them.
struct CodeBook: Sendable {
    /// By number; index 0 is never used.
    private(set) var agencies: [AgencyCode?] = [nil]
    private(set) var measures: [MeasureID?] = [nil]
    private(set) var measureNumbers: [MeasureID: Int64] = [:]
    private(set) var agencyNumbers: [AgencyCode: Int64] = [:]

    /// Adds what was numbered since the last time. Numbers are given without gaps, so the count tells what is known.
    mutating func refresh(_ db: Database) throws {
        for row in try GRDB.Row.fetchAll(
            db.cachedStatement(sql: "SELECT id, code FROM agency WHERE id >= ? ORDER BY id"), arguments: [agencies.count])
        {
            guard let code = AgencyCode(row["code"] as String) else { throw Refusal(.corrupt, "agency \(row["id"] as Int64) has no valid code") }
            CodeBook.place(code, at: row["id"], in: &agencies)
            agencyNumbers[code] = row["id"]
        }
        for row in try GRDB.Row.fetchAll(
            db.cachedStatement(sql: "SELECT id, name FROM measure WHERE id >= ? ORDER BY id"), arguments: [measures.count])
        {
            guard let id = MeasureID(row["name"] as String) else { throw Refusal(.corrupt, "measure \(row["id"] as Int64) has no valid id") }
            CodeBook.place(id, at: row["id"], in: &measures)
            measureNumbers[id] = row["id"]
        }
    }

    /// The agency behind a number of a cell.
    func agency(_ number: Int64) throws -> AgencyCode {
        guard agencies.indices.contains(Int(number)), let code = agencies[Int(number)] else {
            throw Refusal(.corrupt, "a cell names agency number \(number), which does not exist")
        }
        return code
    }

    /// The measure behind a number of a cell.
    func measure(_ number: Int64) throws -> MeasureID {
        guard measures.indices.contains(Int(number)), let id = measures[Int(number)] else {
            throw Refusal(.corrupt, "a cell names measure number \(number), which does not exist")
        }
        return id
    }

    private static func place<Element>(_ element: Element, at number: Int, in list: inout [Element?]) {
        if list.count <= number { list += Array(repeating: nil, count: number + 1 - list.count) }
        list[number] = element
    }
}

extension Store {
    /// The codes behind all numbers that this snapshot of the database can hold.
    func codeBook(_ db: Database) throws -> CodeBook {
        var book = codes.withLock { $0 }
        let known = book.agencies.count + book.measures.count
        try book.refresh(db)
        if book.agencies.count + book.measures.count > known { codes.withLock { $0 = book } }
        return book
    }
}
