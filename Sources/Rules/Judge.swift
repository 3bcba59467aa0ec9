import Model

/// Rules against a scene: verdicts become transitions of alerts.
public enum Judge {
    /// One run of a rule: over one period, or over today.
    public struct Run: Sendable {
        public let rule: any Rule
        /// Nil for rules that look at today.
        public let period: Period?
        /// Under which name the store remembers how far the rule has judged; nil for rules that look at today.
        public let track: String?
        /// The alerts on which its verdicts are taken; nil for all.
        let alerts: Set<AlertKey>?
        /// Periods of some indicators that open alerts ask for beside those that the rule reads anyhow.
        var asked: [String: Set<Period>] = [:]

        public init(rule: any Rule, period: Period?, track: String?, alerts: Set<AlertKey>? = nil) {
            self.rule = rule
            self.period = period
            self.track = track
            self.alerts = alerts
        }
    }

    /// What judging leads to, to be stored in one transaction.
    public struct Outcome: Sendable {
        /// In the order in which they happened; an alert may move more than once when several periods are caught up with.
        public let transitions: [Transition]
        public let findings: [Finding]
        /// The newest period judged, by track.
        public let judgedThrough: [String: Period]
        /// Breaches of later periods by alerts that fire on as they did: no transitions, and what a reminder must tell.
        public let newest: [AlertKey: Verdict]
    }

    /// The most periods of one track that are judged at once.
    public static let mostPeriods = 24

    /// The store's name for how far a rule has judged periods of one cadence, `late/month/calendar`.
    public static func track(_ rule: any Rule, _ cadence: Cadence) -> String { "\(rule.id)/\(cadence)" }

    /// The ripe periods to judge, oldest first: those after `judgedThrough`, and always the newest one again, because its figures may have been
    /// restated. Without `judgedThrough` it begins with the period that holds `firstDay`, the first day with any figure; nil there means no figures
    /// and then only the newest is judged. Never more than `mostPeriods`; older ones are passed over.
    public static func periods(
        for rule: any Rule, _ cadence: Cadence, after judgedThrough: Period?, firstDay: Day?, today: Day, calendar: WorkCalendar
    ) -> [Period] {
        var newest = Period.lastClosed(cadence.kind, scheme: cadence.scheme, on: today)
        var steps = 0
        while !rule.isRipe(newest, on: today, calendar: calendar) {
            newest = newest.previous
            steps += 1
            guard steps <= 400 else { return [] }
        }
        let first: Period
        if let judgedThrough {
            first = min(judgedThrough.next, newest)
        } else {
            first = firstDay.flatMap { Period(cadence.kind, containing: $0, scheme: cadence.scheme) } ?? newest
        }
        var periods = [newest]
        while periods.count < mostPeriods, let oldest = periods.last, first < oldest { periods.append(oldest.previous) }
        return periods.reversed()
    }

    /// All runs that are due: every rule over the periods of each of its cadences, and over today when it has none.
    ///
    /// - Parameter touched: Only what rests on this. How far rules have judged is then left as it is, because the rest of them has not.
    public static func runs(
        _ rules: [any Rule], judgedThrough: [String: Period], firstDay: Day?, today: Day, calendar: WorkCalendar, touched: Touched? = nil
    ) -> [Run] {
        let concerned = touched.map { touched in rules.compactMap { $0.restricted(to: touched) } } ?? rules
        return concerned.flatMap { rule -> [Run] in
            if rule.cadences.isEmpty { return [Run(rule: rule, period: nil, track: nil)] }
            return rule.cadences.flatMap { cadence -> [Run] in
                let name = track(rule, cadence)
                let due = periods(for: rule, cadence, after: judgedThrough[name], firstDay: firstDay, today: today, calendar: calendar)
                return due.map { Run(rule: rule, period: $0, track: touched == nil ? name : nil) }
            }
        }
    }

    /// The periods of an indicator that the runs read, so that their cells can be loaded before judging.
    public static func neededPeriods(_ runs: [Run]) -> [(indicator: Indicator, period: Period)] {
        var seen: Set<String> = []
        var needed: [(indicator: Indicator, period: Period)] = []
        for run in runs {
            guard let period = run.period else { continue }
            for indicator in run.rule.indicators(of: Cadence(kind: period.kind, scheme: period.scheme)) {
                let read = (0...run.rule.lookBack).map { period.advanced(by: -$0) }
                for wanted in read + (run.asked[indicator.id] ?? []).sorted() {
                    if seen.insert("\(indicator.id) \(wanted)").inserted { needed.append((indicator, wanted)) }
                }
            }
        }
        return needed
    }

    /// Performs the runs in order. An alert that begins to fire and keeps firing over several caught-up periods gives one transition, with the
    /// newest figures. `alerts` is how they stand now; those whose rule or source is gone are resolved.
    public static func judge(_ runs: [Run], rules: [any Rule], alerts: [Alert], scene: Scene) -> Outcome {
        var book = AlertBook(alerts)
        var transitions: [Transition] = []
        // Where the transition of an alert stands, by its place in the book.
        var places: [Int: Int] = [:]
        var findings: [Finding] = []
        var judgedThrough: [String: Period] = [:]
        var scene = scene
        for run in runs {
            scene.alerts = run.rule.asksForItsAlerts ? book.alerts(of: run.rule.id) : [:]
            let evaluation = run.rule.evaluate(run.period, scene)
            for finding in evaluation.findings where !findings.contains(finding) { findings.append(finding) }
            for judged in evaluation.verdicts where run.alerts?.contains(judged.key) ?? true {
                let verdict = run.rule.excused(judged, on: scene.today)
                guard let row = book.row(for: verdict) else { continue }
                var circumstances = scene.circumstances(of: verdict.key)
                // Who speaks for whom is decided when all verdicts are in.
                circumstances.isSuppressed = book.machines[row].alert?.state == .suppressed
                if let transition = book.machines[row].handle(verdict.condition, period: verdict.period, at: scene.now, under: circumstances) {
                    places[row] = transitions.count
                    transitions.append(transition)
                } else if let place = places[row], transitions[place].to.isFiring, case .breach(_, let reason) = verdict.condition {
                    transitions[place] = book.machines[row].renew(transitions[place], reason: reason, period: verdict.period)
                } else if let transition = book.machines[row].moveOn(to: verdict, at: scene.now, ruleVersion: scene.ruleVersion) {
                    transitions.append(transition)
                }
            }
            if let track = run.track, let period = run.period { judgedThrough[track] = max(judgedThrough[track] ?? period, period) }
        }
        let scopes = Dictionary(rules.map { ($0.id, $0.scope) }, uniquingKeysWith: { first, _ in first })
        transitions += book.transitions { machine, last in
            // What was judged just now is.
            guard last == nil, let alert = machine.alert, alert.state != .resolved else { return nil }
            return reasonToDrop(alert.key, scopes, scene).flatMap { machine.handle(.clear(.noLongerJudged($0)), period: nil, at: scene.now) }
        }
        let dependencies = Dependencies(book.machines.compactMap(\.alert), rules: rules, scene: scene)
        transitions += book.transitions { machine, last in
            guard let state = machine.alert?.state, state.isFiring || state == .suppressed || state == .silenced else { return nil }
            return machine.handle(
                isSpokenFor: dependencies.suppresses(machine.key), last: last, at: scene.now, under: scene.circumstances(of: machine.key))
        }
        return Outcome(transitions: transitions, findings: findings, judgedThrough: judgedThrough, newest: book.newest)
    }

    /// `rule` or `source` when that is no longer there, `scope` when the rule has been changed and is about it no more. An abolished agency's alert
    /// stays: its successor answers for it.
    private static func reasonToDrop(_ key: AlertKey, _ scopes: [String: RuleScope], _ scene: Scene) -> String? {
        if key == .lettersHeld { return nil }
        guard let scope = scopes[key.rule] else { return "rule" }
        if key.agency == nil, scene.sources[key.subject] == nil { return "source" }
        return scope.covers(key, register: scene.register, today: scene.today) ? nil : "scope"
    }
}
