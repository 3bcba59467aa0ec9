import CZlib

/// The entries of a ZIP file (APPNOTE 6.3) held in memory, unpacked one at a time and within bounds.
///
/// Entries are found by the central directory alone and looked up by exact name; their names are never used as paths. Encrypted and
/// split files, ZIP64 and methods other than "stored" and "deflate" are refused: no spreadsheet program writes them for a file of this size.
public struct ZIPArchive {
    private struct Entry {
        let method: Int
        let packed: Int
        let unpacked: Int
        let checksum: UInt32
        let offset: Int
        let isEncrypted: Bool
    }

    private let bytes: [UInt8]
    private let limits: WorkbookLimits
    private var entries: [String: Entry] = [:]
    private var unpackedSoFar = 0

    /// The names of the entries, in order.
    public var names: [String] { entries.keys.sorted() }

    /// Whether bytes begin as every ZIP file with entries does.
    public static func isLikely(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    public init(_ bytes: [UInt8], limits: WorkbookLimits = WorkbookLimits()) throws(SpreadsheetError) {
        self.bytes = bytes
        self.limits = limits
        guard let end = ZIPArchive.end(of: bytes) else {
            throw SpreadsheetError(
                "the file is cut off: its table of contents is missing", vietnamese: "tệp bị cắt cụt: thiếu mục lục ở cuối; hãy gửi hoặc chép lại tệp"
            )
        }
        let count = number(end + 10, 2)
        let size = number(end + 12, 4)
        let start = number(end + 16, 4)
        guard number(end + 4, 2) == 0, number(end + 6, 2) == 0 else { throw SpreadsheetError("the file is one part of several") }
        guard count != 0xFFFF, start != 0xFFFF_FFFF else {
            throw SpreadsheetError("the file is a ZIP64 file, which no spreadsheet of this size needs")
        }
        guard count <= limits.entries else { throw SpreadsheetError("the file has \(count) parts, at most \(limits.entries) are read") }
        guard start + size <= end else { throw SpreadsheetError("the file is damaged: its table of contents lies outside it") }
        try readDirectory(from: start, count: count, end: end)
    }

    /// The bytes of an entry; nil when there is none of that name.
    public mutating func contents(of name: String) throws(SpreadsheetError) -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard !entry.isEncrypted else {
            throw SpreadsheetError(
                "the file is protected by a password; save it without one", vietnamese: "tệp có mật khẩu; hãy lưu lại không đặt mật khẩu", at: name)
        }
        guard entry.unpacked <= limits.entryBytes, unpackedSoFar + entry.unpacked <= limits.unpackedBytes else {
            throw SpreadsheetError("unpacks to \(entry.unpacked) bytes, more than is read", at: name)
        }
        guard entry.unpacked <= 1_000_000 || entry.unpacked / max(1, entry.packed) <= limits.ratio else {
            throw SpreadsheetError("unpacks to \(entry.unpacked / max(1, entry.packed)) times its size, as no spreadsheet does", at: name)
        }
        // The header before the data has a name and an extra field of its own lengths.
        let header = entry.offset
        guard header + 30 <= bytes.count, number(header, 4) == 0x0403_4B50 else { throw damaged(name) }
        let begin = header + 30 + number(header + 26, 2) + number(header + 28, 2)
        guard begin + entry.packed <= bytes.count else { throw damaged(name) }
        let packed = bytes[begin..<begin + entry.packed]
        let unpacked: [UInt8]
        switch entry.method {
        case 0: unpacked = Array(packed)
        case 8: unpacked = try Inflation.inflated(packed, to: entry.unpacked, name: name)
        default: throw SpreadsheetError("is packed by method \(entry.method), which is not read; save the file anew", at: name)
        }
        guard unpacked.count == entry.unpacked, Inflation.checksum(unpacked) == entry.checksum else { throw damaged(name) }
        unpackedSoFar += unpacked.count
        return unpacked
    }

    private mutating func readDirectory(from start: Int, count: Int, end: Int) throws(SpreadsheetError) {
        var position = start
        for _ in 0..<count {
            guard position + 46 <= end, number(position, 4) == 0x0201_4B50 else {
                throw SpreadsheetError("the file is damaged in its table of contents")
            }
            let lengths = (name: number(position + 28, 2), extra: number(position + 30, 2), comment: number(position + 32, 2))
            let next = position + 46 + lengths.name + lengths.extra + lengths.comment
            guard next <= end else { throw SpreadsheetError("the file is damaged in its table of contents") }
            let name = String(decoding: bytes[position + 46..<position + 46 + lengths.name], as: UTF8.self)
            let entry = Entry(
                method: number(position + 10, 2), packed: number(position + 20, 4), unpacked: number(position + 24, 4),
                checksum: UInt32(truncatingIfNeeded: number(position + 16, 4)), offset: number(position + 42, 4),
                isEncrypted: number(position + 8, 2) & 1 == 1)
            // Two parts of one name would let two programs see two different files.
            guard entries.updateValue(entry, forKey: name) == nil else {
                throw SpreadsheetError("the file holds the part '\(name.prefix(60))' twice")
            }
            position = next
        }
    }

    /// The end record, looked for from the back because a comment of up to 65 535 bytes may follow it.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let last = bytes.count - 22
        return (max(0, last - 65_535)...last).reversed().first { at in
            bytes[at] == 0x50 && bytes[at + 1] == 0x4B && bytes[at + 2] == 0x05 && bytes[at + 3] == 0x06
                && at + 22 + Int(bytes[at + 20]) + Int(bytes[at + 21]) << 8 <= bytes.count
        }
    }

    /// A little-endian number; the caller has checked that it lies inside.
    private func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }

    private func damaged(_ name: String) -> SpreadsheetError { SpreadsheetError("is damaged; save the file anew or send it again", at: name) }
}
