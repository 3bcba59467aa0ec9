/// Reads the encoded words of a header (RFC 2047): `=?UTF-8?B?U+G7nw==?=`.
enum EncodedWords {
    /// The value as people read it. Bytes of neighbouring words are joined before they become letters, because many programs cut between the bytes
    /// of one letter. A word in a set that is not known stays as it came.
    static func decoded(_ value: String) -> String {
        guard value.contains("=?") else { return value }
        var text = ""
        var pending: (set: String, bytes: [UInt8]) = ("", [])
        var gap = ""
        func flush() {
            guard !pending.bytes.isEmpty else { return }
            text += Charset.text(pending.bytes, in: pending.set) ?? ""
            pending = ("", [])
        }
        var rest = Array(value.utf8)[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "="), let (word, after) = word(rest) {
                if pending.set != word.set { flush() }
                // Blanks between two words belong to the wire; between a word and plain text they belong to the text.
                pending = (word.set, pending.bytes + word.bytes)
                gap = ""
                rest = after
                continue
            }
            if byte == 32 || byte == 9, !pending.bytes.isEmpty {
                gap += " "
                rest = rest.dropFirst()
                continue
            }
            flush()
            text += gap
            gap = ""
            let run = byte == UInt8(ascii: "=") ? rest.prefix(1) : rest.prefix { $0 != UInt8(ascii: "=") }
            text += String(decoding: run, as: UTF8.self)
            rest = rest.dropFirst(run.count)
        }
        flush()
        return text + gap
    }

    /// One word at the beginning, and what follows it; nil when there is none, or its set is not known.
    private static func word(_ bytes: ArraySlice<UInt8>) -> (word: (set: String, bytes: [UInt8]), rest: ArraySlice<UInt8>)? {
        let question = UInt8(ascii: "?")
        guard bytes.dropFirst().first == question else { return nil }
        let inner = bytes.dropFirst(2).prefix(2000)
        let parts = inner.split(separator: question, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count == 1 else { return nil }
        var end = parts[2].startIndex
        while end + 1 < inner.endIndex, !(bytes[end] == question && bytes[end + 1] == UInt8(ascii: "=")) {
            // A word has no blanks: what looks like the beginning of one was plain text.
            guard bytes[end] != 32, bytes[end] != 9 else { return nil }
            end += 1
        }
        guard end + 1 < inner.endIndex else { return nil }
        let set = String(decoding: parts[0].prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self).lowercased()
        let content = bytes[parts[2].startIndex..<end]
        guard Charset.text([], in: set) != nil else { return nil }
        switch parts[1].first {
        case UInt8(ascii: "B"), UInt8(ascii: "b"): return ((set, TransferDecoding.base64(content)), bytes[(end + 2)...])
        case UInt8(ascii: "Q"), UInt8(ascii: "q"):
            return ((set, TransferDecoding.quotedPrintable(content, underlineIsBlank: true)), bytes[(end + 2)...])
        default: return nil
        }
    }
}
