/// The fields of a mail's head, or of one of its parts: unfolded, in their order, names in lower case. Anything may come; what goes past the
/// bounds is left out.
public struct MailHeaders: Hashable, Sendable {
    /// One field; the value is what came, unfolded and without blanks at its ends.
    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    public private(set) var fields: [Field] = []

    /// More fields than a mail that has passed a hundred relays has; somebody who sends more wants something else.
    static let mostFields = 1000
    /// The longest value in bytes. A list of a thousand references fits.
    static let longestValue = 65_536

    init() {}

    /// Reads up to the first empty line.
    init(_ bytes: ArraySlice<UInt8>) {
        var rest = MailLines(bytes)
        var name = ""
        var value: [UInt8] = []
        while fields.count < MailHeaders.mostFields, let line = rest.next(), !line.isEmpty {
            if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
                if value.count < MailHeaders.longestValue { value += line.prefix(MailHeaders.longestValue) }
                continue
            }
            add(name, value)
            name = ""
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon - line.startIndex < 128 else { continue }
            name = String(decoding: line[..<colon], as: UTF8.self).lowercased().trimmed
            value = Array(line[(colon + 1)...].prefix(MailHeaders.longestValue))
        }
        add(name, value)
    }

    private mutating func add(_ name: String, _ value: [UInt8]) {
        guard !name.isEmpty else { return }
        fields.append(Field(name: name, value: Charset.guessed(value).trimmed))
    }

    /// The first value of a name, which is given in lower case.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All values of a name.
    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// A value with its encoded words read, fit to stand in one line.
    public func text(_ name: String) -> String { self[name].map { EncodedWords.decoded($0).oneLine } ?? "" }
}

/// The lines of a mail, whatever ends them.
struct MailLines {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// What comes after the lines that were taken.
    var remainder: ArraySlice<UInt8> { rest }

    /// The next line without its end; nil when there is none.
    mutating func next() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        guard let end = rest.firstIndex(of: 10) else {
            defer { rest = rest[rest.endIndex...] }
            return rest
        }
        let line = rest[..<end]
        rest = rest[(end + 1)...]
        return line.last == 13 ? line.dropLast() : line
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }

    /// Fit for one line of ours: no control characters, at most 300 characters.
    var oneLine: String {
        let printable = prefix(300).map { $0.isWhitespace ? " " : $0 }.filter { $0.isPrintable }
        return String(printable).trimmed
    }
}

extension Character {
    /// Whether it is no control character.
    var isPrintable: Bool { unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) } }
}
