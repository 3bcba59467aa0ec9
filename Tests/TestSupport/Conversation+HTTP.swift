/// An HTTP request as a scripted server read it.
public struct HeardRequest: Sendable {
    /// `GET /path HTTP/1.1`
    public let line: String
    /// Names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]

    /// The request line's second word.
    public var target: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
}

extension Conversation {
    /// The next request; throws `Gone` when the client has closed instead.
    public func readRequest() throws -> HeardRequest {
        let line = try readLine()
        var headers: [String: String] = [:]
        while true {
            let header = try readLine()
            if header.isEmpty { break }
            let parts = header.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        return HeardRequest(line: line, headers: headers, body: try read(length))
    }

    /// Answers with a body and its Content-Length; `headers` are whole lines.
    public func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8] = []) throws {
        let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.count)", "", ""]
        try send(Array(lines.joined(separator: "\r\n").utf8) + body)
    }

    public func answer(_ status: String = "200 OK", headers: [String] = [], text: String) throws {
        try answer(status, headers: headers, body: Array(text.utf8))
    }
}
