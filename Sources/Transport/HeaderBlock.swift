/// The header lines of one answer, as libcurl hands them over; informational answers before the real one are forgotten.
struct HeaderBlock {
    /// All lines of one exchange together; libcurl bounds a single line only.
    static let limit = 256_000

    private(set) var fields: [(name: String, value: String)] = []
    private var total = 0

    /// Takes one line with its line end; false when the headers have grown past the limit.
    mutating func take(_ line: [UInt8]) -> Bool {
        total += line.count
        guard total <= HeaderBlock.limit else { return false }
        if line.starts(with: Array("HTTP/".utf8)) {
            fields = []
            return true
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        fields.append((text(line[..<colon]), text(line[(colon + 1)...])))
        return true
    }

    /// Before the next hop; what has been counted stays counted.
    mutating func forget() { fields = [] }

    /// Without the white space around it; bytes that are not UTF-8 become U+FFFD.
    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 || $0 == 10 }
        var bytes = bytes.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
