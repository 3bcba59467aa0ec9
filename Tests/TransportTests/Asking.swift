import Synchronization
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

/// Fails the test when the body's value never comes, with what it was waiting for.
///
/// The bound only ends a test that hangs: on a busy machine a sleep of 5 ms has been seen to take 15 s.
func soon<Value: Sendable>(_ what: String, within limit: Duration = .seconds(120), _ body: () async -> Value?) async throws -> Value {
    let end = ContinuousClock.now + limit
    while true {
        if let value = await body() { return value }
        guard ContinuousClock.now < end else { break }
        // Polls a condition of another thread; the sleep decides nothing but how often.
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("did not come: \(what)")
    throw CancellationError()
}

/// How long conversations took, by the clock of the server's own threads, which a pool busy with other tests does not hold up.
final class Lengths: Sendable {
    private let kept = Mutex<[Duration]>([])

    func measure(_ conversation: () throws -> Void) rethrows {
        let start = ContinuousClock.now
        defer {
            let end = ContinuousClock.now
            kept.withLock { $0.append(start.duration(to: end)) }
        }
        try conversation()
    }

    /// The longest of `count` conversations, once so many have ended.
    func longest(of count: Int) async throws -> Duration {
        try await soon("the client to leave") { kept.withLock { $0.count >= count ? $0.max() : nil } }
    }
}
