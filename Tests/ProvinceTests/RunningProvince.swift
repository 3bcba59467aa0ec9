import Foundation
import Province

/// A province that listens for as long as `work` runs.
func withRunning<Value: Sendable>(_ province: Province, _ work: @escaping @Sendable (Province.Ports) async throws -> Value) async throws -> Value {
    let (started, announce) = AsyncStream.makeStream(of: Province.Ports.self)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            defer { announce.finish() }
            try await province.run { announce.yield($0) }
            return nil
        }
        group.addTask {
            for await ports in started { return try await work(ports) }
            return nil
        }
        for try await value in group {
            guard let value else { continue }
            group.cancelAll()
            return value
        }
        throw WireClient.Gone()
    }
}

/// An answer as it came over the wire.
struct HeardAnswer: Sendable {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Sends one request with whole header lines and reads the answer.
func ask(_ port: Int, _ target: String, method: String = "GET", headers: [String] = [], body: String = "") async throws -> HeardAnswer {
    try await onThread {
        let client = try WireClient(port: port)
        let lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1", "Connection: close", "Content-Length: \(body.utf8.count)"] + headers
        try client.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        let status = try client.readLine().split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var heard: [String: String] = [:]
        while true {
            let line = try client.readLine()
            if line.isEmpty { break }
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { heard[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        return HeardAnswer(status: status, headers: heard, body: try client.readToEnd())
    }
}
