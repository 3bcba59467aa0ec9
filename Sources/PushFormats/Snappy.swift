/// Unpacks the Snappy block format (google/snappy, format_description.txt), in which remote write 1.0 sends its bodies.
enum Snappy {
    /// The bytes of a block. The length that a block begins with is a claim: it bounds the output, and no room is made for it beforehand.
    static func decompressed(_ packed: [UInt8], upTo most: Int) throws(PushFormatError) -> [UInt8] {
        var at = 0
        guard let claimed = length(packed, &at) else { throw damaged(at, .noLength) }
        guard claimed <= most else { throw .tooLargeUnpacked(most: most) }
        var output: [UInt8] = []
        output.reserveCapacity(min(claimed, packed.count * 4))
        while at < packed.count {
            let tag = Int(packed[at])
            at += 1
            if tag & 3 == 0 {
                try literal(tag >> 2, packed, &at, claimed, &output)
            } else {
                try copy(tag, packed, &at, claimed, &output)
            }
        }
        guard output.count == claimed else { throw damaged(at, .ends(after: output.count, of: claimed)) }
        return output
    }

    /// A varint of at most 32 bits.
    private static func length(_ packed: [UInt8], _ at: inout Int) -> Int? {
        var length = 0
        for shift in stride(from: 0, through: 28, by: 7) {
            guard at < packed.count else { return nil }
            let byte = packed[at]
            at += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return length <= Int(UInt32.max) ? length : nil }
        }
        return nil
    }

    private static func literal(_ short: Int, _ packed: [UInt8], _ at: inout Int, _ claimed: Int, _ output: inout [UInt8]) throws(PushFormatError) {
        var length = short + 1
        if short >= 60 {
            let count = short - 59
            guard let long = little(count, packed, at) else { throw damaged(at, .cutOff) }
            length = long + 1
            at += count
        }
        guard length <= packed.count - at else { throw damaged(at, .cutOff) }
        guard length <= claimed - output.count else { throw damaged(at, .holdsMore) }
        output.append(contentsOf: packed[at..<at + length])
        at += length
    }

    private static func copy(_ tag: Int, _ packed: [UInt8], _ at: inout Int, _ claimed: Int, _ output: inout [UInt8]) throws(PushFormatError) {
        let kind = tag & 3
        let count = kind == 3 ? 4 : kind
        guard let rest = little(count, packed, at) else { throw damaged(at, .cutOff) }
        at += count
        let length = kind == 1 ? (tag >> 2 & 7) + 4 : tag >> 2 + 1
        let distance = kind == 1 ? (tag >> 5) << 8 | rest : rest
        guard distance > 0, distance <= output.count else { throw damaged(at, .copyBeforeBeginning) }
        guard length <= claimed - output.count else { throw damaged(at, .holdsMore) }
        // Byte by byte, because a copy may reach into what it writes.
        let start = output.count - distance
        for offset in 0..<length { output.append(output[start + offset]) }
    }

    /// A number of one to four bytes, the lowest first; nil when they are not all there.
    private static func little(_ count: Int, _ packed: [UInt8], _ at: Int) -> Int? {
        guard count <= packed.count - at else { return nil }
        return (0..<count).reduce(0) { $0 | Int(packed[at + $1]) << (8 * $1) }
    }

    private static func damaged(_ at: Int, _ fault: SnappyFault) -> PushFormatError { .malformed(.byte(at), .snappy(fault)) }
}
