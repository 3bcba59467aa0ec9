import Model
import Settings
import Store

/// What becomes of a letter after an attempt to hand it over, as a pure function: sent, tried again later, or given up.
struct PostalMachine {
    /// What the relay, or the way to it, made of the letter.
    enum Answer: Hashable {
        case taken(String)
        /// A temporary refusal, or no answer at all; the letter may or may not have been taken, and its Message-ID tells.
        case temporary(String)
        /// A refusal that repeating cannot change.
        case permanent(String)
    }

    let settings: MailSettings

    /// The pause doubles with each attempt from the first retry to the longest; a letter that would wait past its limit in days is given up.
    ///
    /// - Parameter attempts: how often it was tried before this answer.
    func outcome(of answer: Answer, attempts: Int, queuedAt: Instant, at now: Instant) -> AttemptOutcome {
        switch answer {
        case .taken(let text):
            return .sent(answer: text)
        case .permanent(let text):
            return .failed(error: text)
        case .temporary(let text):
            let next = now + min(settings.firstRetry * (1 << min(attempts, 20)), settings.longestRetry)
            return next - queuedAt > settings.giveUpAfter ? .failed(error: text) : .retry(error: text, next: next)
        }
    }
}
