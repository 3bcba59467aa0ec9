import GRDB
import Model

/// A letter on an alert that at least one of its addresses has.
public struct EarlierLetter: Hashable, Sendable {
    public let id: Int64
    public let messageID: String
    /// The agency it went to; nil for the operators.
    public let agency: AgencyCode?
    public let writtenAt: Instant
}

extension Store {
    /// The letters that told of each alert since some instant, the oldest first: what a new letter on it is an answer to. Those that nobody has, because
    /// they still wait, were refused or came back, are not among them.
    public func earlierLetters(on alerts: [AlertKey: Instant]) throws(StoreError) -> [AlertKey: [EarlierLetter]] {
        try read("looking for earlier letters") { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT DISTINCT l.id, l.message_id, l.agency, l.created_at \(EarlierLetters.ofAlert)
                      AND EXISTS (SELECT 1 FROM letter_recipient WHERE letter = l.id AND state = 'sent') ORDER BY l.id
                    """)
            var found: [AlertKey: [EarlierLetter]] = [:]
            for (key, since) in alerts {
                found[key] = try GRDB.Row.fetchAll(statement, arguments: EarlierLetters.arguments(key, since)).map { row in
                    EarlierLetter(
                        id: row["id"], messageID: row["message_id"], agency: (row["agency"] as String?).flatMap { AgencyCode($0) },
                        writtenAt: Instant(milliseconds: row["created_at"]))
                }
            }
            return found
        }
    }

    /// Those of some alerts that agencies were written to about since some instants, and of whose letters no agency has any or will get any. What no
    /// letter is kept of counts as heard.
    public func unheard(among alerts: [AlertKey: Instant]) throws(StoreError) -> Set<AlertKey> {
        try read("looking for letters that nobody got") { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT count(*) AS letters, count(*) FILTER (
                      WHERE EXISTS (SELECT 1 FROM letter_recipient WHERE letter = l.id AND state IN ('queued', 'sent'))
                    ) AS alive \(EarlierLetters.ofAlert) AND l.agency IS NOT NULL
                    """)
            return Set(
                try alerts.filter { key, since in
                    guard let row = try GRDB.Row.fetchOne(statement, arguments: EarlierLetters.arguments(key, since)) else { return false }
                    return row["letters"] > 0 && row["alive"] == 0
                }.keys)
        }
    }
}

/// The part of a query that finds the letters on one alert since an instant, as `l`.
private enum EarlierLetters {
    static let ofAlert = """
        FROM alert a JOIN transition t ON t.alert = a.id JOIN letter_transition lt ON lt.transition = t.id JOIN letter l ON l.id = lt.letter
        WHERE a.rule = ? AND a.subject = ? AND a.agency = ? AND l.way = 'mail' AND l.created_at >= ?
        """

    static func arguments(_ key: AlertKey, _ since: Instant) -> StatementArguments {
        [key.rule, key.subject, key.agency?.text ?? "", since.milliseconds]
    }
}
