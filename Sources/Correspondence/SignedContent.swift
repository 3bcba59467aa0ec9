/// The part inside an opaque signature (`application/pkcs7-mime; smime-type=signed-data`, RFC 8551). It is taken out and read; the signature itself is
/// not checked, so it proves nothing here.
///
/// This is the little of BER that leads there, with lengths that are known and with those that are not, because mail programs write both:
///
///     ContentInfo { signedData, [0] SignedData { version, digests, EncapsulatedContent { type, [0] OCTET STRING }, … } }
enum SignedContent {
    /// What such parts call themselves; encrypted ones do too.
    static let mediaTypes: Set<String> = ["application/pkcs7-mime", "application/x-pkcs7-mime"]

    private static let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
    /// Deeper than any signature nests.
    private static let deepest = 16

    /// Nil for anything else, such as what is encrypted, or was cut off.
    static func content(of bytes: [UInt8]) -> [UInt8]? {
        var rest = bytes[...]
        guard var info = inside(0x30, &rest), let type = inside(0x06, &info), type.elementsEqual(signedData), var wrapped = inside(0xA0, &info),
            var signed = inside(0x30, &wrapped), element(&signed) != nil, element(&signed) != nil, var content = inside(0x30, &signed),
            element(&content) != nil, var explicit = inside(0xA0, &content), let octets = element(&explicit)
        else { return nil }
        return joined(octets, 0)
    }

    private struct Element {
        let tag: UInt8
        let content: ArraySlice<UInt8>
    }

    /// What the next element holds, when it has this tag.
    private static func inside(_ tag: UInt8, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let element = element(&rest), element.tag == tag else { return nil }
        return element.content
    }

    /// The next element, which is taken away from the rest; nil when it is none or is not whole.
    private static func element(_ rest: inout ArraySlice<UInt8>, _ depth: Int = 0) -> Element? {
        guard depth < deepest, let tag = rest.popFirst(), tag & 0x1F != 0x1F, let first = rest.popFirst() else { return nil }
        guard first != 0x80 else { return unmeasured(tag, &rest, depth) }
        var length = Int(first)
        if first > 0x80 {
            let digits = rest.prefix(Int(first & 0x7F))
            guard digits.count == Int(first & 0x7F), digits.count <= 4 else { return nil }
            length = digits.reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(digits.count)
        }
        guard length <= rest.count else { return nil }
        defer { rest = rest.dropFirst(length) }
        return Element(tag: tag, content: rest.prefix(length))
    }

    /// An element whose length is not said ends with two zeros after its last part.
    private static func unmeasured(_ tag: UInt8, _ rest: inout ArraySlice<UInt8>, _ depth: Int) -> Element? {
        let whole = rest
        while !rest.starts(with: [0, 0]) {
            guard element(&rest, depth + 1) != nil else { return nil }
        }
        defer { rest = rest.dropFirst(2) }
        return Element(tag: tag, content: whole[..<rest.startIndex])
    }

    /// A text of bytes, whole or in pieces; nil for anything else.
    private static func joined(_ element: Element, _ depth: Int) -> [UInt8]? {
        if element.tag == 0x04 { return Array(element.content) }
        guard element.tag == 0x24, depth < deepest else { return nil }
        var bytes: [UInt8] = []
        var rest = element.content
        while !rest.isEmpty {
            guard let piece = SignedContent.element(&rest), let part = joined(piece, depth + 1) else { return nil }
            bytes += part
        }
        return bytes
    }
}
