/// Whole numbers in as few bytes as they need: 7 bits a byte, the least significant first, the high bit set on all but the last.
enum Varint {
    static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Small numbers of either sign as small numbers: 0, -1, 1, -2, … become 0, 1, 2, 3, …
    static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

    static func unzigzag(_ number: UInt64) -> Int64 { Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1) }
}

/// Reads a block's bytes from front to back; running past their end is damage, not a trap.
struct BlockCursor {
    let bytes: [UInt8]
    private(set) var position: Int
    let end: Int

    init(_ bytes: [UInt8], from position: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.position = position
        self.end = end ?? bytes.count
    }

    var isAtEnd: Bool { position == end }

    mutating func byte() throws -> UInt8 {
        guard position < end else { throw BlockCursor.tooShort }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number() throws -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < end, shift < 64 else { throw BlockCursor.tooShort }
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }

    /// A number that counts or points to what follows, which can be no more than `limit`.
    mutating func count(upTo limit: Int) throws -> Int {
        let number = try number()
        guard number <= UInt64(limit) else { throw BlockCursor.tooShort }
        return Int(number)
    }

    /// Passes over bytes and tells where they began.
    mutating func skip(_ count: Int) throws -> Int {
        guard count <= end - position else { throw BlockCursor.tooShort }
        defer { position += count }
        return position
    }

    static var tooShort: Refusal { Refusal(.corrupt, "a packed block of figures ends too early or counts more than it holds") }
}
