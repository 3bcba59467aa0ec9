/// What identifies an alert through its whole life: a rule, what the rule looks at, and whom it concerns.
public struct AlertKey: Hashable, Sendable, Codable {
    public let rule: String
    /// The id of an indicator, a measure or a source, by the kind of the rule.
    public let subject: String
    /// Nil for alerts that concern the operator, such as a silent source.
    public let agency: AgencyCode?

    public init(rule: String, subject: String, agency: AgencyCode?) {
        self.rule = rule
        self.subject = subject
        self.agency = agency
    }
}

extension AlertKey: Comparable, CustomStringConvertible {
    public static func < (left: AlertKey, right: AlertKey) -> Bool {
        (left.agency?.text ?? "", left.rule, left.subject) < (right.agency?.text ?? "", right.rule, right.subject)
    }

    /// `on-time/dossier.late.national/H52.07`
    public var description: String { "\(rule)/\(subject)/\(agency?.text ?? "-")" }
}

extension AlertKey {
    /// The daemon's own alert that letters wait for an operator; no rule of the configuration judges it.
    public static let lettersHeld = AlertKey(rule: "letters-held", subject: "letters", agency: nil)
}

/// How bad it is; the order is the order of letters and tables.
public enum Severity: String, CaseIterable, Sendable, Codable, Comparable {
    case warning
    case critical

    public static func < (left: Severity, right: Severity) -> Bool { left == .warning && right == .critical }
}

/// Where an alert stands. An alert that never breached has no record.
public enum AlertState: String, CaseIterable, Sendable, Codable {
    /// The condition holds, but not yet for as long as the rule asks, or on figures that are not final.
    case pending
    /// The agency must be told.
    case firing
    /// As firing, soon after it was resolved.
    case reopened
    /// The condition holds and somebody has taken it on: no further letters until it gets worse or that is taken back.
    case acknowledged
    /// The condition holds, and an operator has said that nobody is to be told for now.
    case silenced
    /// The condition holds, and another alert speaks for it.
    case suppressed
    /// The condition no longer holds.
    case resolved
    /// An operator has ended it although the condition may hold; it stays so until the condition ends or gets worse.
    case closed

    /// Whether the agency is being urged.
    public var isFiring: Bool { self == .firing || self == .reopened }

    /// Whether the condition held when it was last judged.
    public var isOpen: Bool { self != .resolved && self != .closed }
}

/// An alert as the store holds it: the sum of its transitions.
public struct Alert: Hashable, Sendable, Codable {
    public let key: AlertKey
    public let state: AlertState
    public let severity: Severity
    /// When it entered this state.
    public let since: Instant
    /// The period last judged, nil for rules that look at today.
    public let period: Period?
    /// Why it is in this state, with the numbers.
    public let reason: Reason
    /// Who looks after it; empty when nobody was named.
    public var assignee: String

    public init(
        key: AlertKey, state: AlertState, severity: Severity, since: Instant, period: Period?, reason: Reason, assignee: String = ""
    ) {
        self.key = key
        self.state = state
        self.severity = severity
        self.since = since
        self.period = period
        self.reason = reason
        self.assignee = assignee
    }
}

/// An alert changed its state or its severity, with the reason as a value and the numbers it rests on.
public struct Transition: Hashable, Sendable, Codable {
    public let key: AlertKey
    /// Nil for the first transition of an alert.
    public let from: AlertState?
    public let to: AlertState
    public let severity: Severity
    public let at: Instant
    public let period: Period?
    public let reason: Reason
    /// Who brought it about and why, in their words; nil when the rules did.
    public let actor: AlertActor?
    /// The version of the rule that judged: a digest of its settings; empty for transitions from before versions were kept.
    public let ruleVersion: String

    public init(
        key: AlertKey, from: AlertState?, to: AlertState, severity: Severity, at: Instant, period: Period?, reason: Reason, actor: AlertActor? = nil,
        ruleVersion: String = ""
    ) {
        self.key = key
        self.from = from
        self.to = to
        self.severity = severity
        self.at = at
        self.period = period
        self.reason = reason
        self.actor = actor
        self.ruleVersion = ruleVersion
    }

    /// Whether it began to fire: not when it only is told again after a silence, another alert's word or an operator's care.
    public var begins: Bool {
        guard to.isFiring else { return false }
        return switch from {
        case nil, .pending, .resolved, .closed: true
        case .firing, .reopened, .acknowledged, .silenced, .suppressed: false
        }
    }
}

/// Who did something to an alert, and why.
public struct AlertActor: Hashable, Sendable, Codable {
    public let name: String
    public let why: String

    public init(name: String, why: String) {
        self.name = name
        self.why = why
    }
}
