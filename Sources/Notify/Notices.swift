import Model

/// Groups what must be told by who must be told: at most one notice per addressee.
public enum Notices {
    /// Notices in order of the addressees' codes, the operators' last; and what stood in the way of telling.
    public struct Composed: Hashable, Sendable {
        public var notices: [Notice]
        public let findings: [Finding]
    }

    private struct Draft {
        let agency: Agency
        var owed: [Telling.Owed] = []
    }

    /// Groups by who answers for it on `today`. An abolished agency's alerts go to its successors, several predecessors in one notice. What nobody
    /// answers for goes to the operators, with a finding; so does what has been escalated to them, beside the agency's own letter.
    ///
    /// - Parameters:
    ///   - transitions: What just changed; an alert that is not among them is told by how it stands.
    ///   - measures: For subjects that are indicators, a measure of theirs, so that a function that moved without a merger is followed.
    public static func compose(
        _ owed: [Telling.Owed], transitions: [Transition] = [], register: Register, today: Day, measures: [String: MeasureID] = [:]
    ) -> Composed {
        var byAddressee: [AgencyCode: Draft] = [:]
        var forOperators: [Telling.Owed] = []
        var findings: [Finding] = []
        for item in owed where item.isTold {
            guard let code = item.alert.key.agency else {
                forOperators.append(item)
                continue
            }
            if item.audience == .operators { forOperators.append(item) }
            let subject = item.alert.key.subject
            let addressees = register.answerable(for: code, measure: measures[subject] ?? MeasureID(subject), on: today)
            if addressees.isEmpty {
                if item.audience != .operators { forOperators.append(item) }
                findings.append(
                    Finding(
                        .noContact, agency: code.text, found: "no agency answers for \(code) on \(today)",
                        expected: "a succession of \(code) in successions.csv"))
            }
            for agency in addressees { byAddressee[agency.code, default: Draft(agency: agency)].owed.append(item) }
        }
        let newest = Dictionary(transitions.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        var notices = byAddressee.values.sorted { $0.agency.code < $1.agency.code }.map { draft in
            notice(draft.agency, draft.owed, newest)
        }
        if !forOperators.isEmpty { notices.append(notice(nil, forOperators, newest)) }
        return Composed(notices: notices, findings: unique(findings))
    }

    private static func notice(_ agency: Agency?, _ owed: [Telling.Owed], _ newest: [AlertKey: Transition]) -> Notice {
        let step = owed.filter { $0.occasion != .resolved }.map(\.step).max() ?? 0
        let goesToHead = owed.contains { $0.audience == .head || ($0.audience == .operators && $0.occasion == .step) }
        return Notice(
            agency: agency, addressees: agency.map { [$0] } ?? [], transitions: ordered(owed.map { transition($0.alert, newest) }),
            audience: agency == nil ? .operators : goesToHead ? .head : .agency, step: step)
    }

    /// What led to where the alert stands.
    private static func transition(_ alert: Alert, _ newest: [AlertKey: Transition]) -> Transition {
        newest[alert.key]
            ?? Transition(
                key: alert.key, from: alert.state, to: alert.state, severity: alert.severity, at: alert.since, period: alert.period,
                reason: alert.reason)
    }

    /// What is wrong before what is well again, the worst first, then by key.
    private static func ordered(_ transitions: [Transition]) -> [Transition] {
        func rank(_ transition: Transition) -> Int {
            if transition.to == .resolved { return 2 }
            return transition.severity == .critical ? 0 : 1
        }
        return transitions.sorted { (rank($0), $0.key) < (rank($1), $1.key) }
    }

    private static func unique(_ findings: [Finding]) -> [Finding] {
        var seen: Set<Finding> = []
        return findings.filter { seen.insert($0).inserted }
    }
}
