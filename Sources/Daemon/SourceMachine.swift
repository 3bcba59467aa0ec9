import Model
import Settings

/// When a source is asked next, as a pure machine over its stored state: regular runs by its schedule, repeats with exponential back-off.
///
/// Failed runs are repeated `retry.attempts` times, the pause doubling from `retry.first` to `retry.longest`; after that, or when repeating
/// cannot help (a refused password), the next regular run is waited for.
struct SourceMachine {
    enum Event {
        /// A window of days was fetched and is on disk, or the source said that it has not changed.
        case fetched(DayRange)
        /// The whole run ended well.
        case finished
        /// The run ended at an error. `wait` is what the source itself asked for.
        case failed(String, isRetryable: Bool, wait: Duration?)
    }

    /// The most that a source gets of the pause it asks for: a mistaken Retry-After must not silence it for years.
    static let longestWait = Duration.seconds(86_400)

    private(set) var state: SourceState
    private let settings: SourceSettings
    /// A share of a duration, drawn anew at each call, so that sources and repeats do not march in step.
    private let jitter: (Duration) -> Duration

    init(state: SourceState, settings: SourceSettings, jitter: @escaping (Duration) -> Duration) {
        self.state = state
        self.settings = settings
        self.jitter = jitter
    }

    /// Whether the source should be asked now. A source that was never asked is due at once, because its backfill is owed.
    func isDue(at now: Instant) -> Bool {
        settings.isEnabled && state.nextRun.map { $0 <= now } ?? true
    }

    /// The days to ask for: from the first one missing, and the look-back window again because sources restate, through yesterday. Nil when
    /// the source begins in the future.
    func days(today: Day) -> DayRange? {
        let lookback = today - max(1, settings.lookbackDays)
        let first = min(state.cursor ?? settings.backfillFrom ?? lookback, lookback)
        return DayRange(start: max(first, settings.backfillFrom ?? first), end: today)
    }

    mutating func handle(_ event: Event, at now: Instant) {
        state.lastAttempt = now
        switch event {
        case .fetched(let days):
            // Days that an operator ordered beyond a gap leave the cursor before it: it is the first day not yet on disk.
            guard (state.cursor ?? settings.backfillFrom).map({ days.start <= $0 }) ?? true else { return }
            state.cursor = max(state.cursor ?? days.end, days.end)
        case .finished:
            state.lastSuccess = now
            state.lastError = ""
            state.failures = 0
            state.nextRun = regularRun(after: now)
        case .failed(let error, let isRetryable, let wait):
            state.lastError = error
            state.failures += 1
            state.nextRun = isRetryable && state.failures <= settings.retry.attempts ? now + pause(atLeast: wait) : regularRun(after: now)
        }
    }

    private func regularRun(after now: Instant) -> Instant? {
        settings.schedule.next(after: now).map { $0 + jitter(settings.jitter) }
    }

    /// Two sources of one host part ways by what is drawn of the pause.
    private func pause(atLeast wait: Duration?) -> Duration {
        Backoff(first: settings.retry.first, longest: settings.retry.longest, longestWait: SourceMachine.longestWait, jitter: jitter)
            .pause(failures: state.failures, atLeast: wait)
    }
}
