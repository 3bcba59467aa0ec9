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

    let db: Database
    private var delivery = DeliveryID(0)
    private var at = Instant(milliseconds: 0)
    private let insertion: BoundStatement
    private let lookup: BoundStatement
    private let archive: BoundStatement
    private let replacement: BoundStatement
    private let burial: BoundStatement
    private var packed = PackedPlaces()

    /// Prepares the statements once for all observations of all deliveries; `begin` says which is first.
    init(_ db: Database, numbering: Numbering) throws {
        self.db = db
        self.numbering = numbering
        let key = "measure = ?1 AND span = ?2 AND start = ?3 AND agency = ?4"
        insertion = try BoundStatement(
            db, "INSERT INTO cell (measure, span, start, agency, value, delivery) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING")
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

    /// Goes on with a delivery: what was prepared, numbered and unpacked for one before serves it too.
    mutating func begin(_ delivery: DeliveryID, at: Instant) {
        self.delivery = delivery
        self.at = at
        outcome = IngestOutcome()
        restatements = []
        digest = 0
        reaches = Reaches()
    }

    /// Stores, confirms or replaces one cell.
    mutating func store(_ observation: Observation) throws {
        let cell = observation.cell
        let measure = try numbering.number(of: cell.measure, db)
        let agency = try numbering.number(of: cell.agency, db)
        let key = (measure: measure, span: Int64(cell.range.span), start: Int64(cell.range.start.number), agency: agency)
        reaches.add(key)
        if let old = try packed.cell(key, db), try !isRow(key) {
            try compare(observation, key, with: old)
        } else {
            insertion.bind(key: key)
            insertion.bind(optional: observation.value, at: 5)
            insertion.bind(delivery.number, at: 6)
            try insertion.run()
            if insertion.changes == 1 {
                outcome.stored += 1
                add(key, observation.value)
                try numbering.note(Grain(measure: measure, span: key.span), db)
            } else {
                try compare(observation, key)
            }
        }
        if observation.value != nil { try numbering.noteReporter(measure: measure, agency: agency, db) }
    }

    private mutating func add(_ key: Key, _ value: Int64?) { digest &+= CellDigest.of(key, value) }

    private func isRow(_ key: Key) throws -> Bool {
        lookup.bind(key: key)
        defer { lookup.reset() }
        return try lookup.step()
    }

    /// Compares with a packed cell, which stays where it is: a row over it holds the new value until both are packed again.
    private mutating func compare(_ observation: Observation, _ key: Key, with old: PackedCell) throws {
        guard old.value != observation.value else {
            outcome.unchanged += 1
            return
        }
        burial.bind(key: key)
        burial.bind(optional: old.value, at: 5)
        burial.bind(old.delivery, at: 6)
        burial.bind(delivery.number, at: 7)
        try burial.run()
        insertion.bind(key: key)
        insertion.bind(optional: observation.value, at: 5)
        insertion.bind(delivery.number, at: 6)
        try insertion.run()
        add(key, observation.value)
        note(observation, old: old.value, replaced: DeliveryID(old.delivery))
    }

    private mutating func compare(_ observation: Observation, _ key: Key) throws {
        lookup.bind(key: key)
        guard try lookup.step() else { throw Refusal(.corrupt, "a cell is neither there nor can it be inserted") }
        let old = lookup.optionalInteger(0)
        let replaced = DeliveryID(lookup.integer(1))
        lookup.reset()
        guard old != observation.value else {
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
        replacement.bind(optional: observation.value, at: 5)
        replacement.bind(delivery.number, at: 6)
        try replacement.run()
        add(key, observation.value)
        note(observation, old: old, replaced: replaced)
    }

    private mutating func note(_ observation: Observation, old: Int64?, replaced: DeliveryID) {
        outcome.restated += 1
        restatements.append(
            Restatement(cell: observation.cell, old: old, new: observation.value, replaced: replaced, by: delivery, at: at))
    }
}

extension BoundStatement {
    /// Binds a cell's key, in the order of the table, to `?1` … `?4`.
    func bind(key: CellWriter.Key) {
        bind(key.measure, at: 1)
        bind(key.span, at: 2)
        bind(key.start, at: 3)
        bind(key.agency, at: 4)
    }
}
