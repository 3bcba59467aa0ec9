/// What of a mail is signed: its content with the headers that describe it, and none of the others.
public enum SignableContent {
    /// The headers of a mail that we wrote, and its content from its Content-Type on, without the line `MIME-Version`, which a signed content
    /// brings along itself.
    public static func split(_ bytes: [UInt8]) -> (outer: [UInt8], content: [UInt8]) {
        let line = Array("MIME-Version: 1.0\r\n".utf8)
        guard let found = bytes.firstRange(of: Array("\r\n".utf8) + line) else { return (bytes, []) }
        return (Array(bytes[..<(found.lowerBound + 2)]), Array(bytes[found.upperBound...]))
    }

    /// The signed content with its own Content-Type folded, parameter by parameter: openssl writes it as one line of more than the 78 characters that
    /// RFC 5322 asks for. It stands outside of what is signed.
    public static func withFoldedType(_ bytes: [UInt8]) -> [UInt8] {
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        guard let index = lines.firstIndex(where: { $0.starts(with: Array("Content-Type: multipart/signed;".utf8)) }) else { return bytes }
        let folded = String(decoding: lines[index], as: UTF8.self).split(separator: "; ").joined(separator: ";\r\n ")
        return Array((lines[..<index] + [ArraySlice(folded.utf8)] + lines[(index + 1)...]).joined(separator: [10]))
    }

    /// Every line ends in CRLF, as mail wants it; openssl ends the lines that it writes itself with LF.
    public static func withNetworkLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 40)
        for (index, byte) in bytes.enumerated() {
            if byte == 10, index == 0 || bytes[index - 1] != 13 { result.append(13) }
            result.append(byte)
        }
        return result
    }
}
