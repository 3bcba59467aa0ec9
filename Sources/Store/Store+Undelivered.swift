import GRDB
import Model

extension Store {
    /// The addresses that letters written since an instant did not reach, each with the newest such letter, in the order of those letters. One whose
    /// letter waits again for its turn is not among them.
    public func undeliveredMail(since: Instant) throws(StoreError) -> [UndeliveredMail] {
        try read("looking for addresses that letters did not reach") { db in
            try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT r.address, max(l.id) AS id, l.subject, l.agency, l.created_at, r.last_answer
                    FROM letter l JOIN letter_recipient r ON r.letter = l.id
                    WHERE l.way = 'mail' AND l.created_at >= ? AND r.state = 'failed' GROUP BY lower(r.address) ORDER BY id
                    """, arguments: [since.milliseconds]
            ).map { row in
                UndeliveredMail(
                    address: row["address"], letter: row["id"], subject: row["subject"],
                    agency: (row["agency"] as String?).flatMap { AgencyCode($0) },
                    writtenAt: Instant(milliseconds: row["created_at"]), answer: row["last_answer"])
            }
        }
    }
}
