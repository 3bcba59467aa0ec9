import GRDB
import Model

extension Store {
    /// Forgets figures whose days ended before a day, with their history, and returns how many values went. Records of deliveries stay.
    ///
    /// It works in transactions of one block or of some thousand rows, so that deliveries get in between; when it throws, a part may be done.
    public func dropFigures(endedBefore day: Day) async throws(StoreError) -> Int {
        // Also when it ends early: what went is gone.
        defer { noteForgetting() }
        return try await inSteps("dropping figures past their keeping") { db in
            for grain in try Grain.all(db) {
                let step = try Retention(db: db).dropFigures(of: grain, endedBefore: Int64(day.number))
                if step > 0 { return step }
            }
            return 0
        }
    }

    /// Forgets replaced values whose replacement was recorded before an instant; "as of" an earlier instant then shows less than was known.
    public func dropHistory(replacedBefore instant: Instant) async throws(StoreError) -> Int {
        try await inSteps("dropping history past its keeping") { db in
            let last = try DeliveryRows.last(at: Instant(milliseconds: instant.milliseconds - 1), db)
            return try Retention(db: db).dropHistory("replaced_by <= ?1", [last])
        }
    }

    /// Forgets what alerts went through before an instant, and the letters of then that were sent or given up. The last transition of every
    /// alert stays, because it says why the alert is what it is.
    public func dropTransitions(before instant: Instant) async throws(StoreError) -> Int {
        try await inSteps("dropping transitions past their keeping") { db in
            try db.execute(
                sql: """
                    CREATE TEMP TABLE IF NOT EXISTS outdated (id INTEGER PRIMARY KEY);
                    DELETE FROM outdated;
                    """)
            try db.execute(
                sql: """
                    INSERT INTO outdated SELECT id FROM transition t
                    WHERE at < ? AND id < (SELECT max(id) FROM transition WHERE alert = t.alert) ORDER BY id LIMIT 1000
                    """, arguments: [instant.milliseconds])
            try db.execute(sql: "DELETE FROM letter_transition WHERE transition IN (SELECT id FROM outdated)")
            try db.execute(sql: "DELETE FROM transition WHERE id IN (SELECT id FROM outdated)")
            let count = db.changesCount
            try db.execute(
                sql: """
                    DELETE FROM letter WHERE created_at < ? AND state IN ('sent', 'failed')
                      AND NOT EXISTS (SELECT 1 FROM letter_transition WHERE letter = letter.id)
                    """, arguments: [instant.milliseconds])
            return count
        }
    }

    /// Repeats a step until it finds nothing more to do.
    private func inSteps(_ operation: String, _ step: @escaping @Sendable (Database) throws -> Int) async throws(StoreError) -> Int {
        var count = 0
        while !Task.isCancelled {
            let done = try await write(operation, step)
            guard done > 0 else { break }
            count += done
        }
        return count
    }
}

/// Removes values, and takes them out of the digests of the deliveries that brought them.
private struct Retention {
    let db: Database

    /// One block, or some rows, of the values whose last day lies before a day.
    func dropFigures(of grain: Grain, endedBefore day: Int64) throws -> Int {
        let first = try Int64.fetchOne(
            db, sql: "SELECT min(start) FROM cell WHERE measure = ? AND span = ? AND start <= ?",
            arguments: [grain.measure, grain.span, day - grain.span])
        if let first { return try dropRows(of: grain, starting: first) }
        guard let packed = try BlockRows.packed(grain, starting: Grain.allStarts, db) else { return 0 }
        let slot = Slot(span: grain.span, containing: Day(number: Int(packed.lowerBound)))
        // A block goes as a whole, when its last day is past too.
        guard Int64(slot.days(span: grain.span).end.number) + grain.span - 1 <= day else { return 0 }
        return try dropBlock(of: grain, slot)
    }

    private func dropRows(of grain: Grain, starting start: Int64) throws -> Int {
        var sums: [Int64: UInt64] = [:]
        let key = "measure = ?1 AND span = ?2 AND start = ?3"
        let statement = try BoundStatement(db, "SELECT agency, value, delivery FROM cell WHERE \(key)")
        statement.bind(grain.measure, grain.span, start)
        // What the block below holds of these is hidden and has been in the history since it was replaced.
        var agencies: [Int64] = []
        while try statement.step() {
            let place = (measure: grain.measure, span: grain.span, start: start, agency: statement.integer(0))
            sums[statement.integer(2), default: 0] &+= CellDigest.of(place, statement.optionalInteger(1))
            agencies.append(statement.integer(0))
        }
        var count = agencies.count
        let hidden = try hiddenBlock(of: grain, starting: start)
        try db.execute(sql: "DELETE FROM cell WHERE measure = ? AND span = ? AND start = ?", arguments: [grain.measure, grain.span, start])
        for (key, cells) in hidden { try cells.isEmpty ? BlockRows.remove(key, db) : BlockRows.put(cells, key, db) }
        try subtract(sums)
        // Only theirs: the history of packed cells of the same day goes with their block.
        for agency in agencies {
            count += try dropAllHistory("measure = ?1 AND span = ?2 AND start = ?3 AND agency = ?4", [grain.measure, grain.span, start, agency])
        }
        return count
    }

    /// The blocks of a day without the cells that rows of it hide, so that they do not come to light when the rows go.
    private func hiddenBlock(of grain: Grain, starting start: Int64) throws -> [(BlockKey, [PackedCell])] {
        let places = try BlockRows.replaced(grain, starting: start...start, db)
        let slot = Slot(span: grain.span, containing: Day(number: Int(start)))
        return try Set(places.map { Shelf.number(of: $0.agency) }).sorted().compactMap { shelf in
            let key = BlockKey(measure: grain.measure, span: grain.span, slot: slot, shelf: shelf)
            guard let cells = try BlockRows.block(key, db)?.cells() else { return nil }
            return (key, cells.filter { !places.contains(Place(start: $0.start, agency: $0.agency)) })
        }
    }

    private func dropBlock(of grain: Grain, _ slot: Slot) throws -> Int {
        let shelf = try Int64.fetchOne(
            db, sql: "SELECT min(shelf) FROM block WHERE measure = ? AND span = ? AND slot = ?", arguments: [grain.measure, grain.span, slot.number])
        guard let shelf else { return 0 }
        let key = BlockKey(measure: grain.measure, span: grain.span, slot: slot, shelf: shelf)
        let cells = try BlockRows.block(key, db)?.cells() ?? []
        var sums: [Int64: UInt64] = [:]
        for cell in cells {
            let place = (measure: grain.measure, span: grain.span, start: cell.start, agency: cell.agency)
            sums[cell.delivery, default: 0] &+= CellDigest.of(place, cell.value)
        }
        try BlockRows.remove(key, db)
        try subtract(sums)
        let days = slot.days(span: grain.span)
        let agencies = Shelf.agencies(shelf)
        let history = try dropAllHistory(
            "measure = ?1 AND span = ?2 AND start BETWEEN ?3 AND ?4 AND agency BETWEEN ?5 AND ?6",
            [grain.measure, grain.span, Int64(days.start.number), Int64(days.last.number), agencies.lowerBound, agencies.upperBound])
        return max(1, cells.count + history)
    }

    private func dropAllHistory(_ condition: String, _ arguments: [Int64]) throws -> Int {
        var count = 0
        while true {
            let step = try dropHistory(condition, arguments)
            count += step
            if step < Retention.historyStep { return count }
        }
    }

    private static let historyStep = 5000

    /// The replaced values that match, at most some thousand of them.
    func dropHistory(_ condition: String, _ arguments: [Int64]) throws -> Int {
        let rows = try GRDB.Row.fetchAll(
            db, sql: "SELECT * FROM cell_history WHERE \(condition) LIMIT \(Retention.historyStep)", arguments: StatementArguments(arguments))
        var sums: [Int64: UInt64] = [:]
        let deletion = try BoundStatement(
            db, "DELETE FROM cell_history WHERE measure = ?1 AND span = ?2 AND start = ?3 AND agency = ?4 AND delivery = ?5")
        for row in rows {
            let place = (
                measure: row["measure"] as Int64, span: row["span"] as Int64, start: row["start"] as Int64, agency: row["agency"] as Int64
            )
            let delivery: Int64 = row["delivery"]
            sums[delivery, default: 0] &+= CellDigest.of(place, row["value"])
            deletion.bind(key: place)
            deletion.bind(delivery, at: 5)
            try deletion.run()
        }
        try subtract(sums)
        return rows.count
    }

    private func subtract(_ sums: [Int64: UInt64]) throws {
        for (delivery, sum) in sums {
            let digest = try Int64.fetchOne(db, sql: "SELECT digest FROM delivery WHERE id = ?", arguments: [delivery]) ?? 0
            try db.execute(
                sql: "UPDATE delivery SET digest = ? WHERE id = ?",
                arguments: [Int64(bitPattern: UInt64(bitPattern: digest) &- sum), delivery])
        }
    }
}
