import GRDB
import Model

extension Store {
    /// The agencies whose figures stand as a source brought them with one of its last deliveries that brought any; those before `asOf` alone, if given.
    /// Empty when it never brought any.
    public func agenciesServed(by source: String, asOf instant: Instant? = nil) throws(StoreError) -> Set<AgencyCode> {
        let brought = try read("looking for what a source brought last") { db in
            try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT r.delivery, m.name, r.span, r.first, r.last FROM delivery_reach r JOIN measure m ON m.id = r.measure
                    WHERE r.delivery IN (
                      SELECT d.id FROM delivery d WHERE d.source = :source AND d.recorded_at <= :at
                        AND EXISTS (SELECT 1 FROM delivery_reach WHERE delivery = d.id)
                      ORDER BY d.id DESC LIMIT :limit)
                    """,
                arguments: ["source": source, "at": instant?.milliseconds ?? .max, "limit": Store.servedDeliveries])
        }
        let deliveries = Set(brought.map { DeliveryID($0["delivery"]) })
        var ranges: [MeasureID: DayRange] = [:]
        for row in brought {
            let first: Int = row["first"]
            let span: Int = row["span"]
            let last: Int = row["last"]
            guard let measure = MeasureID(row["name"] as String) else { continue }
            let range = DayRange(start: Day(number: first), span: last - first + span)
            ranges[measure] = ranges[measure]?.hull(range) ?? range
        }
        var agencies: Set<AgencyCode> = []
        for (measure, range) in ranges {
            let table = try cells(of: [measure], in: range, asOf: instant)
            for agency in table.agencies(with: measure) where table[measure, agency].contains(where: { deliveries.contains($0.delivery) }) {
                agencies.insert(agency)
            }
        }
        return agencies
    }

    /// How many of a source's last deliveries are looked at: enough for one that is asked each day, or that answers for each agency on its own.
    private static let servedDeliveries = 400
}
