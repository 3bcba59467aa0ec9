import GRDB
import Model

/// Stores the observations of one delivery inside its transaction.
struct CellWriter {
    private(set) var numbering: Numbering
    private(set) var outcome = IngestOutcome()
    private(set) var restatements: [Restatement] = []

    private let db: Database
    private let delivery: DeliveryID
    private let at: Instant
    private let insertion: BoundStatement
    private let lookup: BoundStatement
    private let archive: BoundStatement
    private let replacement: BoundStatement

    /// Prepares the statements once for all observations.
    init(_ db: Database, delivery: DeliveryID, at: Instant, numbering: Numbering) throws {
        self.db = db
        self.delivery = delivery
        self.at = at
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
    }

    /// Stores, confirms or replaces one cell.
    mutating func store(_ observation: Observation) throws {
        let cell = observation.cell
        let measure = try numbering.number(of: cell.measure, db)
        let agency = try numbering.number(of: cell.agency, db)
        let span = Int64(cell.range.span)
        insertion.bind(key: (measure, span, Int64(cell.range.start.number), agency))
        insertion.bind(optional: observation.value, at: 5)
        insertion.bind(delivery.number, at: 6)
        try insertion.run()
        if insertion.changes == 1 {
            outcome.stored += 1
            try numbering.note(Grain(measure: measure, span: span), db)
        } else {
            try compare(observation, measure: measure, agency: agency)
        }
        if observation.value != nil { try numbering.noteReporter(measure: measure, agency: agency, db) }
    }

    private mutating func compare(_ observation: Observation, measure: Int64, agency: Int64) throws {
        let range = observation.cell.range
        let key = (measure, Int64(range.span), Int64(range.start.number), agency)
        lookup.bind(key: key)
        guard try lookup.step() else { throw Refusal(.corrupt, "a cell is neither there nor can it be inserted") }
        let old = lookup.optionalInteger(0)
        let replaced = DeliveryID(lookup.integer(1))
        lookup.reset()
        guard old != observation.value else {
            outcome.unchanged += 1
            return
        }
        // What this very delivery said a moment ago was never known to anybody: it has no place in the history.
        if replaced != delivery {
            archive.bind(key: key)
            archive.bind(delivery.number, at: 5)
            try archive.run()
        }
        replacement.bind(key: key)
        replacement.bind(optional: observation.value, at: 5)
        replacement.bind(delivery.number, at: 6)
        try replacement.run()
        outcome.restated += 1
        restatements.append(
            Restatement(cell: observation.cell, old: old, new: observation.value, replaced: replaced, by: delivery, at: at))
    }
}

extension BoundStatement {
    /// Binds a cell's key, in the order of the table, to `?1` … `?4`.
    func bind(key: (measure: Int64, span: Int64, start: Int64, agency: Int64)) {
        bind(key.measure, at: 1)
        bind(key.span, at: 2)
        bind(key.start, at: 3)
        bind(key.agency, at: 4)
    }
}
