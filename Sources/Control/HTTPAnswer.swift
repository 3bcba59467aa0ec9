/// The answer of one HTTP/1.1 exchange on a connection that is closed after it, parsed as far as the control socket needs.
struct HTTPAnswer: Hashable {
    let status: Int
    let body: [UInt8]

    /// What can be wrong with the bytes; the client adds the path.
    enum Malformed: Error, Hashable {
        case notHTTP(found: String)
        case truncated
    }

    /// Parses all that came until the peer closed the connection.
    init(_ bytes: [UInt8]) throws(Malformed) {
        guard bytes.starts(with: Array("HTTP/1.".utf8)) else {
            if bytes.isEmpty { throw .truncated }
            throw .notHTTP(found: HTTPAnswer.printable(bytes))
        }
        guard let headEnd = HTTPAnswer.index(of: [13, 10, 13, 10], in: bytes[...]) else { throw .truncated }
        let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, let status = Int(words[1]) else { throw .notHTTP(found: HTTPAnswer.printable(bytes)) }
        self.status = status
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].lowercased().filter { $0 != " " && $0 != "\t" }
        }
        let rest = bytes[(headEnd + 4)...]
        if headers["transfer-encoding"]?.hasSuffix("chunked") == true {
            body = try HTTPAnswer.joinedChunks(rest)
        } else if let text = headers["content-length"] {
            guard let length = Int(text), length >= 0 else { throw .notHTTP(found: HTTPAnswer.printable(bytes)) }
            guard rest.count >= length else { throw .truncated }
            body = Array(rest.prefix(length))
        } else {
            body = Array(rest)
        }
    }

    /// The data of chunks without their sizes, extensions and trailers (RFC 9112, 7.1).
    private static func joinedChunks(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> [UInt8] {
        var body: [UInt8] = []
        var rest = bytes
        while true {
            guard let lineEnd = index(of: [13, 10], in: rest) else { throw .truncated }
            let line = rest[rest.startIndex..<lineEnd]
            let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }, as: UTF8.self)
            guard let size = Int(digits, radix: 16), size >= 0 else { throw .notHTTP(found: printable(Array(line))) }
            rest = rest[(lineEnd + 2)...]
            if size == 0 { return body }
            guard rest.count - 2 >= size else { throw .truncated }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
    }

    private static func index(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - pattern.count)).first { bytes[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }

    /// The beginning of what came, with everything but printable ASCII replaced, in quotes.
    private static func printable(_ bytes: [UInt8]) -> String {
        let shown = bytes.prefix(40).map { (32..<127).contains($0) ? Character(Unicode.Scalar($0)) : "." }
        return "'\(String(shown))'"
    }
}
