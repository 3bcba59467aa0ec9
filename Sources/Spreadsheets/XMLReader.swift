/// Reads the XML of a workbook's parts, event by event: UTF-8, elements, attributes, text.
///
/// A reader of our own, because it can then not do what must not be done: it knows no DTD (a file that has one is refused), so there are no
/// entities beyond the five of XML itself, nothing is fetched from anywhere, and nothing grows. docs/decisions/0010-own-xlsx-reader.md.
struct XMLReader {
    enum Event: Hashable {
        /// Names are without their prefix; of attributes the prefix stays (`r:id`).
        case start(String, [String: String])
        case end(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private let part: String
    private let limits: WorkbookLimits
    private var position = 0
    private var open: [String] = []
    /// An element without contents ends right after it began.
    private var pendingEnd: String?
    private var hasRoot = false

    init(_ bytes: [UInt8], part: String, limits: WorkbookLimits) throws(SpreadsheetError) {
        guard !bytes.starts(with: [0xFE, 0xFF]), !bytes.starts(with: [0xFF, 0xFE]) else {
            throw SpreadsheetError("is XML in UTF-16, which no spreadsheet program writes", at: part)
        }
        self.bytes = bytes
        self.part = part
        self.limits = limits
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next event; nil at the end, when every element is closed.
    mutating func next() throws(SpreadsheetError) -> Event? {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name)
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else {
                let text = try text()
                if !open.isEmpty { return .text(text) }
                continue
            }
            if starts(with: "<?") {
                try skip(through: "?>")
            } else if starts(with: "<!--") {
                try skip(through: "-->")
            } else if starts(with: "<![CDATA[") {
                return .text(try section())
            } else if starts(with: "<!") {
                throw SpreadsheetError("has a document type or entities of its own, which no spreadsheet program writes; it is not read", at: part)
            } else if starts(with: "</") {
                return try closing()
            } else {
                return try opening()
            }
        }
        guard open.isEmpty, hasRoot else { throw damaged("it ends in the middle") }
        return nil
    }

    private mutating func opening() throws(SpreadsheetError) -> Event {
        position += 1
        let name = try name()
        guard open.count < limits.depth else { throw damaged("elements are nested deeper than \(limits.depth)") }
        var attributes: [String: String] = [:]
        while true {
            skipBlanks()
            guard position < bytes.count else { throw damaged("it ends in the middle") }
            if bytes[position] == UInt8(ascii: ">") {
                position += 1
                open.append(name)
                break
            }
            if starts(with: "/>") {
                position += 2
                pendingEnd = XMLReader.local(name)
                break
            }
            let key = try self.name()
            skipBlanks()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { throw damaged("an attribute has no value") }
            position += 1
            skipBlanks()
            guard attributes.count < 64, attributes.updateValue(try quoted(), forKey: key) == nil else { throw damaged("an attribute stands twice") }
        }
        hasRoot = true
        return .start(XMLReader.local(name), attributes)
    }

    private mutating func closing() throws(SpreadsheetError) -> Event {
        position += 2
        let name = try name()
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ">"), open.popLast() == name else { throw damaged("an element is not closed") }
        position += 1
        return .end(XMLReader.local(name))
    }

    private mutating func name() throws(SpreadsheetError) -> String {
        let start = position
        while position < bytes.count, !XMLReader.endsName(bytes[position]) { position += 1 }
        guard (1...100).contains(position - start) else { throw damaged("a name is expected") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quoted() throws(SpreadsheetError) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
            throw damaged("an attribute has no quotes")
        }
        let quote = bytes[position]
        guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { throw damaged("it ends in the middle") }
        defer { position = end + 1 }
        return try plain(bytes[position + 1..<end])
    }

    private mutating func text() throws(SpreadsheetError) -> String {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        defer { position = end }
        return try plain(bytes[position..<end])
    }

    private mutating func section() throws(SpreadsheetError) -> String {
        let start = position + 9
        try skip(through: "]]>")
        guard let text = String(validating: bytes[start..<position - 3], as: UTF8.self) else { throw damaged("it is not UTF-8") }
        return text
    }

    /// Text with the five entities and character references replaced; any other entity is an error.
    private func plain(_ raw: ArraySlice<UInt8>) throws(SpreadsheetError) -> String {
        guard let text = String(validating: raw, as: UTF8.self) else { throw damaged("it is not UTF-8") }
        guard raw.contains(UInt8(ascii: "&")) else { return text }
        var plain = ""
        var rest = text[...]
        while let ampersand = rest.firstIndex(of: "&") {
            plain += rest[..<ampersand]
            let after = rest[rest.index(after: ampersand)...]
            guard let end = after.prefix(12).firstIndex(of: ";"), let character = XMLReader.character(after[..<end]) else {
                throw damaged("an unknown entity")
            }
            plain.unicodeScalars.append(character)
            rest = after[after.index(after: end)...]
        }
        return plain + rest
    }

    private static func character(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init)
        }
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: "\""): true
        default: false
        }
    }

    private static func local(_ name: String) -> String { name.firstIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name }

    private func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        // A static string lives as long as the program; only its own bytes are read.
        return (0..<count).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
    }

    private mutating func skip(through end: StaticString) throws(SpreadsheetError) {
        while position < bytes.count {
            if starts(with: end) {
                position += end.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw damaged("it ends in the middle")
    }

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position] == 0x20 || (0x09...0x0D).contains(bytes[position]) { position += 1 }
    }

    private func damaged(_ what: String) -> SpreadsheetError {
        SpreadsheetError("is damaged (\(what)); save the file anew or send it again", at: part)
    }
}
