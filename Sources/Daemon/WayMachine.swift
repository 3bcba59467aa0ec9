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

    /// The most that a receiver gets of the pause it asks for.
    static let longestWait = Duration.seconds(3600)

    let settings: WayOutSettings
    /// Draws a share of a duration.
    let jitter: @Sendable (Duration) -> Duration

    /// A refused login or an address that is not there is not the event's fault, so 401, 403, 404 and 407 wait like an outage; every other 4xx but
    /// 408, 425 and 429 speaks of what was sent. A redirect is never followed: it would turn the POST into a GET that somebody answers kindly.
    static func answer(to answer: FetchAnswer) -> Answer {
        let text = "\(answer.status)\(excerpt(answer.body))"
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

    /// The pause after a failure: it doubles with each in a row, and half of it is drawn; the receiver's own wish counts when it is longer.
    func pause(failures: Int, wait: Duration?) -> Duration {
        let doubled = min(settings.firstRetry * (1 << min(max(failures - 1, 0), 20)), settings.longestRetry)
        return max(doubled / 2 + jitter(doubled / 2), min(wait ?? .zero, WayMachine.longestWait))
    }

    /// What becomes of an event after an answer; nil when the daemon is stopping and it stays as it is.
    func outcome(of answer: Answer, item: OutboxItem, at now: Instant) -> AttemptOutcome? {
        switch answer {
        case .taken(let text): return .sent(answer: text)
        case .refused(let text): return .failed(error: text)
        case .later(let text, let wait):
            let next = now + pause(failures: item.attempts + 1, wait: wait)
            return next - item.createdAt > settings.giveUpAfter ? .failed(error: text) : .retry(error: text, next: next)
        case .interrupted: return nil
        }
    }

    /// The first line of what a receiver says, made fit for one line of ours.
    private static func excerpt(_ body: [UInt8]) -> String {
        let line = String(decoding: body.prefix { $0 != UInt8(ascii: "\n") }.prefix(300), as: UTF8.self)
        let printable = String(line.map { $0.unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) } ? $0 : " " })
        return printable.isEmpty ? "" : " " + printable
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
