import GRDB
import Model

/// Which replaced figures are asked for; what is nil is not asked.
public struct RestatementQuery: Hashable, Sendable {
    /// Replaced at or after.
    public var since: Instant?
    /// Replaced at or before.
    public var until: Instant?
    public var agency: AgencyCode?
    public var measure: MeasureID?
    /// The source whose delivery replaced it.
    public var source: String?

    public init(since: Instant? = nil, until: Instant? = nil, agency: AgencyCode? = nil, measure: MeasureID? = nil, source: String? = nil) {
        self.since = since
        self.until = until
        self.agency = agency
        self.measure = measure
        self.source = source
    }
}

extension Store {
    /// The replaced figures, newest first, at most `limit` of those that `isWanted`.
    ///
    /// What replaced a figure may lie in any of the places where figures are kept, so it is asked for figure by figure. It can only have been
    /// moved in between, never changed.
    public func restatements(
        _ query: RestatementQuery, limit: Int, where isWanted: (CellKey, Instant) -> Bool
    ) throws(StoreError) -> [Restatement] {
        let replaced = try replacedValues(query, limit: limit, where: isWanted)
        var histories: [CellKey: [Revision]] = [:]
        var restatements: [Restatement] = []
        for value in replaced {
            let revisions: [Revision]
            if let known = histories[value.cell] { revisions = known } else { revisions = try history(of: value.cell) }
            histories[value.cell] = revisions
            let new = revisions.first { $0.delivery == value.by }
            guard new != nil || value.isRetracted else {
                throw StoreError(
                    Refusal(.corrupt, "the figure \(value.cell) has no value from delivery \(value.by), which replaced one"),
                    operation: "reading restatements", path: path)
            }
            restatements.append(
                Restatement(cell: value.cell, old: value.old, new: new.flatMap(\.value), replaced: value.replaced, by: value.by, at: value.at))
        }
        return restatements
    }

    private struct ReplacedValue {
        let cell: CellKey
        let old: Int64?
        let replaced: DeliveryID
        let by: DeliveryID
        let at: Instant
        /// Taken back: there may be no value in its place.
        let isRetracted: Bool
    }

    private func replacedValues(
        _ query: RestatementQuery, limit: Int, where isWanted: (CellKey, Instant) -> Bool
    ) throws(StoreError) -> [ReplacedValue] {
        try read("reading restatements") { db in
            let book = try codeBook(db)
            let sql = """
                SELECT h.*, d.recorded_at, d.source FROM delivery d JOIN cell_history h ON h.replaced_by = d.id
                WHERE \(query.conditions) ORDER BY d.id DESC, h.measure, h.start, h.span, h.agency
                """
            var found: [ReplacedValue] = []
            let rows = try GRDB.Row.fetchCursor(db, sql: sql, arguments: query.arguments)
            while found.count < limit, let row = try rows.next() {
                let range = DayRange(start: Day(number: row["start"]), span: row["span"])
                let cell = CellKey(agency: try book.agency(row["agency"]), measure: try book.measure(row["measure"]), range: range)
                let at = Instant(milliseconds: row["recorded_at"])
                guard isWanted(cell, at) else { continue }
                found.append(
                    ReplacedValue(
                        cell: cell, old: row["value"], replaced: DeliveryID(row["delivery"]), by: DeliveryID(row["replaced_by"]), at: at,
                        isRetracted: row["source"] as String == Retraction.source))
            }
            return found
        }
    }
}

extension RestatementQuery {
    /// The question as a condition over `d` (delivery) and `h` (cell_history).
    fileprivate var conditions: String {
        var conditions = ["1"]
        if since != nil { conditions.append("d.recorded_at >= :since") }
        if until != nil { conditions.append("d.recorded_at <= :until") }
        if source != nil { conditions.append("d.source = :source") }
        if measure != nil { conditions.append("h.measure = (SELECT id FROM measure WHERE name = :measure)") }
        if agency != nil { conditions.append("h.agency = (SELECT id FROM agency WHERE code = :agency)") }
        return conditions.joined(separator: " AND ")
    }

    fileprivate var arguments: StatementArguments {
        var arguments: [String: (any DatabaseValueConvertible)?] = [:]
        if let since { arguments["since"] = since.milliseconds }
        if let until { arguments["until"] = until.milliseconds }
        if let source { arguments["source"] = source }
        if let measure { arguments["measure"] = measure.text }
        if let agency { arguments["agency"] = agency.text }
        return StatementArguments(arguments)
    }
}
