/// One response of an IMAP server (RFC 3501), its literals in their places.
struct IMAPResponse: Hashable {
    indirect enum Value: Hashable {
        case atom(String)
        case string([UInt8])
        case list([Value])
    }

    /// `*`, `+`, or the tag of the command that is answered.
    let tag: String
    /// Everything behind the tag, each literal as an empty quotation: for status lines and codes.
    let text: String
    /// The same as values.
    let values: [Value]

    /// The status of a tagged response: OK, NO, BAD.
    var status: String { text.prefix { $0 != " " }.uppercased() }

    /// The number in a code such as `[UIDVALIDITY 17]`.
    func code(_ name: String) -> UInt32? {
        guard let start = text.uppercased().range(ofText: "[\(name) ") else { return nil }
        return UInt32(text[start...].prefix { $0.isNumber })
    }

    /// The data items of a FETCH response by name; nil for any other response.
    var fetched: [String: Value]? {
        guard values.count >= 3, case .atom(let name) = values[1], name.uppercased() == "FETCH", case .list(let items) = values[2] else { return nil }
        var found: [String: Value] = [:]
        for pair in stride(from: 0, to: items.count - 1, by: 2) {
            if case .atom(let name) = items[pair] { found[name.uppercased()] = items[pair + 1] }
        }
        return found
    }

    /// The numbers of a SEARCH response; nil for any other.
    var searched: [UInt32]? {
        guard case .atom(let name)? = values.first, name.uppercased() == "SEARCH" else { return nil }
        return values.dropFirst().compactMap { if case .atom(let text) = $0 { UInt32(text) } else { nil } }
    }

    /// `* 23 EXISTS`
    var exists: Int? {
        guard values.count == 2, case .atom(let number) = values[0], case .atom(let name) = values[1], name.uppercased() == "EXISTS" else { return nil }
        return Int(number)
    }
}

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
            pieces += [.text(line[..<(line.lastIndex(of: UInt8(ascii: "{")) ?? line.startIndex)]), .literal(Array(buffer[(end + 1)...].prefix(length)))]
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

/// Names of folders as they go over the wire: in quotation marks, letters beyond ASCII in the modified UTF-7 of RFC 3501.
enum FolderName {
    static func quoted(_ name: String) -> String {
        var wire = ""
        var pending: [UInt16] = []
        func flush() {
            guard !pending.isEmpty else { return }
            wire += "&" + base64(pending.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }) + "-"
            pending = []
        }
        for unit in name.utf16 {
            guard (0x20...0x7E).contains(unit) else {
                // Line ends and other control signs would end the command.
                if unit >= 0xA0 { pending.append(unit) }
                continue
            }
            flush()
            switch UInt8(unit) {
            case UInt8(ascii: "&"): wire += "&-"
            case UInt8(ascii: "\""): wire += "\\\""
            case UInt8(ascii: "\\"): wire += "\\\\"
            default: wire.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            }
        }
        flush()
        return "\"\(wire)\""
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,")
        var text = ""
        var index = 0
        while index < bytes.count {
            let group = bytes[index...].prefix(3)
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for digit in 0...group.count { text.append(digits[Int(bits >> (18 - 6 * UInt32(digit)) & 63)]) }
            index += 3
        }
        return text
    }
}

extension String {
    /// The place behind the first occurrence of a text; both are ASCII where it matters.
    fileprivate func range(ofText text: String) -> Index? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
