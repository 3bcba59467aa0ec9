import Model
import Settings

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

    enum Next: Hashable {
        case sent(String)
        case again(String, at: Instant)
        case failed(String)
    }

    let settings: MailSettings

    /// - Parameter attempts: how often it was tried before this answer.
    func next(after answer: Answer, attempts: Int, createdAt: Instant, at now: Instant) -> Next {
        switch answer {
        case .taken(let text):
            return .sent(text)
        case .permanent(let text):
            return .failed(text)
        case .temporary(let text):
            let pause = min(settings.firstRetry * (1 << min(attempts, 20)), settings.longestRetry)
            let next = now + pause
            return next - createdAt > settings.giveUpAfter ? .failed(text) : .again(text, at: next)
        }
    }
}
