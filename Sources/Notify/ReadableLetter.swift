import Model

/// A letter of ours turned back into what its reader sees, for the command line and for tests.
public enum ReadableLetter {
    /// The headers with their encoded words resolved, a blank line, and the text. Nil when the bytes are not a message of our form.
    public static func text(of letter: Letter) -> String? { text(of: letter.bytes) }

    /// The same for bytes that a mail server handed back.
    public static func text(of bytes: [UInt8]) -> String? {
        let message = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let blank = message.firstIndex(where: \.isEmpty) else { return nil }
        var headers: [String] = []
        for line in message[..<blank] {
            if line.hasPrefix(" "), let last = headers.last {
                headers[headers.count - 1] = last + line
            } else {
                headers.append(String(line))
            }
        }
        guard let body = Base64.decode(message[(blank + 1)...].joined()) else { return nil }
        let text = String(decoding: body, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return (headers.map(decoded) + [""] + text.map(String.init)).joined(separator: "\n")
    }

    /// Joins neighbouring encoded words; the blank between two of them is not part of the text.
    private static func decoded(_ header: String) -> String {
        var text = ""
        var previousWasEncoded = false
        for (index, word) in header.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            let isEncoded = word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?=")
            if index > 0, !(isEncoded && previousWasEncoded) { text += " " }
            if isEncoded, let bytes = Base64.decode(word.dropFirst(10).dropLast(2)) {
                text += String(decoding: bytes, as: UTF8.self)
            } else {
                text += word
            }
            previousWasEncoded = isEncoded
        }
        return text
    }
}
