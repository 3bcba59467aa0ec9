/// A second, independent reading of the Snappy block format (google/snappy, format_description.txt), for checking what is sent.
public enum SnappyReader {
    public struct Malformed: Error {}

    public static func decompressed(_ bytes: [UInt8]) throws -> [UInt8] {
        var reader = ByteReader(bytes)
        let length = Int(try reader.varint())
        var output: [UInt8] = []
        func copy(_ count: Int, from distance: Int) throws {
            guard distance > 0, distance <= output.count else { throw Malformed() }
            for _ in 0..<count { output.append(output[output.count - distance]) }
        }
        while !reader.isAtEnd {
            let tag = try reader.byte()
            switch tag & 3 {
            case 0: output += try reader.bytes(tag >> 2 < 60 ? tag >> 2 + 1 : try reader.little(tag >> 2 - 59) + 1)
            case 1: try copy((tag >> 2 & 7) + 4, from: (tag >> 5) << 8 | reader.byte())
            case 2: try copy(tag >> 2 + 1, from: reader.little(2))
            default: try copy(tag >> 2 + 1, from: reader.little(4))
            }
        }
        guard output.count == length else { throw Malformed() }
        return output
    }
}

/// Takes bytes off the front of a message.
struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() throws -> Int {
        guard let byte = rest.popFirst() else { throw SnappyReader.Malformed() }
        return Int(byte)
    }

    mutating func bytes(_ count: Int) throws -> [UInt8] {
        guard count >= 0, rest.count >= count else { throw SnappyReader.Malformed() }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// A number of some bytes, the lowest first.
    mutating func little(_ count: Int) throws -> Int { try bytes(count).reversed().reduce(0) { $0 << 8 | Int($1) } }

    mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw SnappyReader.Malformed()
    }
}
