import Foundation
import Model

/// What goes back to a sender.
struct Answer: Sendable {
    let status: Int
    let headers: [(String, String)]
    let body: [UInt8]

    init(_ status: Int, mediaType: String? = nil, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        // Answers are about one sender; no cache may give them to another.
        self.headers = (mediaType.map { [("Content-Type", $0)] } ?? []) + [("Cache-Control", "no-store")] + headers
        self.body = body
    }

    /// A value as JSON with its keys in order.
    static func json(_ status: Int, _ value: some Encodable, mediaType: String = "application/json", headers: [(String, String)] = []) -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Our own payloads hold texts and integers only, which always encode; an empty body would be our bug and a 500.
        guard let data = try? encoder.encode(value) else { return Answer(500) }
        return Answer(status, mediaType: mediaType, headers: headers, body: Array(data))
    }

    static func text(_ status: Int, _ text: String, headers: [(String, String)] = []) -> Answer {
        Answer(status, mediaType: "text/plain; charset=utf-8", headers: headers, body: Array("\(text)\n".utf8))
    }
}
