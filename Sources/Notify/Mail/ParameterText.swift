/// Parameters of MIME headers that may hold any text, such as file names (RFC 2231).
enum ParameterText {
    /// The most characters of a value on one line, so that the line stays within 76.
    private static let longest = 50

    /// The header with the parameter, folded. A short ASCII value is quoted as it is; any other is percent-encoded, in numbered pieces when it is
    /// long.
    static func lines(_ header: String, _ name: String, _ value: String) -> [String] {
        let value = HeaderText.cleaned(value)
        if value.utf8.count <= longest, value.utf8.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: " ") }) {
            return ["\(header);", " \(name)=\"\(value)\""]
        }
        let pieces = pieces(value)
        if pieces.count == 1 { return ["\(header);", " \(name)*=UTF-8''\(pieces[0])"] }
        let numbered = pieces.enumerated().map { index, piece in " \(name)*\(index)*=\(index == 0 ? "UTF-8''" : "")\(piece)" }
        return ["\(header);"] + numbered.dropLast().map { $0 + ";" } + numbered.suffix(1)
    }

    /// The encoded value, cut between characters' codes and never inside one.
    private static func pieces(_ value: String) -> [String] {
        var pieces = [""]
        for byte in value.utf8 {
            let code =
                isPlain(byte)
                ? String(UnicodeScalar(byte)) : "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
            if pieces[pieces.count - 1].utf8.count + code.utf8.count > longest { pieces.append("") }
            pieces[pieces.count - 1] += code
        }
        return pieces
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-._".utf8.contains(byte)
    }
}
