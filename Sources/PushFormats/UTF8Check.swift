/// Makes sure that a body is UTF-8 before anybody reads names out of it.
enum UTF8Check {
    /// The body itself; an error that names the first byte that cannot be.
    static func text(_ body: [UInt8]) throws(PushFormatError) -> [UInt8] {
        guard let at = firstFault(body, 0..<body.count) else { return body }
        throw .malformed(.byte(at), .notUTF8(.body))
    }

    /// Where a range stops being UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF); nil when it does not.
    static func firstFault(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var at = range.lowerBound
        while at < range.upperBound {
            // Eight ASCII bytes at a time: most bodies are nothing else. The load is within the range, which is within the array.
            if at + 8 <= range.upperBound, isASCII(bytes, at) {
                at += 8
                continue
            }
            let lead = bytes[at]
            if lead < 0x80 {
                at += 1
                continue
            }
            guard let length = length(of: lead), at + length <= range.upperBound else { return at }
            let second = bytes[at + 1]
            let isSecondRight =
                switch lead {
                case 0xE0: second >= 0xA0 && second <= 0xBF
                case 0xED: second >= 0x80 && second <= 0x9F
                case 0xF0: second >= 0x90 && second <= 0xBF
                case 0xF4: second >= 0x80 && second <= 0x8F
                default: second & 0xC0 == 0x80
                }
            guard isSecondRight else { return at }
            for next in (at + 2)..<max(at + 2, at + length) where bytes[next] & 0xC0 != 0x80 { return at }
            at += length
        }
        return nil
    }

    /// Whether eight bytes, which the caller knows to be there, are ASCII.
    private static func isASCII(_ bytes: [UInt8], _ at: Int) -> Bool {
        let all = bytes[at] | bytes[at + 1] | bytes[at + 2] | bytes[at + 3] | bytes[at + 4] | bytes[at + 5] | bytes[at + 6] | bytes[at + 7]
        return all < 0x80
    }

    private static func length(of lead: UInt8) -> Int? {
        switch lead {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }
}
