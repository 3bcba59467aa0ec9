/// Packs the cells of one block into bytes.
struct BlockWriter {
    private var bytes: [UInt8] = []
    private let starts: [Int64]
    private let deliveries: [Int64]
    /// By column, the index of the delivery that brought most of its cells.
    private let usual: [Int]

    /// The bytes of these cells, which are in the order of agency and day and hold no cell twice.
    static func pack(_ cells: [PackedCell], slotStart: Int64) -> [UInt8] {
        var writer = BlockWriter(cells)
        writer.write(cells, slotStart: slotStart)
        return writer.bytes
    }

    private init(_ cells: [PackedCell]) {
        starts = Set(cells.map(\.start)).sorted()
        deliveries = Set(cells.map(\.delivery)).sorted()
        let columns = BlockWriter.indices(starts)
        let places = BlockWriter.indices(deliveries)
        var counts = [[Int: Int]](repeating: [:], count: starts.count)
        for cell in cells { counts[columns[cell.start] ?? 0][places[cell.delivery] ?? 0, default: 0] += 1 }
        // The lower index of equals, so that the same cells always give the same bytes.
        usual = counts.map { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0 }
    }

    private mutating func write(_ cells: [PackedCell], slotStart: Int64) {
        let columns = BlockWriter.indices(starts)
        let places = BlockWriter.indices(deliveries)
        bytes.append(BlockForm.first)
        append(starts.count)
        var before = slotStart
        for start in starts {
            append(UInt64(start - before))
            before = start
        }
        append(deliveries.count)
        before = 0
        for delivery in deliveries {
            append(UInt64(delivery - before))
            before = delivery
        }
        usual.forEach { append($0) }
        let rows = BlockWriter.rows(of: cells)
        append(rows.count)
        var agencyBefore: Int64 = 0
        for row in rows {
            append(UInt64(row[row.startIndex].agency - agencyBefore))
            agencyBefore = row[row.startIndex].agency
            let body = packed(row, columns: columns, places: places)
            append(body.count)
            bytes += body
        }
    }

    /// One agency's cells.
    private func packed(_ row: ArraySlice<PackedCell>, columns: [Int64: Int], places: [Int64: Int]) -> [UInt8] {
        var flags: UInt8 = 0
        var body: [UInt8] = [0]
        if row.count < starts.count || row.contains(where: { $0.value == nil }) {
            flags |= BlockForm.Flag.hasPresence
            var presence = [UInt8](repeating: 0, count: (starts.count + 3) / 4)
            for cell in row {
                let column = columns[cell.start] ?? 0
                let state = cell.value == nil ? BlockForm.Presence.unknown : BlockForm.Presence.known
                presence[column / 4] |= state << (2 * UInt8(column % 4))
            }
            body += presence
        }
        let values = row.compactMap(\.value)
        let isSigned = values.contains { $0 < 0 }
        let plain = BlockWriter.varints(values.map { isSigned ? Varint.zigzag($0) : UInt64(bitPattern: $0) })
        let differences = BlockWriter.varints(BlockWriter.differences(values).map(Varint.zigzag))
        if differences.count < plain.count {
            flags |= BlockForm.Flag.isDifferences
            body += differences
        } else {
            if isSigned { flags |= BlockForm.Flag.isSigned }
            body += plain
        }
        let indices = row.map { places[$0.delivery] ?? 0 }
        if zip(row, indices).contains(where: { cell, index in usual[columns[cell.start] ?? 0] != index }) {
            let isOne = Set(indices).count == 1
            flags |= isOne ? BlockForm.Flag.isOneDelivery : BlockForm.Flag.isEachDelivery
            for index in isOne ? Array(indices.prefix(1)) : indices { Varint.append(UInt64(index), to: &body) }
        }
        body[0] = flags
        return body
    }

    private mutating func append(_ number: Int) { Varint.append(UInt64(number), to: &bytes) }
    private mutating func append(_ number: UInt64) { Varint.append(number, to: &bytes) }

    private static func rows(of cells: [PackedCell]) -> [ArraySlice<PackedCell>] {
        var rows: [ArraySlice<PackedCell>] = []
        var first = cells.startIndex
        for index in cells.indices where index + 1 == cells.endIndex || cells[index + 1].agency != cells[index].agency {
            rows.append(cells[first...index])
            first = index + 1
        }
        return rows
    }

    private static func differences(_ values: [Int64]) -> [Int64] {
        var before: Int64 = 0
        return values.map { value in
            defer { before = value }
            // Wrapping on purpose: reading adds with wrapping, which gives every value back.
            return value &- before
        }
    }

    private static func varints(_ values: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values { Varint.append(value, to: &bytes) }
        return bytes
    }

    private static func indices(_ list: [Int64]) -> [Int64: Int] {
        Dictionary(uniqueKeysWithValues: list.enumerated().map { ($1, $0) })
    }
}
