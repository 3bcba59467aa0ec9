import Model

/// Asks the daemon over its unix socket, one request per connection, blocking the caller until the answer or the deadline.
public struct ControlClient: Sendable {
    public let path: String
    /// How long one exchange may take in all.
    public let limit: Duration

    public init(path: String = Wire.defaultSocket, limit: Duration = .seconds(30)) {
        self.path = path
        self.limit = limit
    }

    /// The daemon's response. A `Failure` in it is an answer too; what is thrown are exchanges that did not come about.
    ///
    /// - Parameter sent: told now and then how many of how many bytes the daemon has taken.
    public func ask(
        _ request: Request, language: Language, sent: (_ bytes: Int, _ all: Int) -> Void = { _, _ in }
    ) throws(ControlError) -> Response {
        guard let body = Wire.body(of: Envelope(language: language, request: request)) else { throw .unreadable("the request has no JSON form") }
        let stream = try UnixStream(path: path, limit: limit)
        let head =
            "POST \(Wire.path) HTTP/1.1\r\nHost: dondoc\r\nContent-Type: \(Wire.mediaType)\r\nContent-Length: \(body.count)\r\n"
            + "Accept: \(Wire.mediaType)\r\nConnection: close\r\n\r\n"
        try stream.write(Array(head.utf8))
        for start in stride(from: 0, to: body.count, by: ControlClient.piece) {
            sent(start, body.count)
            try stream.write(Array(body[start..<min(body.count, start + ControlClient.piece)]))
        }
        sent(body.count, body.count)
        let answer: HTTPAnswer
        do {
            answer = try HTTPAnswer(try everything(from: stream))
        } catch let malformed as HTTPAnswer.Malformed {
            switch malformed {
            case .notHTTP(let found): throw .notDaemon(path: path, found: found)
            case .truncated: throw .interrupted(path: path)
            }
        } catch let error as ControlError {
            throw error
        } catch {
            throw .interrupted(path: path)
        }
        return try response(in: answer)
    }

    /// Whether somebody listens at the path, dondocd or not. A file that a killed daemon left there is nobody.
    public var isAnswered: Bool {
        do throws(ControlError) {
            _ = try UnixStream(path: path, limit: limit)
            return true
        } catch {
            // A queue that stays full is somebody's; what cannot be connected to for another reason is for binding to find out.
            if case .timedOut = error { return true }
            return false
        }
    }

    private static let piece = 262_144

    /// The daemon answers failures with a status of its own and the failure as JSON; any other answer is not the daemon's.
    private func response(in answer: HTTPAnswer) throws(ControlError) -> Response {
        if answer.status == 200 { return try Wire.response(in: answer.body) }
        if answer.body.first == UInt8(ascii: "{"), case .failure(let failure) = try Wire.response(in: answer.body) { return .failure(failure) }
        throw .notDaemon(path: path, found: "status \(answer.status)")
    }

    private func everything(from stream: UnixStream) throws(ControlError) -> [UInt8] {
        var bytes: [UInt8] = []
        // The head and chunk sizes come on top of the body; 64 KiB are plenty.
        let bound = Wire.largestResponse + 65_536
        while true {
            let piece = try stream.read(atMost: 65_536)
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= bound else { throw .tooLarge(limit: Wire.largestResponse) }
        }
    }
}
