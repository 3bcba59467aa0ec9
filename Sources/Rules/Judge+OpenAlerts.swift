import Model

/// What open alerts make judging look at beside the newest period.
extension Judge {
    /// The runs, and what must be judged with them for alerts that are not over: the periods that they ask for, those that they rest on, and for
    /// agencies that exist no longer the last period in which they did. Their figures may come late, and without a verdict such an alert could never end.
    ///
    /// - Parameter areJudged: Whether the alerts have been judged by these very rules and targets before. The periods that they rest on then say what
    ///   they said, unless a delivery has touched them, and those runs are there already.
    public static func runs(_ runs: [Run], heeding alerts: [Alert], register: Register, areJudged: Bool = false) -> [Run] {
        let places = Dictionary(grouping: runs.indices.filter { runs[$0].period != nil }, by: { runs[$0].rule.id })
        let newest = Set(Dictionary(places.values.joined().map { ("\(runs[$0].rule.id)/\(runs[$0].cadence)", $0) }, uniquingKeysWith: max).values)
        let subjects = runs.map(\.indicators)
        var heeding = runs
        var gone: [Asked: [Alert]] = [:]
        var rested: [Asked: [Alert]] = [:]
        for alert in alerts where alert.state != .resolved {
            guard let agency = alert.key.agency else { continue }
            for place in places[alert.key.rule] ?? [] where subjects[place].contains(alert.key.subject) {
                guard let period = runs[place].period else { continue }
                if let last = lastPeriod(of: agency, before: period, register) {
                    if newest.contains(place) { gone[Asked(place: place, period: last), default: []].append(alert) }
                } else {
                    heeding[place].ask(by: alert, through: period)
                    if !areJudged, newest.contains(place), !runs[place].rule.asksForItsAlerts {
                        for older in restedOn(by: alert, before: period) { rested[Asked(place: place, period: older), default: []].append(alert) }
                    }
                }
            }
        }
        let late = gone.sorted { ($0.key.place, $0.key.period) < ($1.key.place, $1.key.period) }.map { gone, alerts in
            var run = Run(rule: runs[gone.place].rule, period: gone.period, track: nil, alerts: Set(alerts.map(\.key)))
            for alert in alerts { run.ask(by: alert, through: gone.period) }
            return run
        }
        let earlier = rested.sorted { ($0.key.place, $0.key.period) < ($1.key.place, $1.key.period) }.map { asked, alerts in
            Run(rule: runs[asked.place].rule, period: asked.period, about: alerts)
        }
        return earlier + heeding + late
    }

    private struct Asked: Hashable {
        /// Of the run that judges the newest period.
        let place: Int
        let period: Period
    }

    /// The periods before the newest, from the one on that an open alert rests on: while nothing newer says anything, what has become of that one does,
    /// by another figure or by another target.
    private static func restedOn(by alert: Alert, before newest: Period) -> [Period] {
        guard alert.state.isOpen, let rested = alert.period, rested.kind == newest.kind, rested.scheme == newest.scheme, rested < newest else {
            return []
        }
        return Array(periods(from: rested, through: newest).dropLast())
    }

    /// The last period of an agency that ended before one; nil for an agency that exists in it, or in none before.
    private static func lastPeriod(of code: AgencyCode, before period: Period, _ register: Register) -> Period? {
        guard let end = register.newest(code)?.validTo, end <= period.range.start else { return nil }
        return Period(period.kind, containing: end - 1, scheme: period.scheme)
            ?? Period.lastClosed(period.kind, scheme: period.scheme, on: end)
    }
}

extension Judge.Run {
    /// Over a period by what some alerts are about alone.
    fileprivate init(rule: any Rule, period: Period, about alerts: [Alert]) {
        let subjects = Set(alerts.map(\.key.subject))
        let scope = rule.scope.narrowed(
            to: rule.scope.indicators.filter { subjects.contains($0.id) }, agencies: Set(alerts.compactMap(\.key.agency)))
        self.init(rule: rule.narrowed(to: scope), period: period, track: nil, alerts: Set(alerts.map(\.key)))
    }

    fileprivate var cadence: String { period.map { "\(Cadence(kind: $0.kind, scheme: $0.scheme))" } ?? "" }

    /// The ids of what it reads over its period.
    fileprivate var indicators: Set<String> {
        period.map { Set(rule.indicators(of: Cadence(kind: $0.kind, scheme: $0.scheme)).map(\.id)) } ?? []
    }

    fileprivate mutating func ask(by alert: Alert, through period: Period) {
        guard rule.asksForItsAlerts else { return }
        asked[alert.key.subject, default: []].formUnion(rule.asked(by: alert, through: period))
    }
}
