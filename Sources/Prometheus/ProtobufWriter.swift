/// Writes the few kinds of protobuf fields that remote write needs; fields appear in the order of the calls.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    /// A text or a nested message.
    mutating func field(_ number: Int, _ content: some Collection<UInt8>) {
        key(number, wireType: 2)
        ProtobufWriter.append(varint: UInt64(content.count), to: &bytes)
        bytes += content
    }

    mutating func field(_ number: Int, double value: Double) {
        key(number, wireType: 1)
        let pattern = value.bitPattern
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: pattern >> UInt64(8 * index))) }
    }

    /// Negative numbers take ten bytes, as `int64` does.
    mutating func field(_ number: Int, integer value: Int64) {
        key(number, wireType: 0)
        ProtobufWriter.append(varint: UInt64(bitPattern: value), to: &bytes)
    }

    private mutating func key(_ number: Int, wireType: UInt64) {
        ProtobufWriter.append(varint: UInt64(number) << 3 | wireType, to: &bytes)
    }

    /// Seven bits a byte, the lowest first.
    static func append(varint value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
