import Foundation
import Model

/// A letter turned back into what its reader sees.
enum ReadableLetter {
    /// One part with its headers, unfolded.
    struct Part {
        let headers: [String]
        let body: [Substring]

        var type: String { headers.first { $0.hasPrefix("Content-Type: ") }?.dropFirst(14).description ?? "" }
        var bytes: Data? { Data(base64Encoded: body.joined()) }

        var text: String? {
            bytes.map {
                String(decoding: $0, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\n")
            }
        }

        /// The parts inside, in their order; itself when it has none.
        var leaves: [Part] {
            guard type.hasPrefix("multipart/"), let boundary = type.split(separator: "boundary=\"").last?.prefix(while: { $0 != "\"" }) else {
                return [self]
            }
            let pieces = body.split(separator: "--\(boundary)", omittingEmptySubsequences: false).dropFirst()
            return pieces.flatMap { piece in
                piece.first == "--\(boundary)--" || piece.isEmpty ? [] : Part(piece.prefix { $0 != "--\(boundary)--" })?.leaves ?? []
            }
        }

        init?(_ lines: some Collection<Substring>) {
            let lines = Array(lines)
            guard let blank = lines.firstIndex(where: \.isEmpty) else { return nil }
            var headers: [String] = []
            for line in lines[..<blank] {
                if line.hasPrefix(" "), let last = headers.last {
                    headers[headers.count - 1] = last + line
                } else {
                    headers.append(String(line))
                }
            }
            self.headers = headers
            body = Array(lines[(blank + 1)...])
        }
    }

    /// The whole message as a part.
    static func message(_ letter: Letter) -> Part? {
        Part(String(decoding: letter.bytes, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
    }

    /// The headers with their encoded words resolved, a blank line, and the plain text. Nil when the bytes are not a message of our form.
    static func text(of letter: Letter) -> String? {
        guard let message = message(letter), let text = message.leaves.first(where: { $0.type.hasPrefix("text/plain") })?.text else { return nil }
        return (message.headers.map(decoded) + ["", text]).joined(separator: "\n")
    }

    /// The HTML version; nil when there is none.
    static func html(of letter: Letter) -> String? { message(letter)?.leaves.first { $0.type.hasPrefix("text/html") }?.text }

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
