import Model

/// Where the daemon gets the time from, and how it waits: the wall clock in production, a clock moved by hand in tests.
public struct TimeSource: Sendable {
    public let now: @Sendable () -> Instant
    /// Returns at the instant, or earlier by throwing when the task is cancelled.
    public let sleep: @Sendable (_ until: Instant) async throws -> Void

    public init(now: @escaping @Sendable () -> Instant, sleep: @escaping @Sendable (_ until: Instant) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }
}
