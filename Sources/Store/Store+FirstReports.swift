import GRDB
import Model

/// The delivery from which on an agency has reported a measure.
public struct FirstReport: Hashable, Sendable {
    public let measure: MeasureID
    public let agency: AgencyCode
    public let delivery: DeliveryID
}

extension Store {
    /// When each agency first delivered a known value of each measure, replaced or taken back since or not; in the order of the deliveries.
    ///
    /// It looks at every value there is. Where all values are past their keeping the agency counts as one that has always reported.
    public func firstReports(_ measures: [MeasureID]) throws(StoreError) -> [FirstReport] {
        let ever = try reportedEver(measures)
        return try read("looking for who reported when") { db in
            let book = try codeBook(db)
            var reports: [FirstReport] = []
            for measure in measures {
                let first = try book.measureNumbers[measure].map { try FirstDeliveries(of: $0, db).byAgency } ?? [:]
                for agency in ever[measure] ?? [] {
                    let delivery = book.agencyNumbers[agency].flatMap { first[$0] } ?? 0
                    reports.append(FirstReport(measure: measure, agency: agency, delivery: DeliveryID(delivery)))
                }
            }
            return reports.sorted { $0.delivery < $1.delivery }
        }
    }
}

/// The first delivery of each agency among all values of one measure: rows, what is packed, and the history.
private struct FirstDeliveries {
    private(set) var byAgency: [Int64: Int64] = [:]

    init(of measure: Int64, _ db: Database) throws {
        for grain in try Grain.all(of: measure, db) {
            for table in ["cell", "cell_history"] {
                let statement = try BoundStatement(
                    db, "SELECT agency, min(delivery) FROM \(table) WHERE measure = ?1 AND span = ?2 AND value IS NOT NULL GROUP BY agency")
                statement.bind(grain.measure, grain.span)
                while try statement.step() { note(statement.integer(0), statement.integer(1)) }
            }
            guard let packed = try BlockRows.packed(grain, starting: Grain.allStarts, db) else { continue }
            try BlockRows.forEach(grain, starting: packed, db) { block in
                try block.forEach { cell in
                    if cell.value != nil { note(cell.agency, cell.delivery) }
                }
            }
        }
    }

    private mutating func note(_ agency: Int64, _ delivery: Int64) { byAgency[agency] = min(byAgency[agency] ?? .max, delivery) }
}
