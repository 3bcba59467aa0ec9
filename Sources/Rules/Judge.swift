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
        /// In the order in which they happened.
        public let transitions: [Transition]
        public let findings: [Finding]
        /// The newest period judged, by track.
        public let judgedThrough: [String: Period]
        /// Breaches by other figures of alerts that fire on as they did: no transitions, and what a reminder must tell.
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
        guard let newest = newestRipe(rule, cadence, today: today, calendar: calendar) else { return [] }
        let first = judgedThrough.map(\.next) ?? firstDay.flatMap { Period(cadence.kind, containing: $0, scheme: cadence.scheme) } ?? newest
        return periods(from: first, through: newest)
    }

    private static func newestRipe(_ rule: any Rule, _ cadence: Cadence, today: Day, calendar: WorkCalendar) -> Period? {
        var newest = Period.lastClosed(cadence.kind, scheme: cadence.scheme, on: today)
        for _ in 0...400 {
            if rule.isRipe(newest, on: today, calendar: calendar) { return newest }
            newest = newest.previous
        }
        return nil
    }

    /// The periods from one through another, but the last at least and no more than `mostPeriods`.
    static func periods(from first: Period, through newest: Period) -> [Period] {
        var periods = [newest]
        while periods.count < mostPeriods, let oldest = periods.last, first < oldest { periods.append(oldest.previous) }
        return periods.reversed()
    }

    /// All runs that are due: every rule over the periods of each of its cadences, and over today when it has none. Before them come the periods from
    /// the first on that deliveries have touched, by what rests on that alone: a figure that comes late, or is put right, counts until a newer one
    /// says otherwise.
    ///
    /// - Parameters:
    ///   - touched: What was changed since the last judging.
    ///   - onlyTouched: Leaves all else out. How far rules have judged is then left as it is, because the rest of them has not.
    public static func runs(
        _ rules: [any Rule], judgedThrough: [String: Period], firstDay: Day?, today: Day, calendar: WorkCalendar, touched: Touched = .nothing,
        onlyTouched: Bool = false
    ) -> [Run] {
        rules.flatMap { rule -> [Run] in
            let narrowed = rule.restricted(to: touched)
            guard let concerned = onlyTouched ? narrowed : rule else { return [] }
            if rule.cadences.isEmpty { return [Run(rule: concerned, period: nil, track: nil)] }
            return concerned.cadences.flatMap { cadence -> [Run] in
                let name = track(rule, cadence)
                let due = periods(for: rule, cadence, after: judgedThrough[name], firstDay: firstDay, today: today, calendar: calendar)
                let touched = earlier(than: due, narrowed, cadence, touched)
                return touched + due.map { Run(rule: concerned, period: $0, track: onlyTouched ? nil : name) }
            }
        }
    }

    /// The runs over periods before those that are due, from the first that was touched on.
    private static func earlier(than due: [Period], _ rule: (any Rule)?, _ cadence: Cadence, _ touched: Touched) -> [Run] {
        guard let rule, let oldest = due.first, let newest = due.last, let day = touched.firstDay(of: rule.indicators(of: cadence)),
            let first = Period(cadence.kind, containing: day, scheme: cadence.scheme)
        else { return [] }
        return periods(from: first, through: newest).filter { $0 < oldest }.map { Run(rule: rule, period: $0, track: nil) }
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

    /// Performs the runs in order. However many periods are judged, an alert moves once, to what the newest that says anything makes of it; one that
    /// began in them and is over again moves twice. `alerts` is how they stand now; those whose rule or source is gone are resolved.
    public static func judge(_ runs: [Run], rules: [any Rule], alerts: [Alert], scene: Scene) -> Outcome {
        var book = AlertBook(alerts)
        var findings: [Finding] = []
        var judgedThrough: [String: Period] = [:]
        var scene = scene
        for run in runs {
            scene.alerts = run.rule.asksForItsAlerts ? book.alerts(of: run.rule.id) : [:]
            let evaluation = run.rule.evaluate(run.period, scene)
            for finding in evaluation.findings where !findings.contains(finding) { findings.append(finding) }
            book.makeRoom(for: evaluation.verdicts)
            for judged in evaluation.verdicts where run.alerts?.contains(judged.key) ?? true {
                let verdict = run.rule.excused(judged, on: scene.today)
                book.take(verdict, at: scene.now, under: scene.circumstances(of: verdict.key))
            }
            if let track = run.track, let period = run.period { judgedThrough[track] = max(judgedThrough[track] ?? period, period) }
        }
        let scopes = Dictionary(rules.map { ($0.id, $0.scope) }, uniquingKeysWith: { first, _ in first })
        let today = Dictionary(runs.filter { $0.period == nil }.map { ($0.rule.id, $0.rule.scope) }, uniquingKeysWith: { first, _ in first })
        book.move { machine, last in
            // What was judged just now is.
            guard last == nil, let alert = machine.alert, alert.state != .resolved else { return nil }
            // A rule without periods speaks of all that it is about, each time.
            let isPassedOver = today[alert.key.rule]?.covers(alert.key, register: scene.register, today: scene.today) ?? false
            let why = reasonToDrop(alert.key, scopes, scene) ?? (isPassedOver ? "scope" : nil)
            return why.flatMap { machine.handle(.clear(.noLongerJudged($0)), period: nil, at: scene.now) }
        }
        let dependencies = Dependencies(book.machines.compactMap(\.alert), rules: rules, scene: scene)
        book.move { machine, last in
            guard let state = machine.alert?.state, state.isFiring || state == .suppressed || state == .silenced else { return nil }
            return machine.handle(
                isSpokenFor: dependencies.speaker(for: machine.key) != nil, last: last, at: scene.now, under: scene.circumstances(of: machine.key))
        }
        return Outcome(transitions: book.transitions, findings: findings, judgedThrough: judgedThrough, newest: book.newest)
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
