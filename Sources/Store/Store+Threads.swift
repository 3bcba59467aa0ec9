import GRDB
import Model

extension Store {
    /// The Message-IDs of the letters to an agency (nil: to the operators) that told of alerts since some instants, the oldest first: what a new
    /// letter on them is an answer to.
    public func thread(of alerts: [AlertKey: Instant], to agency: AgencyCode?) throws(StoreError) -> [String] {
        try read("looking for earlier letters") { db in
            var found: [Int64: String] = [:]
            let statement = try db.cachedStatement(
                sql: """
                    SELECT l.id, l.message_id FROM alert a JOIN transition t ON t.alert = a.id JOIN letter_transition lt ON lt.transition = t.id
                      JOIN letter l ON l.id = lt.letter
                    WHERE a.rule = ? AND a.subject = ? AND a.agency = ? AND l.way = 'mail' AND l.agency IS ? AND l.created_at >= ?
                    """)
            for (key, since) in alerts {
                let rows = try GRDB.Row.fetchAll(
                    statement, arguments: [key.rule, key.subject, key.agency?.text ?? "", agency?.text, since.milliseconds])
                for row in rows { found[row[0]] = row[1] }
            }
            return found.sorted { $0.key < $1.key }.map(\.value)
        }
    }
}
