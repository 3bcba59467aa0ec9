/// How a way out fares.
public struct WayOutState: Hashable, Sendable {
    public let way: String
    /// Failures in a row.
    public var failures = 0
    /// Not to be asked before; nil for at once.
    public var nextAttempt: Instant?
    /// What went wrong last; empty after a success.
    public var lastError = ""
    public var lastSuccess: Instant?

    public init(way: String) {
        self.way = way
    }
}
