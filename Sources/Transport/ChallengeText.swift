/// What a relay says while a login goes on, which SASL wraps in base64.
///
/// A relay that refuses an OAuth 2.0 token does not say 535 at once: it sends `334` with a text such as `{"status":"401"}` and waits for an empty
/// line (Google's and Microsoft's XOAUTH2). libcurl hangs up there, so this text is all that an operator ever learns.
enum ChallengeText {
    /// The text inside, when there is one that people can read; otherwise what came, as it came.
    static func readable(_ challenge: String) -> String {
        guard let bytes = decoded(challenge), !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else { return challenge }
        return PrintableText.clip(text)
    }

    /// Nil when it is not base64 in groups of four.
    private static func decoded(_ text: String) -> [UInt8]? {
        guard text.utf8.count.isMultiple(of: 4) else { return nil }
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        guard text.utf8.count - digits.count <= 2 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var held = 0
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            held += 6
            guard held >= 8 else { continue }
            held -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
