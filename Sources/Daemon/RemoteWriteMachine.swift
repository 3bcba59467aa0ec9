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
        let text = "\(answer.status)\(answer.excerpt)"
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

    /// Brings a state on after a failure; what somebody must mend is looked at again after the longest pause.
    func failed(_ state: RemoteWriteState, _ error: String, wait: Duration?, isHeld: Bool, at now: Instant) -> RemoteWriteState {
        var state = state
        state.failures += 1
        state.lastError = error
        let backoff = Backoff(
            first: isHeld ? settings.longestRetry : settings.firstRetry, longest: settings.longestRetry, longestWait: RemoteWriteMachine.longestWait,
            jitter: jitter)
        state.nextAttempt = now + backoff.pause(failures: state.failures, atLeast: wait)
        return state
    }
}
