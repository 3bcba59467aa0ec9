/// How far an agency has been urged about one alert: what the next letter builds on.
public struct Urged: Hashable, Sendable, Codable {
    /// When the alert was first told in its present episode.
    public var toldAt: Instant
    /// The severity that was told last.
    public var severity: Severity
    /// The step of the escalation that was taken last, from 0; `droppedStep` when an operator has dropped the first letter.
    public var step: Int
    public var stepAt: Instant

    /// What stands for a step where nobody was ever told.
    public static let droppedStep = -1

    public init(toldAt: Instant, severity: Severity, step: Int, stepAt: Instant) {
        self.toldAt = toldAt
        self.severity = severity
        self.step = step
        self.stepAt = stepAt
    }

    /// Whether nobody was told and nobody is to be told of how it stands: only something new makes the first letter.
    public var isDropped: Bool { step == Urged.droppedStep }
}

/// Where the telling as a whole stands.
public struct UrgingState: Hashable, Sendable, Codable {
    /// When letters to agencies were last composed; nil for never.
    public var lastTold: Instant?
    /// Since when letters wait for an operator; nil while none do.
    public var heldSince: Instant?
    /// How many letters wait.
    public var heldLetters: Int
    /// An operator has let them go; the next telling is not held.
    public var isReleased: Bool

    public init(lastTold: Instant? = nil, heldSince: Instant? = nil, heldLetters: Int = 0, isReleased: Bool = false) {
        self.lastTold = lastTold
        self.heldSince = heldSince
        self.heldLetters = heldLetters
        self.isReleased = isReleased
    }
}

/// One step of the escalation: who is told, and how many working days after the first letter.
public struct EscalationStep: Hashable, Sendable, Codable {
    /// Who is told. The raw values are stable identifiers.
    public enum Audience: String, CaseIterable, Sendable, Codable {
        /// The agency's contacts.
        case agency
        /// The head of the agency, with the contacts.
        case head
        /// The operators at Sở Nội vụ.
        case operators
        /// Nobody now: it is named in the next summary for the Chairman.
        case summary
    }

    /// Working days after the day of the first letter; 0 for the first letter itself.
    public let after: Int
    public let audience: Audience

    public init(after: Int, audience: Audience) {
        self.after = after
        self.audience = audience
    }

    /// What is done where the province has not said otherwise.
    public static let usual = [
        EscalationStep(after: 0, audience: .agency), EscalationStep(after: 5, audience: .agency), EscalationStep(after: 10, audience: .head),
        EscalationStep(after: 15, audience: .operators), EscalationStep(after: 20, audience: .summary),
    ]
}

/// When and how much agencies are told (dondoc.yaml, `urging`).
public struct UrgingSettings: Hashable, Sendable {
    /// In the order of their days; the first is the first letter.
    public var steps = EscalationStep.usual
    /// Minutes after midnight between which letters to agencies are written; nil for always.
    public var hours: Range<Int>?
    /// Whether letters to agencies are written on working days alone.
    public var onlyWorkingDays = false
    /// Letters to agencies are gathered until these moments; nil for as soon as there is something.
    public var gathered: CronExpression?
    /// The most letters that one telling may write before it stops and asks the operator; nil for no bound.
    public var ceiling: Int?
    /// The same for the first judging of all, which may look back over years.
    public var firstCeiling = 20
    /// The most letters an agency gets on one day; what is left waits for the next.
    public var perAgencyAndDay: Int?
    /// The most letters handed over in an hour, to all together.
    public var perHour: Int?
    /// A breach this soon after an alert was resolved reopens it.
    public var reopensWithin: Duration = .seconds(5 * 86_400)
    /// An alert that began to fire this often within thirty days flaps: it is told again only when it has stayed as it is for `calm`.
    public var flapping = 4
    public var calm: Duration = .seconds(3 * 86_400)

    public init() {}
}
