/// What an agency has answered to an alert (giải trình, cam kết khắc phục): why it came about, what it does, and by when it is mended.
public struct Remediation: Hashable, Sendable, Codable {
    /// A document the agency gave as proof, by its hash.
    public struct Evidence: Hashable, Sendable, Codable {
        public let name: String
        public let byteCount: Int
        /// Lower-case hexadecimal.
        public let sha256: String

        public init(name: String, byteCount: Int, sha256: String) {
            self.name = name
            self.byteCount = byteCount
            self.sha256 = sha256
        }
    }

    /// How it stands.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// An answer without a day.
        case answered
        /// The promised day has not passed.
        case promised
        /// The promised day has passed and the alert is still open.
        case overdue
        /// The alert was resolved or closed.
        case done
    }

    /// The furthest that a promised day may lie ahead, in days; one that lies beyond is a slip of the pen, or an excuse.
    public static let furthestPromise = 366

    /// 0 until the store has given it one.
    public let id: Int64
    public let key: AlertKey
    /// When it was entered: from then on it counts as the answer to the alert.
    public let at: Instant
    /// When the agency gave it: for a mail, which an operator may have assigned much later, when the mail came in; otherwise when it was entered.
    public let receivedAt: Instant
    /// Who entered it.
    public let enteredBy: String
    /// Why it came about, in the agency's words.
    public let cause: String
    /// What is being done.
    public let plan: String
    /// The last day by which it is to be mended; nil when the agency named none.
    public let due: Day?
    public let evidence: Evidence?

    public init(
        id: Int64 = 0, key: AlertKey, at: Instant, receivedAt: Instant? = nil, enteredBy: String, cause: String, plan: String, due: Day?,
        evidence: Evidence?
    ) {
        self.id = id
        self.key = key
        self.at = at
        self.receivedAt = receivedAt ?? at
        self.enteredBy = enteredBy
        self.cause = cause
        self.plan = plan
        self.due = due
        self.evidence = evidence
    }

    /// Whether the alert has ended since; what begins anew is not what was answered.
    public func isPast(_ ends: [AlertKey: Instant]) -> Bool { ends[key].map { at <= $0 } ?? false }

    /// How it stands on a day, given whether its alert is still open.
    public func state(on today: Day, alertIsOpen: Bool) -> State {
        guard alertIsOpen else { return .done }
        guard let due else { return .answered }
        return today <= due ? .promised : .overdue
    }
}

/// What agencies have said to alerts as they are now: nothing of what was said before an alert last ended.
public struct StandingAnswers: Hashable, Sendable {
    /// The last day by which each alert is to be mended; of several promises the last holds.
    public private(set) var promises: [AlertKey: Day] = [:]
    /// When the agency last answered each alert.
    public private(set) var answeredAt: [AlertKey: Instant] = [:]
    /// When the last answer to each alert was entered, by a mail or by hand: what it does to the steps counts from then.
    public private(set) var enteredAt: [AlertKey: Instant] = [:]

    /// - Parameters:
    ///   - answers: the oldest first.
    ///   - ends: when alerts last were resolved or closed.
    public init(_ answers: [Remediation] = [], since ends: [AlertKey: Instant] = [:]) {
        for answer in answers where !answer.isPast(ends) { add(answer) }
    }

    /// Takes in one more, later than the others of its alert.
    public mutating func add(_ answer: Remediation) {
        answeredAt[answer.key] = answer.receivedAt
        enteredAt[answer.key] = answer.at
        promises[answer.key] = answer.due ?? promises[answer.key]
    }

    /// The alert has ended.
    public mutating func end(_ key: AlertKey) {
        answeredAt[key] = nil
        enteredAt[key] = nil
        promises[key] = nil
    }
}
