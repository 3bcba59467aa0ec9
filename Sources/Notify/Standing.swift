import Model

/// How everything stands at some moment, and what has happened since an earlier one: what digests and summaries are made of.
public struct Standing: Sendable {
    /// A letter that nobody has got.
    public struct FailedLetter: Hashable, Sendable {
        public let id: Int64
        public let subject: String
        public let error: String

        public init(id: Int64, subject: String, error: String) {
            self.id = id
            self.subject = subject
            self.error = error
        }
    }

    /// The letters on one alert that reached whom they were for.
    public struct Told: Hashable, Sendable {
        /// When the first of them was written.
        public let first: Instant
        public let letters: Int

        public init(first: Instant, letters: Int) {
            self.first = first
            self.letters = letters
        }
    }

    /// One kind of doubt about figures, and how often it was met.
    public struct Doubt: Hashable, Sendable {
        public let title: String
        public let count: Int

        public init(title: String, count: Int) {
            self.title = title
            self.count = count
        }
    }

    /// From where "since" is counted.
    public var since: Instant
    /// Alerts that are open, in any order.
    public var alerts: [Alert]
    /// Subjects of the alerts that began to fire, and that were resolved, since then; one entry each time.
    public var begun: [AlertKey] = []
    public var ended: [AlertKey] = []
    public var urged: [AlertKey: Urged] = [:]
    /// What whoever must hear of each alert has been told; those that nobody was told of are not among it.
    public var told: [AlertKey: Told] = [:]
    /// The last day that each agency has promised for an alert.
    public var promises: [AlertKey: Day] = [:]
    /// Answers of agencies that were entered since then.
    public var answers = 0
    /// Letters that were handed over since then, and those that wait.
    public var lettersSent = 0
    public var lettersWaiting = 0
    public var failedLetters: [FailedLetter] = []
    public var doubts: [Doubt] = []
    /// The step of the escalation from which on an alert belongs into the summary; nil when no step says so.
    public var summaryStep: Int?

    public init(since: Instant, alerts: [Alert]) {
        self.since = since
        self.alerts = alerts
    }

    /// The same without what concerns the operators alone, such as silent sources: what the Chairman is told of.
    public var ofAgencies: Standing {
        var matters = self
        matters.alerts.removeAll { $0.key.agency == nil }
        matters.begun.removeAll { $0.agency == nil }
        matters.ended.removeAll { $0.agency == nil }
        return matters
    }
}
