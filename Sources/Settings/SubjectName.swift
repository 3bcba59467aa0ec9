/// The subject of a certificate, compared as what it says: RFC 4514's text and openssl's differ in how they call the parts and in which order they
/// print those that stand side by side.
public struct SubjectName: Hashable, Sendable {
    private struct Part: Hashable {
        /// Dotted.
        let type: String
        let value: String
    }

    /// The most particular first; several parts of one name have no order.
    private let names: [Set<Part>]

    /// Reads `CN=mail,O=So Noi vu,C=VN`; nil for a text that is no such name. Bytes are looked at, because a mark that combines with a comma would hide
    /// it among characters.
    public init?(_ text: String) {
        var names: [Set<Part>] = []
        for name in SubjectName.split(Array(text.utf8)[...], at: UInt8(ascii: ",")) {
            var parts: Set<Part> = []
            for part in SubjectName.split(name, at: UInt8(ascii: "+")) {
                guard let equals = part.firstIndex(of: UInt8(ascii: "=")), let type = SubjectName.type(part[..<equals]),
                    let value = SubjectName.value(part[(equals + 1)...])
                else { return nil }
                parts.insert(Part(type: type, value: value))
            }
            names.append(parts)
        }
        self.names = names
    }

    /// Cuts a text at a byte that no backslash stands before.
    private static func split(_ text: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var isEscaped = false
        for index in text.indices {
            if text[index] == separator, !isEscaped {
                pieces.append(text[start..<index])
                start = index + 1
            }
            isEscaped = text[index] == UInt8(ascii: "\\") && !isEscaped
        }
        return pieces + [text[start...]]
    }

    /// The dotted identifier of a type that is given by one of its names or by itself.
    private static func type(_ bytes: ArraySlice<UInt8>) -> String? {
        let name = String(decoding: bytes, as: UTF8.self).filter { $0 != " " }.lowercased()
        if let identifier = identifiers[name] { return identifier }
        let dotted = name.hasPrefix("oid.") ? String(name.dropFirst(4)) : name
        let arcs = dotted.split(separator: ".", omittingEmptySubsequences: false)
        return arcs.count > 1 && arcs.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }) ? dotted : nil
    }

    /// A value without its escapes and the blanks around it; nil when what it stands for is not UTF-8.
    private static func value(_ text: ArraySlice<UInt8>) -> String? {
        let blank = UInt8(ascii: " ")
        let text = text.drop { $0 == blank }
        if text.first == UInt8(ascii: "#") { return encoded(text.dropFirst().filter { $0 != blank }) }
        var bytes: [UInt8] = []
        /// Blanks from here on are not escaped, and end the text if nothing follows.
        var end = 0
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                if byte != blank { end = bytes.count }
                continue
            }
            if let pair = hexadecimal(Array(rest.prefix(2))) {
                bytes.append(pair)
                rest = rest.dropFirst(2)
            } else if let escaped = rest.popFirst() {
                bytes.append(escaped)
            } else {
                return nil
            }
            end = bytes.count
        }
        return String(validating: bytes.prefix(end), as: UTF8.self)
    }

    /// A value that openssl prints as the bytes of its encoding, because it has no name for the type: the text when it is a short one, otherwise the
    /// digits as they are.
    private static func encoded(_ digits: [UInt8]) -> String? {
        guard digits.count.isMultiple(of: 2), digits.count >= 4 else { return nil }
        let pairs = stride(from: 0, to: digits.count, by: 2).map { hexadecimal([digits[$0], digits[$0 + 1]]) }
        let bytes = pairs.compactMap { $0 }
        guard bytes.count == pairs.count else { return nil }
        // UTF8String, PrintableString, IA5String, with a length of one byte.
        let isText = [0x0C, 0x13, 0x16].contains(bytes[0]) && bytes[1] < 0x80 && Int(bytes[1]) == bytes.count - 2
        return isText ? String(validating: bytes.dropFirst(2), as: UTF8.self) : "#" + String(decoding: digits, as: UTF8.self).lowercased()
    }

    /// The byte that two hexadecimal digits write; nil for anything else.
    private static func hexadecimal(_ digits: [UInt8]) -> UInt8? {
        guard digits.count == 2, digits.allSatisfy({ $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20) }) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// By lower-case name: those of RFC 4514 and RFC 4519, and what openssl and others print.
    private static let identifiers: [String: String] = {
        let names: [(String, [String])] = [
            ("2.5.4.3", ["cn", "commonname"]), ("2.5.4.4", ["sn", "surname"]), ("2.5.4.5", ["serialnumber"]),
            ("2.5.4.6", ["c", "countryname"]), ("2.5.4.7", ["l", "localityname"]), ("2.5.4.8", ["st", "s", "stateorprovincename"]),
            ("2.5.4.9", ["street", "streetaddress"]), ("2.5.4.10", ["o", "organizationname"]), ("2.5.4.11", ["ou", "organizationalunitname"]),
            ("2.5.4.12", ["t", "title"]), ("2.5.4.13", ["description"]), ("2.5.4.15", ["businesscategory"]),
            ("2.5.4.16", ["postaladdress"]), ("2.5.4.17", ["postalcode"]), ("2.5.4.18", ["postofficebox"]), ("2.5.4.20", ["telephonenumber"]),
            ("2.5.4.41", ["name"]), ("2.5.4.42", ["g", "gn", "givenname"]), ("2.5.4.43", ["initials"]),
            ("2.5.4.44", ["generationqualifier"]), ("2.5.4.45", ["x500uniqueidentifier"]), ("2.5.4.46", ["dnqualifier"]),
            ("2.5.4.51", ["houseidentifier"]), ("2.5.4.65", ["pseudonym"]), ("2.5.4.72", ["role"]), ("2.5.4.97", ["organizationidentifier"]),
            ("0.9.2342.19200300.100.1.1", ["uid", "userid"]), ("0.9.2342.19200300.100.1.3", ["mail", "rfc822mailbox"]),
            ("0.9.2342.19200300.100.1.25", ["dc", "domaincomponent"]),
            ("1.2.840.113549.1.9.1", ["e", "email", "emailaddress"]), ("1.2.840.113549.1.9.2", ["unstructuredname"]),
            ("1.2.840.113549.1.9.8", ["unstructuredaddress"]), ("1.3.6.1.4.1.311.60.2.1.1", ["jurisdictionl", "jurisdictionlocalityname"]),
            ("1.3.6.1.4.1.311.60.2.1.2", ["jurisdictionst", "jurisdictionstateorprovincename"]),
            ("1.3.6.1.4.1.311.60.2.1.3", ["jurisdictionc", "jurisdictioncountryname"]),
        ]
        return Dictionary(names.flatMap { identifier, names in names.map { ($0, identifier) } }) { first, _ in first }
    }()
}
