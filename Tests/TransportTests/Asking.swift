import TestSupport
import Testing
import Transport

/// What an exchange came to, as a value that a test can look at.
func outcome<Answer>(_ exchange: () async throws(TransportError) -> Answer) async -> Result<Answer, TransportError> {
    do throws(TransportError) { return .success(try await exchange()) } catch { return .failure(error) }
}

extension Result where Failure == TransportError {
    var error: TransportError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
    var kind: TransportError.Kind? { error?.kind }
}

extension ScriptedServer {
    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    func relay(_ security: Relay.Security = .none, timeout: Duration = .seconds(5)) -> Relay {
        Relay(host: "127.0.0.1", port: port, security: security, timeout: timeout, helloName: "dondoc.test")
    }

    /// A server that answers every request on every connection with what `reply` does.
    static func web(_ reply: @escaping @Sendable (HeardRequest, Conversation) throws -> Void) throws -> ScriptedServer {
        try ScriptedServer { conversation in
            while true { try reply(try conversation.readRequest(), conversation) }
        }
    }
}

/// A loopback port on which nothing listens: it was free a moment ago and the kernel hands out others first.
func deadPort() throws -> Int {
    let server = try ScriptedServer { _ in }
    defer { server.stop() }
    return server.port
}

/// Fails the test when the body takes longer, with what it was waiting for.
func soon<Value: Sendable>(_ what: String, within limit: Duration = .seconds(8), _ body: () async -> Value?) async throws -> Value {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if let value = await body() { return value }
        // Polls a condition of another thread; the sleep decides nothing but how often.
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("did not come: \(what)")
    throw CancellationError()
}
