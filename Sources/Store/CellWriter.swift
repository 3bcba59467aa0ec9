import GRDB
import Model

/// Stores the observations of one delivery after another inside one transaction.
struct CellWriter {
    private(set) var numbering: Numbering
    private(set) var outcome = IngestOutcome()
    private(set) var restatements: [Restatement] = []
    /// The sum of the digests of the values it brought, for `delivery.digest`.
    private(set) var digest: UInt64 = 0

    private(set) var reaches = Reaches()

    typealias Key = (measure: Int64, span: Int64, start: Int64, agency: Int64)

    /// An observation on its way into the table.
    fileprivate struct Entry {
        let key: Key
        /// Its place in the delivery.
        let index: Int
        let value: Int64?
    }

    /// Rows of one statement.
    private static let many = 32

    let db: Database
    private var delivery = DeliveryID(0)
    private var observations: [Observation] = []
    private var at = Instant(milliseconds: 0)
    private let insertion: BoundStatement
    private let insertionOfMany: BoundStatement
    private let lookup: BoundStatement
    private let archive: BoundStatement
    private let replacement: BoundStatement
    private let burial: BoundStatement
    private var packed = PackedPlaces()

    /// Prepares the statements once for the observations of all deliveries of a transaction.
    init(_ db: Database, numbering: Numbering) throws {
        self.db = db
        self.numbering = numbering
        let key = "measure = ?1 AND span = ?2 AND start = ?3 AND agency = ?4"
        insertion = try BoundStatement(db, CellWriter.insertion(of: 1))
        insertionOfMany = try BoundStatement(db, CellWriter.insertion(of: CellWriter.many))
        lookup = try BoundStatement(db, "SELECT value, delivery FROM cell WHERE \(key)")
        archive = try BoundStatement(
            db,
            """
            INSERT INTO cell_history (measure, span, start, agency, delivery, value, replaced_by)
            SELECT measure, span, start, agency, delivery, value, ?5 FROM cell WHERE \(key)
            """)
        replacement = try BoundStatement(db, "UPDATE cell SET value = ?5, delivery = ?6 WHERE \(key)")
        burial = try BoundStatement(
            db, "INSERT INTO cell_history (measure, span, start, agency, value, delivery, replaced_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    }

    private static func insertion(of rows: Int) -> String {
        let values = repeatElement("(?, ?, ?, ?, ?, ?)", count: rows).joined(separator: ", ")
        return "INSERT INTO cell (measure, span, start, agency, value, delivery) VALUES \(values) ON CONFLICT DO NOTHING"
    }

    /// Stores, confirms or replaces the cells of one delivery, a later observation over an earlier one of the same cell. What was prepared, numbered
    /// and unpacked for the deliveries before serves it too.
    ///
    /// Nearly all cells of nearly all deliveries are new. In the order of the table and many at a time these take half the time.
    mutating func store(_ observations: [Observation], of delivery: DeliveryID, at: Instant) throws {
        self.delivery = delivery
        self.observations = observations
        self.at = at
        outcome = IngestOutcome()
        restatements = []
        digest = 0
        reaches = Reaches()
        var waiting: [Entry] = []
        var previous: Key?
        for entry in try entries() {
            if let old = try packed.cell(entry.key, db), !(try isRow(entry.key)) {
                try compare(entry, with: old)
            } else if let previous, previous == entry.key {
                try storeTogether(&waiting)
                try store(entry)
            } else {
                waiting.append(entry)
                if waiting.count == CellWriter.many { try storeTogether(&waiting) }
            }
            previous = entry.key
        }
        try storeTogether(&waiting)
    }

    /// The observations with their keys in numbers, in the order of the table.
    private mutating func entries() throws -> [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(observations.count)
        for (index, observation) in observations.enumerated() {
            let range = observation.cell.range
            let key = (
                measure: try numbering.number(of: observation.cell.measure, db), span: Int64(range.span), start: Int64(range.start.number),
                agency: try numbering.number(of: observation.cell.agency, db)
            )
            reaches.add(key)
            if observation.value != nil { try numbering.noteReporter(measure: key.measure, agency: key.agency, db) }
            entries.append(Entry(key: key, index: index, value: observation.value))
        }
        for grain in reaches.grains { try numbering.note(grain, db) }
        entries.sort { $0.key == $1.key ? $0.index < $1.index : $0.key < $1.key }
        return entries
    }

    /// Empties a list of entries with different keys.
    private mutating func storeTogether(_ entries: inout [Entry]) throws {
        defer { entries.removeAll(keepingCapacity: true) }
        guard entries.count == CellWriter.many else {
            for entry in entries { try store(entry) }
            return
        }
        for (row, entry) in entries.enumerated() { insertionOfMany.bind(entry, of: delivery, row: row) }
        try insertionOfMany.run()
        guard insertionOfMany.changes < CellWriter.many else {
            for entry in entries { noteStored(entry) }
            return
        }
        for entry in entries { try compare(entry, wasTried: true) }
    }

    private mutating func store(_ entry: Entry) throws {
        insertion.bind(entry, of: delivery)
        try insertion.run()
        if insertion.changes == 1 { noteStored(entry) } else { try compare(entry) }
    }

    private mutating func noteStored(_ entry: Entry) {
        outcome.stored += 1
        add(entry.key, entry.value)
    }

    private mutating func add(_ key: Key, _ value: Int64?) { digest &+= CellDigest.of(key, value) }

    private func isRow(_ key: Key) throws -> Bool {
        lookup.bind(key: key)
        defer { lookup.reset() }
        return try lookup.step()
    }

    /// Compares with a packed cell, which stays where it is: a row over it holds the new value until both are packed again.
    private mutating func compare(_ entry: Entry, with old: PackedCell) throws {
        let key = entry.key
        guard old.value != entry.value else {
            outcome.unchanged += 1
            return
        }
        burial.bind(key: key)
        burial.bind(optional: old.value, at: 5)
        burial.bind(old.delivery, at: 6)
        burial.bind(delivery.number, at: 7)
        try burial.run()
        insertion.bind(entry, of: delivery)
        try insertion.run()
        add(key, entry.value)
        note(entry, old: old.value, replaced: DeliveryID(old.delivery))
    }

    /// Compares with a row.
    ///
    /// - Parameter wasTried: whether the row may be of this very entry, inserted a moment ago together with others.
    private mutating func compare(_ entry: Entry, wasTried: Bool = false) throws {
        let key = entry.key
        lookup.bind(key: key)
        guard try lookup.step() else { throw Refusal(.corrupt, "a cell is neither there nor can it be inserted") }
        let old = lookup.optionalInteger(0)
        let replaced = DeliveryID(lookup.integer(1))
        lookup.reset()
        if wasTried, replaced == delivery { return noteStored(entry) }
        guard old != entry.value else {
            outcome.unchanged += 1
            return
        }
        if replaced == delivery {
            // What this very delivery said a moment ago was never known to anybody: it has no place in the history.
            digest &-= CellDigest.of(key, old)
        } else {
            archive.bind(key: key)
            archive.bind(delivery.number, at: 5)
            try archive.run()
        }
        replacement.bind(key: key)
        replacement.bind(optional: entry.value, at: 5)
        replacement.bind(delivery.number, at: 6)
        try replacement.run()
        add(key, entry.value)
        note(entry, old: old, replaced: replaced)
    }

    private mutating func note(_ entry: Entry, old: Int64?, replaced: DeliveryID) {
        outcome.restated += 1
        restatements.append(
            Restatement(cell: observations[entry.index].cell, old: old, new: entry.value, replaced: replaced, by: delivery, at: at))
    }
}

extension BoundStatement {
    /// Binds the values of a row that is to be inserted as the first or a further one.
    fileprivate func bind(_ entry: CellWriter.Entry, of delivery: DeliveryID, row: Int = 0) {
        let first = Int32(row * 6)
        bind(entry.key.measure, at: first + 1)
        bind(entry.key.span, at: first + 2)
        bind(entry.key.start, at: first + 3)
        bind(entry.key.agency, at: first + 4)
        bind(optional: entry.value, at: first + 5)
        bind(delivery.number, at: first + 6)
    }

    /// Binds a cell's key, in the order of the table, to `?1` … `?4`.
    func bind(key: CellWriter.Key) {
        bind(key.measure, at: 1)
        bind(key.span, at: 2)
        bind(key.start, at: 3)
        bind(key.agency, at: 4)
    }
}
