import Model

/// The alerts of one judging, each with the verdict that was given on it last. An alert that has never breached has no row.
struct AlertBook {
    private(set) var rows: [AlertKey: Int]
    var machines: [AlertMachine]
    private var last: [Verdict?]

    init(_ alerts: [Alert]) {
        machines = alerts.map { AlertMachine(key: $0.key, alert: $0) }
        last = Array(repeating: nil, count: alerts.count)
        rows = Dictionary(alerts.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { _, newest in newest })
    }

    /// The row of a verdict's alert, which then counts as judged by it; nil for one that all is well with and that has no row.
    mutating func row(for verdict: Verdict) -> Int? {
        if let row = rows[verdict.key] {
            last[row] = verdict
            return row
        }
        switch verdict.condition {
        case .clear, .undecided: return nil
        case .breach, .suspected: break
        }
        rows[verdict.key] = machines.count
        machines.append(AlertMachine(key: verdict.key))
        last.append(verdict)
        return machines.count - 1
    }

    /// How the alerts of one rule stand.
    func alerts(of rule: String) -> [AlertKey: Alert] {
        Dictionary(machines.filter { $0.key.rule == rule }.compactMap { $0.alert.map { ($0.key, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// What becomes of all machines by some event, in the order of their keys.
    mutating func transitions(_ event: (inout AlertMachine, Verdict?) -> Transition?) -> [Transition] {
        var transitions: [Transition] = []
        for row in machines.indices {
            if let transition = event(&machines[row], last[row]) { transitions.append(transition) }
        }
        return transitions.sorted { $0.key < $1.key }
    }

    /// The breaches of later periods that left alerts as they are: a reminder tells these figures, not those that began the alert.
    var newest: [AlertKey: Verdict] {
        var newest: [AlertKey: Verdict] = [:]
        for row in machines.indices {
            guard let alert = machines[row].alert, alert.state.isFiring, let verdict = last[row], case .breach = verdict.condition,
                let period = verdict.period, let told = alert.period, told.range.start < period.range.start
            else { continue }
            newest[alert.key] = verdict
        }
        return newest
    }
}
