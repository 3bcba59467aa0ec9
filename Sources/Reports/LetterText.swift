/// A mail as its addressee reads it: headers in plain Unicode, then the text part without its transfer encoding.
///
/// It reads what dondoc writes (RFC 5322, RFC 2047, one text part or multipart with one, UTF-8) and shows anything else as it stands.
public enum LetterText {
    private static let shownHeaders = ["date", "from", "to", "reply-to", "subject", "message-id"]

    public static func readable(_ bytes: [UInt8]) -> String {
        let (headers, body) = parts(bytes[...])
        let lines = headers.filter { shownHeaders.contains($0.name.lowercased()) }.map { "\($0.name): \(decodedWords($0.value))" }
        return (lines + ["", text(headers, body)]).joined(separator: "\n")
    }

    /// The HTML version; nil when there is none.
    public static func html(_ bytes: [UInt8]) -> String? {
        let (headers, body) = parts(bytes[...])
        return html(headers, body, depth: 0)
    }

    private static func html(_ headers: [Header], _ body: ArraySlice<UInt8>, depth: Int) -> String? {
        let type = headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
        if type.lowercased().hasPrefix("text/html") { return text(headers, body) }
        guard depth < 4, let boundary = boundary(type) else { return nil }
        return split(body, boundary).lazy.map(parts).compactMap { html($0.headers, $0.body, depth: depth + 1) }.first
    }

    private typealias Header = (name: String, value: String)

    /// Splits headers, unfolded, from the body.
    private static func parts(_ bytes: ArraySlice<UInt8>) -> (headers: [Header], body: ArraySlice<UInt8>) {
        var headers: [Header] = []
        var rest = bytes
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 10 }
            rest = rest.dropFirst(line.count + 1)
            let text = String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            if text.isEmpty { break }
            if text.first == " " || text.first == "\t", let last = headers.popLast() {
                headers.append((last.name, last.value + " " + text.drop { $0 == " " || $0 == "\t" }))
            } else if let colon = text.firstIndex(of: ":") {
                headers.append((String(text[..<colon]), String(text[text.index(after: colon)...].drop { $0 == " " })))
            }
        }
        return (headers, rest)
    }

    /// The decoded text of a part; of a multipart the first part that is text/plain.
    private static func text(_ headers: [Header], _ body: ArraySlice<UInt8>, depth: Int = 0) -> String {
        func value(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        if depth < 4, let boundary = value("content-type").flatMap(boundary) {
            for part in split(body, boundary) {
                let (inner, content) = parts(part)
                let type = inner.first { $0.name.lowercased() == "content-type" }?.value.lowercased() ?? "text/plain"
                if type.hasPrefix("text/plain") || type.hasPrefix("multipart/") { return text(inner, content, depth: depth + 1) }
            }
        }
        let decoded =
            switch value("content-transfer-encoding")?.lowercased() {
            case "base64": base64(body) ?? Array(body)
            case "quoted-printable": quotedPrintable(body, underscoreIsSpace: false)
            default: Array(body)
            }
        return String(decoding: decoded.filter { $0 != 13 }, as: UTF8.self)
    }

    private static func boundary(_ contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "boundary" else { continue }
            return String(pair[1].filter { $0 != "\"" && $0 != " " })
        }
        return nil
    }

    private static func split(_ body: ArraySlice<UInt8>, _ boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--\(boundary)".utf8)
        var found: [ArraySlice<UInt8>] = []
        var start: Int?
        var rest = body
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 10 }
            if line.starts(with: mark) {
                if let start { found.append(body[start..<line.startIndex]) }
                start = min(line.endIndex + 1, body.endIndex)
            }
            rest = rest.dropFirst(line.count + 1)
        }
        return found
    }

    /// Replaces `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; the blank between two of them is not part of the text.
    static func decodedWords(_ value: String) -> String {
        var words: [(text: String, isEncoded: Bool)] = []
        for word in value.split(separator: " ", omittingEmptySubsequences: false) {
            if let text = encodedWord(word) {
                words.append((text, true))
            } else {
                words.append((String(word), false))
            }
        }
        return words.indices.map { index in
            let joins = index == 0 || (words[index].isEncoded && words[index - 1].isEncoded)
            return (joins ? "" : " ") + words[index].text
        }.joined()
    }

    private static func encodedWord(_ word: Substring) -> String? {
        let fields = word.split(separator: "?", omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0] == "=", fields[4] == "=", fields[1].lowercased() == "utf-8" else { return nil }
        switch fields[2].lowercased() {
        case "b": return base64(Array(fields[3].utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
        case "q": return String(decoding: quotedPrintable(Array(fields[3].utf8)[...], underscoreIsSpace: true), as: UTF8.self)
        default: return nil
        }
    }

    private static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes where byte != 13 && byte != 10 && byte != UInt8(ascii: "=") {
            guard let value = sextet(byte) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFF_FFFF
            count += 6
            if count >= 8 {
                count -= 8
                decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return decoded
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func quotedPrintable(_ bytes: ArraySlice<UInt8>, underscoreIsSpace: Bool) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "_"), underscoreIsSpace {
                decoded.append(32)
            } else if byte != UInt8(ascii: "=") {
                decoded.append(byte)
            } else if let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                // A soft line break, which is not part of the text.
                if rest.first == 13 { rest = rest.dropFirst() }
                if rest.first == 10 { rest = rest.dropFirst() }
            }
        }
        return decoded
    }
}
