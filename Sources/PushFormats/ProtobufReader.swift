/// Goes over the fields of one protobuf message, in place: texts and messages are ranges of the body. Lengths are checked against the message,
/// and arrays check once more, so that no length can make it read elsewhere.
struct ProtobufReader {
    /// What a field holds, by its wire type.
    enum Content {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        /// A text or a nested message.
        case bytes(Range<Int>)
    }

    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8], _ message: Range<Int>) {
        self.bytes = bytes
        position = message.lowerBound
        end = message.upperBound
    }

    /// The next field with its number; nil at the end of the message.
    mutating func next() throws(PushFormatError) -> (number: Int, content: Content)? {
        guard position < end else { return nil }
        let key = try varint()
        let number = Int(truncatingIfNeeded: key >> 3)
        guard (1...536_870_911).contains(number) else { throw malformed(.fieldNumber(key >> 3)) }
        switch key & 7 {
        case 0: return (number, .varint(try varint()))
        case 1: return (number, .fixed64(try fixed(8)))
        case 2:
            let length = try varint()
            guard length <= UInt64(end - position) else { throw malformed(.fieldTooLong) }
            defer { position += Int(length) }
            return (number, .bytes(position..<position + Int(length)))
        case 5: return (number, .fixed32(UInt32(truncatingIfNeeded: try fixed(4))))
        default: throw malformed(.wireType(key & 7))
        }
    }

    private mutating func varint() throws(PushFormatError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard position < end else { throw malformed(.cutOff) }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw malformed(.longNumber)
    }

    private mutating func fixed(_ count: Int) throws(PushFormatError) -> UInt64 {
        guard count <= end - position else { throw malformed(.cutOff) }
        defer { position += count }
        return (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << (8 * UInt64($1)) }
    }

    private func malformed(_ fault: ProtobufFault) -> PushFormatError { .malformed(.byte(position), .protobuf(fault)) }
}
