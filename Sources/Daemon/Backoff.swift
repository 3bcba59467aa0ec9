import Model

/// How long is waited after failures in a row: the pause doubles with each up to the longest, and half of it is drawn, so that those who failed at
/// one moment do not come back at one moment.
struct Backoff {
    let first: Duration
    let longest: Duration
    /// The most that the other side gets of the pause it asks for.
    var longestWait = Duration.seconds(3600)
    /// Draws a share of a duration.
    let jitter: (Duration) -> Duration

    /// The pause after so many failures, one at least; the other side's own wish counts when it is longer.
    func pause(failures: Int, atLeast wait: Duration? = nil) -> Duration {
        let doubled = min(first * (1 << min(max(failures - 1, 0), 20)), longest)
        return max(doubled / 2 + jitter(doubled / 2), min(wait ?? .zero, longestWait))
    }
}
