import Model
import Settings
import Store
import Transport

/// What an answer of another system means for what was sent, and when it is asked again, as pure functions.
struct WayMachine {
    enum Answer: Hashable {
        case taken(String)
        /// The receiver will never take this.
        case refused(String)
        /// Trouble that passes, or that somebody can mend without touching what waits: an outage, a limit, a login, an address. `wait` is what the
        /// receiver asked for.
        case later(String, wait: Duration?)
        /// The daemon is stopping; it says nothing about the receiver.
        case interrupted
    }

    let settings: WayOutSettings
    /// Draws a share of a duration.
    let jitter: @Sendable (Duration) -> Duration

    /// A refused login or an address that is not there is not the event's fault, so 401, 403, 404 and 407 wait like an outage; every other 4xx but
    /// 408, 425 and 429 speaks of what was sent. A redirect is never followed: it would turn the POST into a GET that somebody answers kindly.
    static func answer(to answer: FetchAnswer) -> Answer {
        let text = "\(answer.status)\(answer.excerpt)"
        return switch answer.status {
        case 200...299: .taken(text)
        case 401, 403, 404, 407, 408, 425, 429: .later(text, wait: answer.retryAfter)
        case 400...499: .refused(text)
        default: .later(text, wait: answer.retryAfter)
        }
    }

    static func answer(to error: TransportError) -> Answer {
        switch error.kind {
        case .cancelled, .shutDown: .interrupted
        default: .later(error.description, wait: nil)
        }
    }

    /// The pause after so many failures in a row; `wait` is what the receiver asked for.
    func pause(failures: Int, wait: Duration?) -> Duration {
        Backoff(first: settings.firstRetry, longest: settings.longestRetry, jitter: jitter).pause(failures: failures, atLeast: wait)
    }

    /// What becomes of an event after an answer; nil when the daemon is stopping and it stays as it is.
    func outcome(of answer: Answer, item: OutboxItem, at now: Instant) -> AttemptOutcome? {
        switch answer {
        case .taken(let text): return .sent(answer: text)
        case .refused(let text): return .failed(error: text)
        case .later(let text, let wait):
            let next = now + pause(failures: item.attempts + 1, wait: wait)
            return next - item.queuedAt > settings.giveUpAfter ? .failed(error: text) : .retry(error: text, next: next)
        case .interrupted: return nil
        }
    }
}

extension WayOutState {
    /// The way works.
    mutating func succeed(at now: Instant) {
        (failures, lastError, nextAttempt, lastSuccess) = (0, "", nil, now)
    }

    /// The way does not work, and nothing else is tried by it for a while.
    mutating func fail(_ error: String, pause: (Int) -> Duration, at now: Instant) {
        failures += 1
        lastError = error
        nextAttempt = now + pause(failures)
    }
}
