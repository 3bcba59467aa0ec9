/// A header of the form `text/plain; charset=utf-8; name*0*=…`: a word and parameters, those of RFC 2231 put together and decoded.
struct HeaderValue: Hashable {
    /// In lower case, `multipart/report`.
    let word: String
    /// By name in lower case; the first of two alike counts.
    let parameters: [String: String]

    private static let mostParameters = 64

    init(_ text: String) {
        let pieces = HeaderValue.pieces(text)
        word = (pieces.first ?? "").lowercased().trimmed
        var plain: [String: String] = [:]
        var parts: [String: [(number: Int, isEncoded: Bool, text: String)]] = [:]
        for piece in pieces.dropFirst().prefix(HeaderValue.mostParameters) {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].lowercased().trimmed
            let value = HeaderValue.unquoted(piece[piece.index(after: equals)...].trimmed)
            guard name.contains("*") else {
                plain[name] = plain[name] ?? EncodedWords.decoded(value)
                continue
            }
            let fields = name.split(separator: "*", omittingEmptySubsequences: false)
            let isEncoded = name.hasSuffix("*")
            let number = fields.count > 1 ? Int(fields[1]) ?? 0 : 0
            parts[String(fields[0]), default: []].append((number, isEncoded, value))
        }
        for (name, pieces) in parts { plain[name] = HeaderValue.joined(pieces.sorted { $0.number < $1.number }) }
        parameters = plain
    }

    /// Split at semicolons outside quotation marks.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                isEscaped = false
            } else if character == "\\", isQuoted {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                pieces.append("")
                continue
            }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    private static func unquoted(_ text: String) -> String {
        guard text.hasPrefix("\"") else { return text }
        var plain = ""
        var isEscaped = false
        for character in text.dropFirst() {
            if isEscaped {
                plain.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                break
            } else {
                plain.append(character)
            }
        }
        return plain
    }

    /// Percent signs count in the pieces that say so; the first of them names the set: `utf-8'vi'B%C3%A1o`.
    private static func joined(_ pieces: [(number: Int, isEncoded: Bool, text: String)]) -> String {
        var set = "utf-8"
        var bytes: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            var text = piece.text[...]
            if piece.isEncoded, index == 0 {
                let fields = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                if fields.count == 3 {
                    set = String(fields[0])
                    text = fields[2]
                }
            }
            bytes += piece.isEncoded ? percentDecoded(text) : Array(text.utf8)
        }
        return Charset.text(bytes, in: set) ?? Charset.guessed(bytes)
    }

    private static func percentDecoded(_ text: Substring) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let high = rest.first?.hexadecimalDigit, let low = rest.dropFirst().first?.hexadecimalDigit {
                decoded.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return decoded
    }
}
