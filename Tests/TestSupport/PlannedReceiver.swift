import Synchronization

/// A web server that takes what is posted to it, or answers as a test plans it. `Heard` is what it makes of a request.
public final class PlannedReceiver<Heard: Sendable>: Sendable {
    /// What becomes of one request: its status line, headers and text, or nil to keep the client waiting until it goes.
    public typealias Answer = @Sendable (Heard) -> (status: String, headers: [String], text: String)?

    private struct State {
        var requests: [HeardRequest] = []
        var answeredWell: [Heard] = []
        var planned: [Answer] = []
        var always: Answer?
    }

    private let state = Mutex(State())
    private let server = Mutex<ScriptedServer?>(nil)

    /// - Parameter usual: the status line of an answer that nobody has planned.
    public init(usual: String, reads: @escaping @Sendable (HeardRequest) throws -> Heard) throws {
        let server = try ScriptedServer { [weak self] conversation in
            while let self {
                let request = try conversation.readRequest()
                let heard = try reads(request)
                let answer = self.state.withLock { state -> Answer? in
                    state.requests.append(request)
                    return state.planned.isEmpty ? state.always : state.planned.removeFirst()
                }
                guard let (status, headers, text) = answer.map({ $0(heard) }) ?? (usual, [], "") else {
                    _ = try conversation.readRequest()
                    return
                }
                if status.hasPrefix("2") { self.state.withLock { $0.answeredWell.append(heard) } }
                try conversation.answer(status, headers: headers, text: text)
            }
        }
        self.server.withLock { $0 = server }
    }

    public var port: Int { server.withLock { $0?.port ?? 0 } }
    /// Everything that was asked, in order.
    public var requests: [HeardRequest] { state.withLock { $0.requests } }
    /// What was answered with 2xx, in order.
    public var answeredWell: [Heard] { state.withLock { $0.answeredWell } }

    /// The next request is answered by this.
    public func answerNext(_ answer: @escaping Answer) { state.withLock { $0.planned.append(answer) } }

    /// All requests that nothing else is planned for are answered by this; nil takes everything.
    public func answerAlways(_ answer: Answer?) { state.withLock { $0.always = answer } }
}

/// Takes events and alerts.
public typealias EventReceiver = PlannedReceiver<HeardRequest>

extension PlannedReceiver where Heard == HeardRequest {
    public convenience init() throws { try self.init(usual: "200 OK") { $0 } }

    public var taken: [HeardRequest] { answeredWell }
}

/// Takes samples by remote write 1.0.
public typealias SampleReceiver = PlannedReceiver<[ReceivedSample]>

extension PlannedReceiver where Heard == [ReceivedSample] {
    public convenience init() throws { try self.init(usual: "204 No Content") { try ReceivedSample.all(in: $0.body) } }

    public var taken: [ReceivedSample] { answeredWell.flatMap { $0 } }
}

extension HeardRequest {
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
