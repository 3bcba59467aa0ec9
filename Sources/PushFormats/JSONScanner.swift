import Model

/// Goes over the bytes of a JSON text (RFC 8259) once and builds nothing: strings and numbers are ranges of the body.
///
/// Each read checks that it is within the body, and arrays check once more, so that no body can make it read elsewhere. Nesting is bounded, and
/// skipping keeps a count instead of calling itself.
struct JSONScanner {
    /// The deepest nesting; an observation has three levels, OTLP fourteen.
    static let deepest = 64

    /// The body, and behind `end` the strings that were written with escapes, as they read.
    private(set) var bytes: [UInt8]
    private(set) var position: Int
    /// Where the body, or the part of it that is read, ends.
    private(set) var end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    /// Reads only this part of the body from now on, as if there were nothing else.
    mutating func narrow(to part: Range<Int>) {
        position = part.lowerBound
        end = part.upperBound
    }

    /// The next byte that is no blank; 0, which begins nothing in JSON, at the end.
    mutating func peek() -> UInt8 {
        while position < end {
            let byte = bytes[position]
            guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t") else {
                return byte
            }
            position += 1
        }
        return 0
    }

    /// Steps over a byte if it is the next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte, position < end else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8, _ what: @autoclosure () -> Wanted) throws(PushFormatError) {
        guard take(byte) else { throw unexpected(what()) }
    }

    /// Moves elsewhere, to a place that was noted before.
    mutating func go(to place: Int) { position = min(max(0, place), end) }

    /// Says what stands at the position instead of what should.
    func unexpected(_ expected: Wanted) -> PushFormatError {
        guard position < end else { return .malformed(.byte(position), .ends(expected)) }
        let found = Trouble.shown(position..<min(end, position + 12), bytes)
        return .malformed(.byte(position), .instead(found: found, expected))
    }

    /// The string that begins at the position, without its quotes and escapes.
    mutating func string() throws(PushFormatError) -> Range<Int> {
        guard peek() == UInt8(ascii: "\""), position < end else { throw unexpected(.string) }
        position += 1
        let start = position
        var hasEscapes = false
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return hasEscapes ? try unescaped(start..<position - 1) : start..<position - 1
            }
            guard byte >= 0x20 else { throw unexpected(.stringWithoutControls) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                // The escaped byte is stepped over unseen, so that `\"` does not end the string.
                position += 1
            }
            position += 1
        }
        position = end
        throw unexpected(.endOfString(from: start - 1))
    }

    /// A number or one of JSON's three words, and what writers of bad JSON put there instead, such as `NaN`; the range is never empty.
    mutating func scalar() throws(PushFormatError) -> Range<Int> {
        _ = peek()
        let start = position
        while position < end, JSONScanner.isOfScalar(bytes[position]) { position += 1 }
        guard position > start else { throw unexpected(.jsonValue) }
        return start..<position
    }

    /// Steps over a value of any kind and checks its form.
    mutating func skip() throws(PushFormatError) {
        var open: [UInt8] = []
        repeat {
            switch peek() {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard open.count < JSONScanner.deepest else { throw unexpected(.nesting(most: JSONScanner.deepest)) }
                let close = bytes[position] + 2
                position += 1
                if take(close) { break }
                open.append(close)
                if close == UInt8(ascii: "}") { try key() }
                continue
            case UInt8(ascii: "\""): _ = try string()
            default: try word()
            }
            // A value is over: what follows in what is open?
            while let close = open.last {
                if take(UInt8(ascii: ",")) {
                    if close == UInt8(ascii: "}") { try key() }
                    break
                }
                try expect(close, .either("','", close == UInt8(ascii: "}") ? "'}'" : "']'"))
                open.removeLast()
            }
        } while !open.isEmpty
    }

    /// A name and its colon.
    @discardableResult
    mutating func key() throws(PushFormatError) -> Range<Int> {
        let key = try string()
        try expect(UInt8(ascii: ":"), .sign("':'"))
        return key
    }

    private mutating func word() throws(PushFormatError) {
        let word = try scalar()
        let isKnown = Field.isEqual(word, bytes, "null") || Field.isEqual(word, bytes, "true") || Field.isEqual(word, bytes, "false")
        let isNumber = bytes[word.lowerBound].isDigit || bytes[word.lowerBound] == UInt8(ascii: "-")
        guard !isKnown, !isNumber else { return }
        position = word.lowerBound
        throw unexpected(.jsonValue)
    }

    private static func isOfScalar(_ byte: UInt8) -> Bool {
        byte.isDigit || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ".")
    }

    /// Writes a string without its escapes behind the body and gives its place there.
    private mutating func unescaped(_ range: Range<Int>) throws(PushFormatError) -> Range<Int> {
        let start = bytes.count
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            at += 1
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            let escape = at
            guard at < range.upperBound, let plain = self.escape(&at, range.upperBound) else {
                position = escape
                throw unexpected(.escape)
            }
            bytes.append(contentsOf: String(Character(plain)).utf8)
        }
        return start..<bytes.count
    }

    /// The character of the escape whose letter stands at `at`; nil when there is no such escape.
    private func escape(_ at: inout Int, _ limit: Int) -> Unicode.Scalar? {
        let letter = bytes[at]
        at += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: return nil
        }
        guard let first = hexadecimal(&at, limit) else { return nil }
        if let scalar = Unicode.Scalar(first) { return scalar }
        // The two halves of a character above U+FFFF; a half alone is no text.
        guard first < 0xDC00, at + 1 < limit, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else { return nil }
        at += 2
        guard let second = hexadecimal(&at, limit), (0xDC00...0xDFFF).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(second - 0xDC00)))
    }

    private func hexadecimal(_ at: inout Int, _ limit: Int) -> UInt16? {
        guard at + 4 <= limit else { return nil }
        let digits = String(decoding: bytes[at..<at + 4], as: UTF8.self)
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
        at += 4
        return UInt16(digits, radix: 16)
    }
}
