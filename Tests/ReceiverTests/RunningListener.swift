import Logging
import Model
import NIOSSL
import PushFormats
import Settings
import TestSupport

@testable import Receiver

/// A listener on a port of loopback for as long as the body runs, on a clock that stands still.
struct RunningListener: Sendable {
    let port: Int
    let counter: CounterDouble
    let terms: TermsBox
    let clock: ManualClock

    static func run(
        _ settings: PushSettings = .onLoopback(), counter: CounterDouble = CounterDouble(), reader: BodyReader = .standard,
        inherited: InheritedSockets = InheritedSockets(), _ body: @escaping @Sendable (RunningListener) async throws -> Void
    ) async throws {
        let terms = TermsBox(try ReceiverTerms(settings, province: code("H52")))
        let clock = ManualClock(instant("2026-11-02T08:00"))
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let listener = PushListener(
            settings.listening, terms: terms,
            PushListener.Surroundings(
                counter: counter, reader: reader, inherited: inherited, now: { clock.now },
                // Ends when the test does, by cancellation.
                pause: { try? await clock.sleep(until: clock.now + .seconds(60)) }, opened: { port.yield($0) },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            group.addTask {
                for await port in ports {
                    try await body(RunningListener(port: port, counter: counter, terms: terms, clock: clock))
                    return
                }
            }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// A connection of a client.
    func connect(tls: NIOSSLContext? = nil) async throws -> WireClient { try await WireClient.connect(port, tls: tls) }
}

extension PushSettings {
    /// Any free port, without TLS, with limits that a test changes.
    static func onLoopback(_ change: (inout PushLimits) -> Void = { _ in }) -> PushSettings {
        var limits = PushLimits()
        change(&limits)
        guard let address = ListenAddress("127.0.0.1:0") else { preconditionFailure("the test's address has the wrong form") }
        return PushSettings(listening: .address(address), limits: limits)
    }
}

/// Bodies that tests push.
enum Sample {
    static func observation(_ value: String = "123", day: String = "2026-11-01") -> String {
        #"{"agency":"H52.07","measure":"mail.accounts.active","from":"\#(day)","value":\#(value)}"#
    }

    static func json(_ observations: [String] = [observation()]) -> String { #"{"observations":[\#(observations.joined(separator: ","))]}"# }
}
