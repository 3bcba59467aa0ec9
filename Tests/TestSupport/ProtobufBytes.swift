/// Writes protobuf fields by hand, for bodies that no encoder of ours makes.
public enum ProtobufBytes {
    /// A text or a message in a field.
    public static func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
        varint(UInt64(number) << 3 | 2) + varint(UInt64(content.count)) + content
    }

    public static func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

    public static func field(_ number: Int, varint value: UInt64) -> [UInt8] { varint(UInt64(number) << 3) + varint(value) }

    public static func field(_ number: Int, fixed64 value: UInt64) -> [UInt8] {
        varint(UInt64(number) << 3 | 1) + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    public static func varint(_ value: UInt64) -> [UInt8] { value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7) }
}
