import Model

/// How often each of many keys may do something: a token bucket for each, kept as the one instant at which its bucket will be full again
/// (the generic cell rate algorithm), so that a key costs eight bytes beside its name and time needs no ticking.
struct RateLimiter {
    /// More are never remembered; a limiter is no reason to run out of memory.
    static let mostKeys = 20_000

    private var fullAgain: [String: Int64] = [:]

    /// Takes one from the bucket of a key, which holds `perMinute` and fills by as much in a minute.
    ///
    /// - Returns: nil when there was one, otherwise how long until there is.
    mutating func take(_ key: String, perMinute: Int, at now: Instant) -> Duration? {
        let now = now.milliseconds * 1000
        let step = max(1, 60_000_000 / Int64(perMinute))
        let whole = step * Int64(perMinute)
        // A clock that was set back would otherwise hold a key for as long as it was ahead.
        let full = min(max(fullAgain[key] ?? now, now), now + whole)
        guard full + step <= now + whole else {
            fullAgain[key] = full
            return .microseconds(full + step - now - whole)
        }
        if fullAgain[key] == nil, fullAgain.count >= RateLimiter.mostKeys { forget(before: now) }
        fullAgain[key] = full + step
        return nil
    }

    /// How many keys are remembered.
    var count: Int { fullAgain.count }

    /// Full buckets are as good as unknown ones; when all are in use half of them go, those that are fullest first.
    private mutating func forget(before now: Int64) {
        fullAgain = fullAgain.filter { $0.value > now }
        guard fullAgain.count >= RateLimiter.mostKeys else { return }
        let middle = fullAgain.values.sorted()[fullAgain.count / 2]
        fullAgain = fullAgain.filter { $0.value > middle }
    }
}
