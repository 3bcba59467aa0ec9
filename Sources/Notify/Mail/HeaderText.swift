/// Text in mail headers: never able to begin a header of its own, and encoded by RFC 2047 when it is not plain ASCII.
enum HeaderText {
    /// The most characters an encoded word may have, and the most a line with one may have.
    private static let longestWord = 75
    private static let longestLine = 76

    /// Text without control characters, so that a name with a line break cannot smuggle in a header; runs of blanks become one.
    static func cleaned(_ text: String) -> String {
        let blanks = String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
        return blanks.split(separator: " ").joined(separator: " ")
    }

    /// An address reduced to characters that cannot end it.
    static func address(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) && !" <>,;\"".unicodeScalars.contains($0) }))
    }

    /// Unstructured text such as a subject. `offset` is how far the line is filled already.
    static func encoded(_ text: String, offset: Int) -> String {
        let text = cleaned(text)
        let isPlain = text.utf8.allSatisfy { $0 < 0x7F } && !text.contains("=?") && text.utf8.count + offset <= longestLine
        return isPlain ? text : words(text, offset: offset)
    }

    /// A display name: quoted when it is plain, encoded otherwise.
    static func phrase(_ text: String, offset: Int) -> String {
        let text = cleaned(text)
        guard !text.isEmpty else { return "" }
        guard text.utf8.allSatisfy({ $0 < 0x7F }), !text.contains("=?"), text.utf8.count + offset < 60 else { return words(text, offset: offset) }
        return "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }

    /// Encoded words, each complete in itself: they are split between characters, never inside one.
    private static func words(_ text: String, offset: Int) -> String {
        let frame = "=?UTF-8?B?".utf8.count + "?=".utf8.count
        var words: [String] = []
        var chunk: [UInt8] = []
        var room = min(longestWord, longestLine - offset) - frame
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if (chunk.count + bytes.count + 2) / 3 * 4 > room, !chunk.isEmpty {
                words.append(word(chunk))
                chunk = []
                room = min(longestWord, longestLine - 1) - frame
            }
            chunk += bytes
        }
        if !chunk.isEmpty { words.append(word(chunk)) }
        return words.joined(separator: "\r\n ")
    }

    private static func word(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Base64.encode(bytes))?=" }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }
}
