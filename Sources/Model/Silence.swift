/// A time in which nobody is told of some alerts: an agency moves house, a system is being replaced, the province is on its Tết holidays.
public struct Silence: Hashable, Sendable, Codable {
    /// What it holds for; nil in each place means all.
    public struct Scope: Hashable, Sendable, Codable {
        public let agency: AgencyCode?
        /// An indicator, a measure or a source, as the alerts' keys name it.
        public let subject: String?
        public let rule: String?

        public init(agency: AgencyCode? = nil, subject: String? = nil, rule: String? = nil) {
            self.agency = agency
            self.subject = subject
            self.rule = rule
        }

        public func contains(_ key: AlertKey) -> Bool {
            (agency == nil || agency == key.agency) && (subject == nil || subject == key.subject) && (rule == nil || rule == key.rule)
        }
    }

    /// 0 until the store has given it one.
    public let id: Int64
    public let scope: Scope
    public let from: Instant
    /// The first instant at which it no longer holds.
    public let until: Instant
    public let actor: AlertActor
    public let createdAt: Instant

    public init(id: Int64 = 0, scope: Scope, from: Instant, until: Instant, actor: AlertActor, createdAt: Instant) {
        self.id = id
        self.scope = scope
        self.from = from
        self.until = until
        self.actor = actor
        self.createdAt = createdAt
    }

    public func holds(for key: AlertKey, at instant: Instant) -> Bool { from <= instant && instant < until && scope.contains(key) }
}
