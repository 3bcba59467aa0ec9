import GRDB
import Model

/// What the blocks hold at the places that one delivery writes to, unpacked once for all its observations.
///
/// Nearly all deliveries carry newer days than any packed one: for these it asks once a measure how far that is packed.
struct PackedPlaces {
    /// By the number of the measure, its spans with the last first day that may be packed.
    private var ends: [[(span: Int64, last: Int64)]] = []
    private var blocks: [BlockKey: [Place: PackedCell]] = [:]

    /// The packed cell of this key, nil when there is none.
    mutating func cell(_ key: CellWriter.Key, _ db: Database) throws -> PackedCell? {
        guard key.start <= (try end(of: Grain(measure: key.measure, span: key.span), db)) else { return nil }
        let slot = Slot(span: key.span, containing: Day(number: Int(key.start)))
        let block = BlockKey(measure: key.measure, span: key.span, slot: slot, shelf: Shelf.number(of: key.agency))
        let place = Place(start: key.start, agency: key.agency)
        if let cells = blocks[block] { return cells[place] }
        var cells: [Place: PackedCell] = [:]
        try BlockRows.block(block, db)?.forEach { cells[Place(start: $0.start, agency: $0.agency)] = $0 }
        blocks[block] = cells
        return cells[place]
    }

    /// The last first day that may be packed; the smallest number there is when nothing is.
    private mutating func end(of grain: Grain, _ db: Database) throws -> Int64 {
        let index = Int(grain.measure)
        if ends.indices.contains(index), let known = ends[index].first(where: { $0.span == grain.span }) { return known.last }
        let last = try BlockRows.packed(grain, starting: Grain.allStarts, db)?.upperBound ?? .min
        if ends.count <= index { ends += Array(repeating: [], count: index + 1 - ends.count) }
        ends[index].append((grain.span, last))
        return last
    }
}
