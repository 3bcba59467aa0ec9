/// How the pulling of one source stands: its heartbeat. Kept in the store so that a restart neither hurries nor forgets.
public struct SourceState: Hashable, Sendable, Codable {
    public let source: String
    /// The first day that has not been fetched yet; nil before the first success.
    public var cursor: Day?
    public var lastAttempt: Instant?
    public var lastSuccess: Instant?
    /// What went wrong last, empty after a success.
    public var lastError: String = ""
    /// Failures in a row.
    public var failures: Int = 0
    /// When to ask next; nil means as soon as possible.
    public var nextRun: Instant?
    /// When dondoc first heard of the source: a source that never delivered is silent since then.
    public let registeredAt: Instant

    public init(source: String, registeredAt: Instant) {
        self.source = source
        self.registeredAt = registeredAt
    }
}
