import Model
import Settings
import Store
import Transport

/// What an answer of a target means, and when it is asked again, as pure functions.
struct RemoteWriteMachine {
    enum Answer: Hashable {
        case taken
        /// The target will never take these samples: too old, out of order, a second value for a moment, too many at once.
        case refused(String)
        /// Trouble that passes by itself. `wait` is what the target asked for.
        case later(String, wait: Duration?)
        /// Trouble that somebody must mend: a wrong address, a refused credential. The samples are not to blame and wait.
        case held(String)
        /// The daemon is stopping; it says nothing about the target.
        case interrupted
    }

    /// The most that a target gets of the pause it asks for.
    static let longestWait = Duration.seconds(3600)

    let settings: RemoteWriteSettings
    /// Draws a share of a duration.
    let jitter: @Sendable (Duration) -> Duration

    /// The statuses that speak of the samples are those of Prometheus (400), Thanos (409), and Mimir (413, 422).
    static func answer(to answer: FetchAnswer) -> Answer {
        let text = "\(answer.status)\(excerpt(answer.body))"
        return switch answer.status {
        case 200...299: .taken
        case 400, 409, 413, 422: .refused(text)
        case 408, 425, 429, 500...599: .later(text, wait: answer.retryAfter)
        default: .held(text)
        }
    }

    static func answer(to error: TransportError) -> Answer {
        switch error.kind {
        case .cancelled, .shutDown: .interrupted
        default: error.isRetryable ? .later(error.description, wait: nil) : .held(error.description)
        }
    }

    /// Brings a state on after a failure: the pause doubles with each in a row, half of it is drawn; what somebody must mend is looked at again
    /// after the longest pause.
    func failed(_ state: RemoteWriteState, _ error: String, wait: Duration?, isHeld: Bool, at now: Instant) -> RemoteWriteState {
        var state = state
        state.failures += 1
        state.lastError = error
        let doubled = isHeld ? settings.longestRetry : min(settings.firstRetry * (1 << min(state.failures - 1, 20)), settings.longestRetry)
        state.nextAttempt = now + max(doubled / 2 + jitter(doubled / 2), min(wait ?? .zero, RemoteWriteMachine.longestWait))
        return state
    }

    /// The first line of what a target says, made fit for one line of ours.
    private static func excerpt(_ body: [UInt8]) -> String {
        let line = String(decoding: body.prefix { $0 != UInt8(ascii: "\n") }.prefix(300), as: UTF8.self)
        let printable = String(line.map { $0.unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) } ? $0 : " " })
        return printable.isEmpty ? "" : " " + printable
    }
}
