import GRDB
import Model

/// What the blocks hold at the places that one delivery writes to, unpacked once for all its observations.
///
/// Nearly all deliveries carry newer days than any packed one: for these it asks once a slot, learns that there is no block, and never again.
struct PackedPlaces {
    private var blocks: [BlockKey: [Place: PackedCell]] = [:]
    private var last: (key: BlockKey, days: DayRange, cells: [Place: PackedCell])?

    /// The packed cell of this key, nil when there is none.
    mutating func cell(_ key: CellWriter.Key, _ db: Database) throws -> PackedCell? {
        let shelf = Shelf.number(of: key.agency)
        let day = Day(number: Int(key.start))
        let cells: [Place: PackedCell]
        if let last, last.key.measure == key.measure, last.key.span == key.span, last.key.shelf == shelf, last.days.contains(day) {
            cells = last.cells
        } else {
            let slot = Slot(span: key.span, containing: day)
            let blockKey = BlockKey(measure: key.measure, span: key.span, slot: slot, shelf: shelf)
            cells = try blocks[blockKey] ?? unpacked(blockKey, db)
            blocks[blockKey] = cells
            last = (blockKey, slot.days(span: key.span), cells)
        }
        return cells.isEmpty ? nil : cells[Place(start: key.start, agency: key.agency)]
    }

    private func unpacked(_ key: BlockKey, _ db: Database) throws -> [Place: PackedCell] {
        guard let block = try BlockRows.block(key, db) else { return [:] }
        var cells: [Place: PackedCell] = [:]
        try block.forEach { cells[Place(start: $0.start, agency: $0.agency)] = $0 }
        return cells
    }
}
