/// Cuts what arrives into responses: lines, and inside them literals whose length stands before them. Nothing arrives unbounded.
struct IMAPReader {
    /// A part of a response: text between literals, or a literal.
    private enum Piece {
        case text(ArraySlice<UInt8>)
        case literal([UInt8])
    }

    /// The largest response in bytes.
    let limit: Int
    private var buffer: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    /// With another limit, and with what another one has not handed out yet.
    init(limit: Int, continuing other: IMAPReader) {
        self.limit = limit
        buffer = other.buffer
    }

    /// What came is no IMAP, or is larger than the limit.
    struct Broken: Error { let isTooLarge: Bool }

    mutating func add(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next response that is complete; nil when more must arrive first.
    mutating func next() throws(Broken) -> IMAPResponse? {
        var pieces: [Piece] = []
        var start = 0
        while true {
            guard let end = buffer[start...].firstIndex(of: 10) else {
                guard buffer.count <= limit else { throw Broken(isTooLarge: true) }
                return nil
            }
            let line = buffer[start..<end].last == 13 ? buffer[start..<(end - 1)] : buffer[start..<end]
            guard let length = IMAPReader.literalLength(line) else {
                pieces.append(.text(line))
                let response = IMAPReader.response(pieces)
                buffer.removeFirst(end + 1)
                guard let response else { throw Broken(isTooLarge: false) }
                return response
            }
            guard end + 1 + length <= limit else { throw Broken(isTooLarge: true) }
            guard buffer.count >= end + 1 + length else { return nil }
            pieces += [
                .text(line[..<(line.lastIndex(of: UInt8(ascii: "{")) ?? line.startIndex)]), .literal(Array(buffer[(end + 1)...].prefix(length))),
            ]
            start = end + 1 + length
        }
    }

    /// The number in `{310}` at the end of a line.
    private static func literalLength(_ line: ArraySlice<UInt8>) -> Int? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        let digits = line[(open + 1)..<(line.endIndex - 1)]
        guard (1...10).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private static func response(_ pieces: [Piece]) -> IMAPResponse? {
        var values: [[IMAPResponse.Value]] = [[]]
        var text: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .literal(let bytes):
                values[values.count - 1].append(.string(bytes))
                text += Array("\"\"".utf8)
            case .text(let line):
                text += line
                guard tokens(line, into: &values) else { return nil }
            }
        }
        let line = String(decoding: text, as: UTF8.self)
        let tag = line.prefix { $0 != " " }
        guard !tag.isEmpty, values.count == 1 else { return nil }
        return IMAPResponse(tag: String(tag), text: String(line.dropFirst(tag.count + 1)), values: Array(values[0].dropFirst()))
    }

    /// Deeper than any answer to what is asked here.
    private static let deepest = 20

    /// False when brackets do not match. Free text may hold anything, so only what follows `*` and a number must be well formed.
    private static func tokens(_ line: ArraySlice<UInt8>, into values: inout [[IMAPResponse.Value]]) -> Bool {
        var rest = line
        // Status lines end in words for people, in which a bracket is a sign like any other.
        let isStatus = values.count == 1 && values[0].isEmpty && isStatusLine(line)
        while let byte = rest.first {
            switch byte {
            case 32: rest = rest.dropFirst()
            case UInt8(ascii: "(") where !isStatus:
                guard values.count < deepest else { return false }
                values.append([])
                rest = rest.dropFirst()
            case UInt8(ascii: ")") where !isStatus:
                guard values.count > 1, let list = values.popLast() else { return false }
                values[values.count - 1].append(.list(list))
                rest = rest.dropFirst()
            case UInt8(ascii: "\"") where !isStatus:
                var string: [UInt8] = []
                rest = rest.dropFirst()
                while let next = rest.popFirst(), next != UInt8(ascii: "\"") {
                    if next == UInt8(ascii: "\\") { string.append(rest.popFirst() ?? next) } else { string.append(next) }
                }
                values[values.count - 1].append(.string(string))
            default:
                var depth = 0
                let atom = rest.prefix { byte in
                    if byte == UInt8(ascii: "[") { depth += 1 }
                    if byte == UInt8(ascii: "]") { depth -= 1 }
                    return depth > 0 || isStatus && byte != 32 || !(byte == 32 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")"))
                }
                // A bracket that closes nothing stands alone, so that the loop goes on.
                let word = atom.isEmpty ? rest.prefix(1) : atom
                values[values.count - 1].append(.atom(String(decoding: word, as: UTF8.self)))
                rest = rest.dropFirst(word.count)
            }
        }
        return true
    }

    private static func isStatusLine(_ line: ArraySlice<UInt8>) -> Bool {
        let words = line.split(separator: 32, maxSplits: 2)
        guard words.count >= 2 else { return true }
        return words[0].first == UInt8(ascii: "+")
            || ["OK", "NO", "BAD", "BYE", "PREAUTH", "FLAGS", "CAPABILITY"].contains(String(decoding: words[1], as: UTF8.self).uppercased())
    }
}
