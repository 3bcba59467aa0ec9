/// Makes gzip streams without a compressor.
enum Gzip {
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    /// One stored block with its checksum; at most 65 535 bytes.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let count = UInt16(bytes.count)
        let block: [UInt8] = [1] + little(UInt32(count), 2) + little(UInt32(~count), 2) + bytes
        return header + block + little(crc(bytes), 4) + little(UInt32(bytes.count), 4)
    }

    /// The start of a stream that grows a thousandfold: a fixed-Huffman block of one zero byte and `pairs` times two copies of 258 bytes.
    ///
    /// In the fixed code length 258 is symbol 285 (11000101) and distance 1 is 00000, so a copy is 13 bits; it never ends and needs no checksum,
    /// because the reader must have given up before.
    static func bomb(copies: Int) -> [UInt8] {
        var bits = BitWriter()
        bits.write([1, 1, 0])  // last block, fixed Huffman code (01, low bit first)
        bits.write([0, 0, 1, 1, 0, 0, 0, 0])  // literal 0
        for _ in 0..<copies { bits.write([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]) }
        return header + bits.bytes
    }

    private struct BitWriter {
        var bytes: [UInt8] = []
        var used = 8

        mutating func write(_ bits: [UInt8]) {
            for bit in bits {
                if used == 8 {
                    bytes.append(0)
                    used = 0
                }
                bytes[bytes.count - 1] |= bit << UInt8(used)
                used += 1
            }
        }
    }

    private static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in (value >> 1) ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
