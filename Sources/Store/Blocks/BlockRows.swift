import CZlib
import GRDB
import Model

/// The table of packed blocks.
enum BlockRows {
    /// The cells of one block, or nil when there is none.
    static func block(_ key: BlockKey, _ db: Database) throws -> BlockReader? {
        let statement = try BoundStatement(
            db, "SELECT checksum, bytes FROM block WHERE measure = ?1 AND span = ?2 AND slot = ?3 AND shelf = ?4")
        statement.bind(key.measure, key.span, key.slot.number, key.shelf)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return try reader(statement.blob(1), checksum: statement.integer(0), key)
    }

    /// The blocks of a grain that can hold cells whose first days lie in a range, the oldest first, each handed over and let go; with
    /// `shelves` only those of some agencies.
    static func forEach(
        _ grain: Grain, starting range: ClosedRange<Int64>, shelves: [Int64]? = nil, _ db: Database, _ body: (BlockReader) throws -> Void
    ) throws {
        let slots = slots(grain, starting: range)
        if let shelves {
            // Block by block, because those of all other shelves lie between those of two slots.
            for slot in slots.lowerBound.number...slots.upperBound.number {
                for shelf in shelves {
                    let key = BlockKey(measure: grain.measure, span: grain.span, slot: Slot(number: slot), shelf: shelf)
                    if let block = try block(key, db) { try body(block) }
                }
            }
        } else {
            try forEach(grain, slots, db, body)
        }
    }

    private static func forEach(
        _ grain: Grain, _ slots: ClosedRange<Slot>, _ db: Database, _ body: (BlockReader) throws -> Void
    ) throws {
        let statement = try BoundStatement(
            db, "SELECT slot, shelf, checksum, bytes FROM block WHERE measure = ?1 AND span = ?2 AND slot BETWEEN ?3 AND ?4 ORDER BY slot, shelf")
        statement.bind(grain.measure, grain.span, slots.lowerBound.number, slots.upperBound.number)
        // Also when the body throws: a statement left in the middle would keep its reading open.
        defer { statement.reset() }
        while try statement.step() {
            let key = BlockKey(
                measure: grain.measure, span: grain.span, slot: Slot(number: statement.integer(0)), shelf: statement.integer(1))
            try body(reader(statement.blob(3), checksum: statement.integer(2), key))
        }
    }

    /// The days of the packed slots that can hold cells whose first days lie in a range, from the oldest to the newest; nil when none is packed.
    static func packed(_ grain: Grain, starting range: ClosedRange<Int64>, _ db: Database) throws -> ClosedRange<Int64>? {
        // One question each: both in one would pass every block in between, of every shelf.
        let among = "FROM block WHERE measure = ?1 AND span = ?2 AND slot BETWEEN ?3 AND ?4"
        let statement = try BoundStatement(db, "SELECT (SELECT min(slot) \(among)), (SELECT max(slot) \(among))")
        let slots = slots(grain, starting: range)
        statement.bind(grain.measure, grain.span, slots.lowerBound.number, slots.upperBound.number)
        defer { statement.reset() }
        guard try statement.step(), let first = statement.optionalInteger(0), let last = statement.optionalInteger(1) else { return nil }
        let start = Slot(number: first).days(span: grain.span).start
        return Int64(start.number)...Int64(Slot(number: last).days(span: grain.span).last.number)
    }

    /// The places of the rows among packed days. There are few: what was restated since the days were packed. They hide the packed cells.
    static func replaced(_ grain: Grain, starting range: ClosedRange<Int64>, _ db: Database) throws -> Set<Place> {
        let statement = try BoundStatement(db, "SELECT start, agency FROM cell WHERE measure = ?1 AND span = ?2 AND start BETWEEN ?3 AND ?4")
        statement.bind(grain.measure, grain.span, range.lowerBound, range.upperBound)
        var places: Set<Place> = []
        while try statement.step() { places.insert(Place(start: statement.integer(0), agency: statement.integer(1))) }
        return places
    }

    private static func slots(_ grain: Grain, starting range: ClosedRange<Int64>) -> ClosedRange<Slot> {
        let first = Slot(span: grain.span, containing: Day(number: Int(range.lowerBound)))
        return first...max(first, Slot(span: grain.span, containing: Day(number: Int(range.upperBound))))
    }

    /// Puts a block in the place of an older one.
    static func put(_ cells: [PackedCell], _ key: BlockKey, _ db: Database) throws {
        let bytes = BlockWriter.pack(cells, slotStart: Int64(key.slot.days(span: key.span).start.number))
        let first = cells.lazy.map(\.start).min() ?? 0
        try db.cachedStatement(
            sql: """
                INSERT INTO block (measure, span, slot, shelf, first, cells, checksum, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET first = excluded.first, cells = excluded.cells, checksum = excluded.checksum, bytes = excluded.bytes
                """
        ).execute(arguments: [key.measure, key.span, key.slot.number, key.shelf, first, cells.count, checksum(bytes, key), Blob(bytes)])
    }

    static func remove(_ key: BlockKey, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM block WHERE measure = ? AND span = ? AND slot = ? AND shelf = ?")
            .execute(arguments: [key.measure, key.span, key.slot.number, key.shelf])
    }

    static func reader(_ bytes: [UInt8], checksum expected: Int64, _ key: BlockKey) throws -> BlockReader {
        guard checksum(bytes, key) == expected else {
            throw Refusal(.corrupt, "a packed block of figures does not have the checksum it was stored with")
        }
        return try BlockReader(bytes, slotStart: Int64(key.slot.days(span: key.span).start.number))
    }

    /// CRC-32 over the key and the bytes, so that a block cannot pass for another one.
    static func checksum(_ bytes: [UInt8], _ key: BlockKey) -> Int64 {
        var head: [UInt8] = []
        for number in [key.measure, key.span, key.slot.number, key.shelf] { Varint.append(UInt64(bitPattern: number), to: &head) }
        return Int64(crc32(crc32(0, head, uInt(head.count)), bytes, uInt(bytes.count)))
    }
}
