import Foundation
import Model

/// A letter turned back into what its reader sees.
enum ReadableLetter {
    /// The headers with their encoded words resolved, a blank line, and the text. Nil when the bytes are not a message of our form.
    static func text(of letter: Letter) -> String? {
        let message = String(decoding: letter.bytes, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let blank = message.firstIndex(where: \.isEmpty) else { return nil }
        var headers: [String] = []
        for line in message[..<blank] {
            if line.hasPrefix(" "), let last = headers.last {
                headers[headers.count - 1] = last + line
            } else {
                headers.append(String(line))
            }
        }
        guard let body = Data(base64Encoded: message[(blank + 1)...].joined()) else { return nil }
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
            if isEncoded, let bytes = Data(base64Encoded: String(word.dropFirst(10).dropLast(2))) {
                text += String(decoding: bytes, as: UTF8.self)
            } else {
                text += word
            }
            previousWasEncoded = isEncoded
        }
        return text
    }
}
