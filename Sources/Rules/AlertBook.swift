import Model

/// The alerts of one judging, what each has gone through in it, and the verdict that was given on it last. An alert that has never breached has no row.
///
/// However many periods are judged at once, an alert moves from how it stood before to what the newest word on it makes of it: it was not well in
/// between when nobody could know that it was.
struct AlertBook {
    private(set) var rows: [AlertKey: Int]
    private(set) var machines: [AlertMachine]
    /// How the alerts stood before; rows beyond are of alerts that began in this judging.
    private let before: [Alert]
    private var last: [Verdict?]
    /// In the order in which they happened; nil where a newer word has taken one back. Each with the place of the one before it in its row.
    private var written: [(transition: Transition?, before: Int?)] = []
    /// Where the newest transition of each row stands.
    private var places: [Int?]

    init(_ alerts: [Alert]) {
        before = alerts
        machines = alerts.map { AlertMachine(key: $0.key, alert: $0) }
        last = Array(repeating: nil, count: alerts.count)
        places = Array(repeating: nil, count: alerts.count)
        rows = Dictionary(alerts.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { _, newest in newest })
    }

    /// What the alerts have gone through.
    var transitions: [Transition] { written.compactMap(\.transition) }

    /// Makes room at once for what verdicts may begin: growing by and by was a twentieth of a judging in which everybody alarms.
    mutating func makeRoom(for verdicts: [Verdict]) {
        let count = verdicts.count { $0.condition.mayBegin }
        rows.reserveCapacity(rows.count + count)
        machines.reserveCapacity(machines.count + count)
        last.reserveCapacity(last.count + count)
        places.reserveCapacity(places.count + count)
        written.reserveCapacity(written.count + count)
    }

    /// Takes in a verdict; those on one alert come in the order of their periods. Nothing comes of one by which all is well with what has no row.
    mutating func take(_ verdict: Verdict, at now: Instant, under circumstances: AlertMachine.Circumstances) {
        guard let row = row(for: verdict) else { return }
        if verdict.condition.isDecided { takeBack(row, besides: verdict.condition) }
        var circumstances = circumstances
        // Who speaks for whom is decided when all verdicts are in.
        circumstances.isSuppressed = machines[row].alert?.state == .suppressed
        let change =
            machines[row].handle(verdict.condition, period: verdict.period, at: now, under: circumstances)
            ?? machines[row].moveOn(to: verdict, at: now, ruleVersion: circumstances.ruleVersion)
        if let change { note(change, row) }
    }

    /// What becomes of all machines by some event, in the order of their keys.
    mutating func move(_ event: (inout AlertMachine, Verdict?) -> Transition?) {
        var changes: [(row: Int, transition: Transition)] = []
        for row in machines.indices {
            if let transition = event(&machines[row], last[row]) { changes.append((row, transition)) }
        }
        for (row, transition) in changes.sorted(by: { $0.transition.key < $1.transition.key }) { note(transition, row) }
    }

    /// How the alerts of one rule stand.
    func alerts(of rule: String) -> [AlertKey: Alert] {
        Dictionary(machines.filter { $0.key.rule == rule }.compactMap { $0.alert.map { ($0.key, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// The breaches that left alerts as they are and tell other figures than those that began them: reminders tell the newest.
    var newest: [AlertKey: Verdict] {
        var newest: [AlertKey: Verdict] = [:]
        for row in machines.indices {
            guard let alert = machines[row].alert, alert.state.isFiring, let verdict = last[row], case .breach(_, let reason) = verdict.condition,
                reason != alert.reason
            else { continue }
            if let period = verdict.period, let told = alert.period, period.range.start < told.range.start { continue }
            newest[alert.key] = verdict
        }
        return newest
    }

    /// The row of a verdict's alert, which then counts as judged by it: by the newest that decides anything, if one does.
    private mutating func row(for verdict: Verdict) -> Int? {
        if let row = rows[verdict.key] {
            if last[row] == nil || verdict.condition != .undecided { last[row] = verdict }
            return row
        }
        guard verdict.condition.mayBegin else { return nil }
        rows[verdict.key] = machines.count
        machines.append(AlertMachine(key: verdict.key))
        last.append(verdict)
        places.append(nil)
        return machines.count - 1
    }

    /// Forgets what older periods made of an alert. That it began, and is well already, is kept: otherwise nothing would be left of it.
    private mutating func takeBack(_ row: Int, besides condition: Condition) {
        guard places[row] != nil else { return }
        if row >= before.count, case .clear = condition { return }
        while let place = places[row] {
            written[place].transition = nil
            places[row] = written[place].before
        }
        machines[row] = AlertMachine(key: machines[row].key, alert: row < before.count ? before[row] : nil)
    }

    private mutating func note(_ transition: Transition, _ row: Int) {
        written.append((transition, before: places[row]))
        places[row] = written.count - 1
    }
}

extension Condition {
    /// Whether an alert begins by it where there is none.
    fileprivate var mayBegin: Bool {
        switch self {
        case .clear, .undecided: false
        case .breach, .suspected: true
        }
    }
}
