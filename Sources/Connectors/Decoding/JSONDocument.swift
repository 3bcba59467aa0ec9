import Model

/// A JSON value with its numbers as they were written, so that no count passes through a `Double`.
indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The digits as they stood, `1250`, `68.88`, `1e3`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// What it is, for messages.
    var name: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// Reads JSON (RFC 8259) from bytes that may be anything: bounded in depth, strict about duplicate keys, never trapping.
///
/// Why not Foundation's: see docs/decisions/0004-own-json-reader.md.
struct JSONDocument {
    static let deepest = 64

    private let bytes: [UInt8]
    private var position = 0

    /// The value that the bytes hold, all of them.
    static func value(in bytes: [UInt8]) throws(DecodeError) -> JSONValue {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw DecodeError("the answer is not UTF-8") }
        var document = JSONDocument(bytes: bytes)
        document.skipBlanks()
        let value = try document.value(depth: 0)
        document.skipBlanks()
        guard document.position == bytes.count else { throw document.error("expected the end of the answer") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private mutating func value(depth: Int) throws(DecodeError) -> JSONValue {
        guard depth < JSONDocument.deepest else { throw error("nested deeper than \(JSONDocument.deepest) levels") }
        guard let byte = current else { throw error("the answer ends in the middle; it was cut off") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error("this is not JSON")
        }
    }

    private mutating func object(depth: Int) throws(DecodeError) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
            let place = self
            let key = try string()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw unexpected("a colon") }
            skipBlanks()
            let value = try value(depth: depth + 1)
            if members.updateValue(value, forKey: key) != nil { throw place.error("the key stands twice in one object, so its value is uncertain") }
            skipBlanks()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing brace") }
        }
    }

    private mutating func array(depth: Int) throws(DecodeError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            skipBlanks()
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing bracket") }
        }
    }

    private mutating func string() throws(DecodeError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw error("a control character inside a text")
            default: text.append(byte)
            }
        }
        throw error("the answer ends in the middle of a text; it was cut off")
    }

    private mutating func escape() throws(DecodeError) -> [UInt8] {
        guard let byte = current else { throw error("the answer ends in the middle of a text; it was cut off") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw error("an unknown escape in a text")
        }
    }

    /// The scalar of `\uXXXX`, or of two of them that form a surrogate pair; half a pair becomes the replacement character.
    private mutating func scalar() throws(DecodeError) -> UnicodeScalar {
        let first = try hexadecimal()
        if (0xD800...0xDBFF).contains(first), bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            let before = position
            position += 2
            let second = try hexadecimal()
            if (0xDC00...0xDFFF).contains(second), let scalar = UnicodeScalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) { return scalar }
            position = before
        }
        return UnicodeScalar(first) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(DecodeError) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20) }),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("an unfinished \\u escape in a text") }
        position += 4
        return value
    }

    private mutating func number() throws(DecodeError) -> String {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else { throw error("this is not a number") }
        if take(UInt8(ascii: ".")), digits() == 0 { throw error("this is not a number") }
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw error("this is not a number") }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = current, byte.isDigit { position += 1 }
        return position - start
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(DecodeError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw unexpected("'\(word)'") }
        position += word.utf8.count
        return value
    }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func unexpected(_ what: String) -> DecodeError {
        current == nil ? error("the answer ends in the middle; it was cut off") : error("expected \(what)")
    }

    private func error(_ problem: String) -> DecodeError {
        let read = bytes.prefix(position)
        let line = read.count { $0 == 0x0A } + 1
        // UTF-8 continuation bytes are not columns of their own.
        let column = read.reversed().prefix { $0 != 0x0A }.count { $0 & 0xC0 != 0x80 } + 1
        return DecodeError(problem, at: "line \(line), column \(column)")
    }
}
