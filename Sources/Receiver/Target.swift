/// The path and the query of a request line, unescaped. Nothing in it is believed.
struct Target: Hashable {
    let path: String
    /// In their order; names may repeat.
    let query: [Pair]

    struct Pair: Hashable {
        let name: String
        let value: String
    }

    /// Nil for escapes that are none, for bytes that are no UTF-8, and for what is neither a path nor the address of one.
    init?(_ text: String) {
        guard text.utf8.count <= 8192, let origin = Target.origin(text) else { return nil }
        let parts = origin.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = Target.unescaped(parts[0], plusIsSpace: false) else { return nil }
        var query: [Pair] = []
        for piece in (parts.count == 2 ? parts[1] : "").split(separator: "&") {
            let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Target.unescaped(sides[0], plusIsSpace: true),
                let value = Target.unescaped(sides.count == 2 ? sides[1] : "", plusIsSpace: true)
            else { return nil }
            query.append(Pair(name: name, value: value))
        }
        self.path = path
        self.query = query
    }

    /// The first value of a name.
    func value(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The path and query of `http://host/path?query` too, which every server must understand (RFC 9112 §3.2.2). Which host it is does not matter here.
    private static func origin(_ text: String) -> Substring? {
        guard !text.hasPrefix("/") else { return text[...] }
        guard let scheme = ["http://", "https://"].first(where: { text.prefix($0.count).lowercased() == $0 }) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let start = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard start > rest.startIndex else { return nil }
        return rest[start...].hasPrefix("/") ? rest[start...] : "/" + rest[start...]
    }

    private static func unescaped(_ text: Substring, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(nibble), let low = rest.popFirst().flatMap(nibble) else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
