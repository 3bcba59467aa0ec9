import Model

/// Decides who must be told what: from the transitions of one cycle to at most one notice per addressee.
public enum Notices {
    /// Notices in order of the addressees' codes, the operators' last; and what stood in the way of telling.
    public struct Composed: Hashable, Sendable {
        public let notices: [Notice]
        public let findings: [Finding]
    }

    /// Groups what must be told by who answers for it on `today`. An abolished agency's transitions go to its successors, several predecessors in
    /// one notice. What nobody answers for goes to the operators, with a finding.
    ///
    /// - Parameter measures: For subjects that are indicators, a measure of theirs, so that a function that moved without a merger is followed.
    public static func compose(
        _ transitions: [Transition], register: Register, today: Day, measures: [String: MeasureID] = [:]
    ) -> Composed {
        var byAddressee: [AgencyCode: (agency: Agency, transitions: [Transition])] = [:]
        var forOperators: [Transition] = []
        var findings: [Finding] = []
        for transition in worthTelling(transitions) {
            guard let code = transition.key.agency else {
                forOperators.append(transition)
                continue
            }
            let measure = measures[transition.key.subject] ?? MeasureID(transition.key.subject)
            let addressees = register.answerable(for: code, measure: measure, on: today)
            if addressees.isEmpty {
                forOperators.append(transition)
                findings.append(
                    Finding(
                        .noContact, agency: code.text, found: "no agency answers for \(code) on \(today)",
                        expected: "a succession of \(code) in successions.csv"))
            }
            for agency in addressees {
                byAddressee[agency.code, default: (agency, [])].transitions.append(transition)
            }
        }
        var notices = byAddressee.values.sorted { $0.agency.code < $1.agency.code }.map { entry in
            Notice(agency: entry.agency, addressees: [entry.agency], transitions: ordered(entry.transitions))
        }
        if !forOperators.isEmpty { notices.append(Notice(agency: nil, addressees: [], transitions: ordered(forOperators))) }
        return Composed(notices: notices, findings: unique(findings))
    }

    /// The last transition of each alert whose net change over the cycle matters to its agency: it fires now and did not before, its severity
    /// rose, or it fired before and is resolved.
    static func worthTelling(_ transitions: [Transition]) -> [Transition] {
        var order: [AlertKey] = []
        var byKey: [AlertKey: (first: Transition, last: Transition)] = [:]
        for transition in transitions {
            if let known = byKey[transition.key] {
                byKey[transition.key] = (known.first, transition)
            } else {
                order.append(transition.key)
                byKey[transition.key] = (transition, transition)
            }
        }
        return order.compactMap { key in
            guard let (first, last) = byKey[key] else { return nil }
            return isWorthTelling(last, before: severityBefore(first)) ? last : nil
        }
    }

    private static func isWorthTelling(_ last: Transition, before: Severity?) -> Bool {
        switch last.to {
        case .firing: before.map { $0 < last.severity } ?? true
        case .resolved: before != nil
        case .pending: false
        }
    }

    /// The severity the alert had fired with before the cycle, nil when it was not firing. A transition from firing to firing changes the
    /// severity, so it had the other one; leaving "firing" keeps it.
    private static func severityBefore(_ first: Transition) -> Severity? {
        guard first.from == .firing else { return nil }
        guard first.to == .firing else { return first.severity }
        return first.severity == .critical ? .warning : .critical
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
