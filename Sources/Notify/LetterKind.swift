import Model

/// What a letter is for. The raw values are the names of its templates.
public enum LetterKind: String, CaseIterable, Sendable {
    /// The first word on something. Its templates stand in for those of the next four where the province has none of its own.
    case notice = "letter"
    /// Only missing figures.
    case notReported = "not-reported"
    /// Again, because nothing was heard.
    case reminder
    /// To the head of the agency.
    case escalation
    /// Only what was put right.
    case resolved
    /// To the operators, about what concerns no agency or was not answered.
    case operators
    /// To the operators, at fixed times: how everything stands.
    case digest
    /// To Sở Nội vụ and the Chairman, at fixed times.
    case summary
    /// To whoever looks after a source, about what was not taken of a delivery.
    case rejection
    /// To the operators, about addresses that letters did not reach.
    case undelivered

    /// Which letter a notice makes, given how many letters on it its addressee has got.
    public init(of notice: Notice, after earlierLetters: Int) {
        let open = notice.transitions.filter { $0.to != .resolved }
        if notice.agency == nil {
            self = .operators
        } else if open.isEmpty {
            self = .resolved
        } else if notice.audience == .head {
            self = .escalation
        } else if notice.step > 0, earlierLetters > 0 {
            self = .reminder
        } else if open.count == notice.transitions.count, open.allSatisfy({ $0.reason.isMissingReport }) {
            self = .notReported
        } else {
            self = .notice
        }
    }

    /// The kinds whose templates must exist whatever the settings say.
    static let indispensable: [LetterKind] = [.notice, .operators]

    /// The kind whose templates are used where this one has none; nil where there is no such.
    var fallback: LetterKind? {
        switch self {
        case .notReported, .reminder, .escalation, .resolved: .notice
        case .notice, .operators, .digest, .summary, .rejection, .undelivered: nil
        }
    }
}

extension Reason {
    fileprivate var isMissingReport: Bool {
        if case .notReported = self { true } else { false }
    }
}
