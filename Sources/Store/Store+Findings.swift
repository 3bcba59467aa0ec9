import GRDB
import Model

extension Store {
    /// Findings, the last seen first: of some kinds or all, of one source or all, seen again since an instant.
    ///
    /// - Parameter instant: Only what was known then, in the words of then. How often and when last a finding had been seen is that of the time when
    ///   it got other words, or of today.
    public func findings(
        kinds: Set<Finding.Kind>? = nil, source: String? = nil, since: Instant? = nil, asOf instant: Instant? = nil, limit: Int = 100
    ) throws(StoreError) -> [FindingRecord] {
        try read("reading findings") { db in
            var conditions = ["1"]
            var arguments: StatementArguments = []
            if let kinds {
                conditions.append("kind IN (\(kinds.map { _ in "?" }.joined(separator: ",")))")
                arguments += StatementArguments(kinds.map(\.rawValue))
            }
            if let source {
                conditions.append("source = ?")
                arguments += [source]
            }
            if let since {
                conditions.append("last_seen >= ?")
                arguments += [since.milliseconds]
            }
            if let instant {
                conditions.append("first_seen <= ?")
                arguments += [instant.milliseconds]
            }
            let finding = instant.map { FindingRows.asOf($0) } ?? "finding"
            let sql = "SELECT * FROM \(finding) WHERE \(conditions.joined(separator: " AND ")) ORDER BY last_seen DESC, id DESC LIMIT ?"
            return try GRDB.Row.fetchAll(db, sql: sql, arguments: arguments + [limit]).map(FindingRows.record)
        }
    }
}

/// Rows of the table `finding`: one per natural key, however often it comes back.
enum FindingRows {
    /// Adds findings, or counts them once more when their key is known; then the newest wording and the newest delivery are kept.
    static func merge(_ findings: [Finding], at instant: Instant, delivery: DeliveryID?, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO finding (kind, source, agency, measure, start, span, place, found, expected, first_seen, last_seen, count, delivery)
                VALUES (:kind, :source, :agency, :measure, :start, :span, :place, :found, :expected, :at, :at, 1, :delivery)
                ON CONFLICT (kind, coalesce(source, ''), coalesce(agency, ''), coalesce(measure, ''), coalesce(start, 0), coalesce(span, 0))
                DO UPDATE SET place = excluded.place, found = excluded.found, expected = excluded.expected,
                  first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen), count = count + 1,
                  delivery = coalesce(excluded.delivery, delivery)
                """)
        for finding in findings {
            try statement.execute(arguments: [
                "kind": finding.kind.rawValue, "source": finding.source, "agency": finding.agency, "measure": finding.measure,
                "start": finding.range?.start.number, "span": finding.range?.span, "place": finding.place, "found": finding.found,
                "expected": finding.expected, "at": instant.milliseconds, "delivery": delivery?.number,
            ])
        }
    }

    /// The table as its words were at an instant. `until` is when other words came, so the oldest former ones that lasted longer are those of then.
    fileprivate static func asOf(_ instant: Instant) -> String {
        let words = ["place", "found", "expected", "last_seen", "count", "delivery"].map {
            "CASE WHEN o.id IS NULL THEN f.\($0) ELSE o.\($0) END AS \($0)"
        }
        return """
            (SELECT f.id, f.kind, f.source, f.agency, f.measure, f.start, f.span, f.first_seen, \(words.joined(separator: ", "))
            FROM finding f LEFT JOIN finding_former o ON o.id = (
              SELECT min(id) FROM finding_former WHERE finding = f.id AND until > \(instant.milliseconds)))
            """
    }

    /// A row as a record.
    static func record(_ row: GRDB.Row) throws -> FindingRecord {
        guard let kind = Finding.Kind(rawValue: row["kind"]) else { throw Refusal(.corrupt, "a finding has an unknown kind") }
        let start: Int? = row["start"]
        let finding = Finding(
            kind, source: row["source"], agency: row["agency"], measure: row["measure"],
            range: start.map { DayRange(start: Day(number: $0), span: row["span"]) }, place: row["place"], found: row["found"],
            expected: row["expected"])
        let delivery: Int64? = row["delivery"]
        return FindingRecord(
            id: row["id"], finding: finding, firstSeen: Instant(milliseconds: row["first_seen"]),
            lastSeen: Instant(milliseconds: row["last_seen"]), count: row["count"], delivery: delivery.map { DeliveryID($0) })
    }
}
