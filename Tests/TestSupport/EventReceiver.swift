import Synchronization

/// A web server that takes what is posted to it, or answers as a test plans it.
public final class EventReceiver: Sendable {
    /// What becomes of one request: its status line, headers and text, or nil to keep the client waiting until it goes.
    public typealias Answer = @Sendable (HeardRequest) -> (status: String, headers: [String], text: String)?

    private struct State {
        var requests: [HeardRequest] = []
        var taken: [HeardRequest] = []
        var planned: [Answer] = []
        var always: Answer?
    }

    private let state = Mutex(State())
    private let server = Mutex<ScriptedServer?>(nil)

    public init() throws {
        let server = try ScriptedServer { [weak self] conversation in
            while let self {
                let request = try conversation.readRequest()
                let answer = self.state.withLock { state -> Answer? in
                    state.requests.append(request)
                    return state.planned.isEmpty ? state.always : state.planned.removeFirst()
                }
                guard let (status, headers, text) = answer.map({ $0(request) }) ?? ("200 OK", [], "") else {
                    _ = try conversation.readRequest()
                    return
                }
                if status.hasPrefix("2") { self.state.withLock { $0.taken.append(request) } }
                try conversation.answer(status, headers: headers, text: text)
            }
        }
        self.server.withLock { $0 = server }
    }

    public var port: Int { server.withLock { $0?.port ?? 0 } }
    /// Everything that was asked, in order.
    public var requests: [HeardRequest] { state.withLock { $0.requests } }
    /// What was answered with 2xx.
    public var taken: [HeardRequest] { state.withLock { $0.taken } }

    /// The next request is answered by this.
    public func answerNext(_ answer: @escaping Answer) { state.withLock { $0.planned.append(answer) } }

    /// All requests that nothing else is planned for are answered by this; nil takes everything.
    public func answerAlways(_ answer: Answer?) { state.withLock { $0.always = answer } }
}

extension HeardRequest {
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
