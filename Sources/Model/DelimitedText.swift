/// Text in separated columns (CSV, RFC 4180), read strictly and with positions: registers, agency exports and imports all come this way.
///
/// A byte-order mark, CRLF and a last line without an end are accepted; quotes may hold separators, line breaks and doubled quotes.
public enum DelimitedText {
    /// One field with the place it began at, both counted from 1; columns count characters.
    public struct Field: Hashable, Sendable {
        public let text: String
        public let line: Int
        public let column: Int

        public init(text: String, line: Int, column: Int) {
            self.text = text
            self.line = line
            self.column = column
        }
    }

    /// What made the text unreadable, and where.
    public struct Malformed: Error, Hashable, CustomStringConvertible {
        public let line: Int
        public let column: Int
        public let problem: String

        public var description: String { "line \(line), column \(column): \(problem)" }
    }

    /// The records of a text; blank lines are left out. Throws at the first place that is not CSV.
    public static func records(_ text: String, separator: Character = ",") throws(Malformed) -> [[Field]] {
        var reader = Reader(text: text, separator: separator)
        return try reader.records()
    }

    /// A field as it is written: in quotes when it would be read as something else without them.
    public static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }) else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private struct Reader {
        let characters: [Character]
        let separator: Character
        var position = 0
        var line = 1
        var column = 1

        init(text: String, separator: Character) {
            characters = Array(text.first == "\u{FEFF}" ? text.dropFirst() : text[...])
            self.separator = separator
        }

        mutating func records() throws(Malformed) -> [[Field]] {
            var records: [[Field]] = []
            while position < characters.count {
                let record = try record()
                if record.count > 1 || !(record.first?.text.isEmpty ?? true) { records.append(record) }
            }
            return records
        }

        private mutating func record() throws(Malformed) -> [Field] {
            var fields: [Field] = []
            while true {
                fields.append(try field())
                guard position < characters.count else { return fields }
                let end = characters[position]
                advance()
                if end != separator { return fields }
            }
        }

        private mutating func field() throws(Malformed) -> Field {
            let start = (line, column)
            guard position < characters.count, characters[position] == "\"" else {
                let first = position
                while position < characters.count, characters[position] != separator, !characters[position].isNewline {
                    if characters[position] == "\"" { throw malformed("a quote inside a field that does not begin with one") }
                    advance()
                }
                return Field(text: String(characters[first..<position]), line: start.0, column: start.1)
            }
            return Field(text: try quoted(openedAt: start), line: start.0, column: start.1)
        }

        private mutating func quoted(openedAt start: (line: Int, column: Int)) throws(Malformed) -> String {
            var text = ""
            advance()
            while position < characters.count {
                let character = characters[position]
                advance()
                if character != "\"" {
                    text.append(character)
                } else if position < characters.count, characters[position] == "\"" {
                    text.append("\"")
                    advance()
                } else {
                    guard position == characters.count || characters[position] == separator || characters[position].isNewline else {
                        throw malformed("text after a closing quote")
                    }
                    return text
                }
            }
            throw Malformed(line: start.line, column: start.column, problem: "a quote is opened and never closed")
        }

        private mutating func advance() {
            if characters[position].isNewline {
                line += 1
                column = 1
            } else {
                column += 1
            }
            position += 1
        }

        private func malformed(_ problem: String) -> Malformed { Malformed(line: line, column: column, problem: problem) }
    }
}
