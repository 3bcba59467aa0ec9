import Model

/// Which alerts are wanted beyond state and agency; nil in each place means all.
public struct AlertFilter: Hashable, Sendable, Codable {
    public var rule: String?
    public var subject: String?
    public var severity: Severity?
    public var assignee: String?

    public init(rule: String? = nil, subject: String? = nil, severity: Severity? = nil, assignee: String? = nil) {
        self.rule = rule
        self.subject = subject
        self.severity = severity
        self.assignee = assignee
    }

    public func contains(_ alert: Alert) -> Bool {
        (rule == nil || rule == alert.key.rule) && (subject == nil || subject == alert.key.subject)
            && (severity == nil || severity == alert.severity) && (assignee == nil || assignee == alert.assignee)
    }
}

/// A time in which nobody is to be told, as an operator asks for it.
public struct SilenceOrder: Hashable, Sendable, Codable {
    public var scope: Silence.Scope
    /// Nil for now.
    public var from: Instant?
    public var until: Instant
    public var by: AlertActor

    public init(scope: Silence.Scope, from: Instant? = nil, until: Instant, by: AlertActor) {
        self.scope = scope
        self.from = from
        self.until = until
        self.by = by
    }
}

/// An agency's answer to an alert, as an operator enters it.
public struct RemediationOrder: Hashable, Sendable, Codable {
    public var key: AlertKey
    public var cause: String
    public var plan: String
    public var due: Day?
    public var evidenceName: String?
    public var evidence: Payload?
    /// Who enters it.
    public var by: String

    public init(
        key: AlertKey, cause: String, plan: String, due: Day? = nil, evidenceName: String? = nil, evidence: Payload? = nil, by: String
    ) {
        self.key = key
        self.cause = cause
        self.plan = plan
        self.due = due
        self.evidenceName = evidenceName
        self.evidence = evidence
        self.by = by
    }
}

/// Which letter is to be shown, and how.
public struct LetterQuestion: Hashable, Sendable, Codable {
    /// What of a letter is wanted.
    public enum Form: String, CaseIterable, Sendable, Codable {
        /// The headers and the plain text, as people read them.
        case text
        /// The HTML version's bytes.
        case html
        /// The bytes of the whole mail.
        case mail
    }

    /// The alert to tell of; nil for an invented letter in which everything occurs that can.
    public var key: AlertKey?
    /// The kind of an invented letter, `reminder`; nil for the first notice.
    public var kind: String?
    public var form: Form

    public init(key: AlertKey? = nil, kind: String? = nil, form: Form = .text) {
        self.key = key
        self.kind = kind
        self.form = form
    }
}
