/// Reads the cells of a block's bytes, all of them or those of some agencies, without unpacking the rows in between.
struct BlockReader {
    private let bytes: [UInt8]
    /// The first days of the cells, by column.
    let starts: [Int64]
    private let deliveries: [Int64]
    private let usual: [Int64]
    private let rows: Int
    private let firstRow: Int

    /// Reads the head. Throws `corrupt` when these are no bytes that `BlockWriter` made.
    init(_ bytes: [UInt8], slotStart: Int64) throws {
        self.bytes = bytes
        var cursor = BlockCursor(bytes)
        let form = try cursor.byte()
        guard form == BlockForm.first else { throw Refusal(.corrupt, "a packed block of figures has the unknown form \(form)") }
        starts = try BlockReader.ascending(&cursor, from: slotStart, atMost: bytes.count)
        deliveries = try BlockReader.ascending(&cursor, from: 0, atMost: bytes.count)
        var usual: [Int64] = []
        usual.reserveCapacity(starts.count)
        for _ in starts { usual.append(try BlockReader.element(deliveries, try cursor.number())) }
        self.usual = usual
        rows = try cursor.count(upTo: bytes.count)
        firstRow = cursor.position
    }

    /// Hands over each cell of the wanted agencies in the order of agency and day; `nil` wants all.
    func forEach(_ isWanted: ((Int64) -> Bool)? = nil, _ body: (PackedCell) throws -> Void) throws {
        var cursor = BlockCursor(bytes, from: firstRow)
        var agency: Int64 = 0
        for _ in 0..<rows {
            agency &+= Int64(truncatingIfNeeded: try cursor.number())
            let length = try cursor.count(upTo: bytes.count)
            let start = try cursor.skip(length)
            if let isWanted, !isWanted(agency) { continue }
            try unpack(BlockCursor(bytes, from: start, to: start + length), agency: agency, body)
        }
        guard cursor.isAtEnd else { throw BlockCursor.tooShort }
    }

    /// The cells in the order of agency and day.
    func cells() throws -> [PackedCell] {
        var cells: [PackedCell] = []
        cells.reserveCapacity(rows * starts.count)
        try forEach { cells.append($0) }
        return cells
    }

    private func unpack(_ row: BlockCursor, agency: Int64, _ body: (PackedCell) throws -> Void) throws {
        var values = row
        let flags = try values.byte()
        var presence: Int?
        if flags & BlockForm.Flag.hasPresence != 0 { presence = try values.skip((starts.count + 3) / 4) }
        let isDifferences = flags & BlockForm.Flag.isDifferences != 0
        let isSigned = flags & BlockForm.Flag.isSigned != 0
        let isEach = flags & BlockForm.Flag.isEachDelivery != 0
        var origin = values
        var only: Int64?
        if flags & (BlockForm.Flag.isOneDelivery | BlockForm.Flag.isEachDelivery) != 0 {
            // The deliveries stand behind the values.
            for column in starts.indices where state(of: column, presence) == BlockForm.Presence.known { _ = try origin.number() }
            if !isEach { only = try BlockReader.element(deliveries, try origin.number()) }
        }
        var before: Int64 = 0
        for column in starts.indices {
            let state = state(of: column, presence)
            guard state != BlockForm.Presence.absent else { continue }
            var value: Int64?
            if state == BlockForm.Presence.known {
                let number = try values.number()
                if isDifferences {
                    before = before &+ Varint.unzigzag(number)
                } else {
                    before = isSigned ? Varint.unzigzag(number) : Int64(bitPattern: number)
                }
                value = before
            }
            let delivery = isEach ? try BlockReader.element(deliveries, try origin.number()) : only ?? usual[column]
            try body(PackedCell(agency: agency, start: starts[column], value: value, delivery: delivery))
        }
    }

    private func state(of column: Int, _ presence: Int?) -> UInt8 {
        guard let presence else { return BlockForm.Presence.known }
        return bytes[presence + column / 4] >> (2 * UInt8(column % 4)) & 3
    }

    private static func ascending(_ cursor: inout BlockCursor, from first: Int64, atMost limit: Int) throws -> [Int64] {
        let count = try cursor.count(upTo: limit)
        var numbers: [Int64] = []
        numbers.reserveCapacity(count)
        var number = first
        for _ in 0..<count {
            number &+= Int64(truncatingIfNeeded: try cursor.number())
            numbers.append(number)
        }
        return numbers
    }

    private static func element(_ list: [Int64], _ index: UInt64) throws -> Int64 {
        guard index < UInt64(list.count) else { throw BlockCursor.tooShort }
        return list[Int(index)]
    }
}
