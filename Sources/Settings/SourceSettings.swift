import Model

/// What every source has, whatever its kind: who it is and when it is asked.
public struct SourceSettings: Hashable, Sendable {
    public var id: String
    public var kind: String
    public var title: LocalizedText
    public var isEnabled: Bool
    public var schedule: CronExpression
    public var jitter: Duration
    /// Days before today that are asked for again on every run.
    public var lookbackDays: Int
    /// The first day of its history; nil when it has none to give.
    public var backfillFrom: Day?
    public var retry: RetrySettings
    /// Who is told what was not taken of its deliveries; the operators when empty.
    public var contacts: [String] = []

    public init(
        id: String, kind: String, title: LocalizedText, isEnabled: Bool = true, schedule: CronExpression, jitter: Duration = .zero,
        lookbackDays: Int = 7, backfillFrom: Day? = nil, retry: RetrySettings = RetrySettings()
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.isEnabled = isEnabled
        self.schedule = schedule
        self.jitter = jitter
        self.lookbackDays = lookbackDays
        self.backfillFrom = backfillFrom
        self.retry = retry
    }
}

/// How failed runs are repeated before the next regular one.
public struct RetrySettings: Hashable, Sendable {
    public var first: Duration
    public var longest: Duration
    public var attempts: Int

    public init(first: Duration = .seconds(30), longest: Duration = .seconds(1800), attempts: Int = 8) {
        self.first = first
        self.longest = longest
        self.attempts = attempts
    }
}
