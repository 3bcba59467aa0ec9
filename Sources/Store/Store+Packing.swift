import GRDB
import Model

extension Store {
    /// Packs the cells of slots that ended before a day into blocks, which take a sixth of the room of rows, and returns how many were packed.
    ///
    /// Nothing changes for readers. It works in transactions of one block, some milliseconds each, so that deliveries get in between; when it
    /// throws or its task is cancelled, what is done stays done. Cells restated later are packed again by the next call.
    public func pack(endedBefore day: Day) async throws(StoreError) -> Int {
        var count = 0
        while !Task.isCancelled, let packed = try await write("packing closed periods", { db in try Packing.packNext(endedBefore: day, db) }) {
            count += packed
        }
        return count
    }
}

/// Moves the rows of one block's cells into the block.
enum Packing {
    /// Packs the rows of one block, the first that has any, and returns their number; nil when all are packed.
    static func packNext(endedBefore day: Day, _ db: Database) throws -> Int? {
        for grain in try Grain.all(db) {
            let open = Slot(span: grain.span, containing: day).days(span: grain.span).start
            let oldest = try BoundStatement(
                db, "SELECT start, agency FROM cell WHERE measure = ?1 AND span = ?2 AND start < ?3 ORDER BY start, agency LIMIT 1")
            oldest.bind(grain.measure, grain.span, Int64(open.number))
            guard try oldest.step() else { continue }
            let slot = Slot(span: grain.span, containing: Day(number: Int(oldest.integer(0))))
            let shelf = Shelf.number(of: oldest.integer(1))
            oldest.reset()
            return try pack(BlockKey(measure: grain.measure, span: grain.span, slot: slot, shelf: shelf), db)
        }
        return nil
    }

    private static func pack(_ key: BlockKey, _ db: Database) throws -> Int {
        let rows = try take(key, db)
        let old = try BlockRows.block(key, db)?.cells() ?? []
        try BlockRows.put(merged(old, with: rows), key, db)
        return rows.count
    }

    /// The rows of a block's cells, in the order of agency and day; they are gone then.
    private static func take(_ key: BlockKey, _ db: Database) throws -> [PackedCell] {
        let place = "measure = ?1 AND span = ?2 AND start = ?3 AND agency BETWEEN ?4 AND ?5"
        let selection = try BoundStatement(db, "SELECT agency, value, delivery FROM cell WHERE \(place)")
        let deletion = try BoundStatement(db, "DELETE FROM cell WHERE \(place)")
        let agencies = Shelf.agencies(key.shelf)
        let days = key.slot.days(span: key.span)
        var rows: [PackedCell] = []
        // Day by day, because the agencies of other shelves lie between those of two days.
        for start in Int64(days.start.number)..<Int64(days.end.number) {
            selection.bind(key.measure, key.span, start, agencies.lowerBound, agencies.upperBound)
            let before = rows.count
            while try selection.step() {
                rows.append(
                    PackedCell(
                        agency: selection.integer(0), start: start, value: selection.optionalInteger(1), delivery: selection.integer(2)))
            }
            guard rows.count > before else { continue }
            deletion.bind(key.measure, key.span, start, agencies.lowerBound, agencies.upperBound)
            try deletion.run()
        }
        return rows.sorted { ($0.agency, $0.start) < ($1.agency, $1.start) }
    }

    /// A row holds what its cell is now, whatever was packed before.
    private static func merged(_ old: [PackedCell], with rows: [PackedCell]) -> [PackedCell] {
        var merged: [PackedCell] = []
        merged.reserveCapacity(old.count + rows.count)
        var next = old.makeIterator()
        var packed = next.next()
        for row in rows {
            while let cell = packed, (cell.agency, cell.start) < (row.agency, row.start) {
                merged.append(cell)
                packed = next.next()
            }
            if let cell = packed, cell.agency == row.agency, cell.start == row.start { packed = next.next() }
            merged.append(row)
        }
        while let cell = packed {
            merged.append(cell)
            packed = next.next()
        }
        return merged
    }
}
