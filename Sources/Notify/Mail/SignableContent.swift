/// What of a mail is signed: its content with the headers that describe it, and none of the others.
public enum SignableContent {
    /// The headers of a mail that we wrote, and its content from its Content-Type on, without the line `MIME-Version`, which a signed content
    /// brings along itself.
    public static func split(_ bytes: [UInt8]) -> (outer: [UInt8], content: [UInt8]) {
        let line = Array("MIME-Version: 1.0\r\n".utf8)
        guard let found = bytes.firstRange(of: Array("\r\n".utf8) + line) else { return (bytes, []) }
        return (Array(bytes[..<(found.lowerBound + 2)]), Array(bytes[found.upperBound...]))
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
