import Model
import Settings

/// Names agencies whose figures for a closed period have not come by the due day. An agency that never reported is named from its first due day.
/// An alert asks for every period that has been missing since it began, until each has come.
public struct NotReportedRule: Rule {
    public let id: String
    public let scope: RuleScope
    public let action: LocalizedText?
    public let severity: Severity
    /// Working days after the period's last day on which figures are still in time.
    public let due: Int
    /// Periods that begin before are not owed: nobody was asked for them.
    public let from: Day
    public let legalBasis: String

    public init(
        id: String, scope: RuleScope, action: LocalizedText? = nil, severity: Severity = .warning, due: Int, from: Day, legalBasis: String = ""
    ) {
        self.id = id
        self.scope = scope
        self.action = action
        self.severity = severity
        self.due = due
        self.from = from
        self.legalBasis = legalBasis
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let scope = RuleScope(reader, context)
        let action = reader.localized("action")
        let legalBasis = reader.string("legal_basis") ?? ""
        let severity = reader.has("severity") ? reader.choice("severity", Severity.self) : .warning
        let due = reader.has("due") ? reader.integer("due", in: 0...60) : 2
        let from = reader.day("from")
        if !reader.has("from") { reader.problem(nil, "missing 'from': the first day of the periods that agencies owe, such as 2026-01-01") }
        guard let scope, let severity, let due, let from else { return nil }
        self.init(id: id, scope: scope, action: action, severity: severity, due: due, from: from, legalBasis: legalBasis)
    }

    public var cadences: [Cadence] { scope.cadences }
    public var asksForItsAlerts: Bool { true }

    public func indicators(of cadence: Cadence) -> [Indicator] { scope.indicators(of: cadence) }

    /// Ripe once the due day is over. A due day that cannot be computed does not hold judging up: the verdict is then "undecided", with a finding.
    public func isRipe(_ period: Period, on today: Day, calendar: WorkCalendar) -> Bool {
        guard period.isClosed(on: today) else { return false }
        do {
            return try period.deadline(workingDays: due, in: calendar) < today
        } catch {
            return true
        }
    }

    /// The periods that an open alert names and those since; where they are many, the first and the newest.
    public func asked(by alert: Alert, through period: Period) -> [Period] {
        guard alert.state != .resolved, case .notReported(let facts) = alert.reason, let first = facts.periods.first,
            first.kind == period.kind, first.scheme == period.scheme, first < period
        else { return [period] }
        var periods = [period]
        while periods.count < Judge.mostPeriods - 1, let oldest = periods.last, first.next < oldest { periods.append(oldest.previous) }
        return [first] + periods.reversed()
    }

    public func narrowed(to scope: RuleScope) -> any Rule {
        NotReportedRule(id: id, scope: scope, action: action, severity: severity, due: due, from: from, legalBasis: legalBasis)
    }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period else { return Evaluation() }
        guard period.range.start >= from else { return Evaluation(verdicts: forgiven(before: period, scene)) }
        var evaluation = Evaluation()
        let due = dueDay(of: period, scene, &evaluation.findings)
        for indicator in indicators(of: Cadence(kind: period.kind, scheme: period.scheme)) {
            for agency in scope.agencies(in: period.range, register: scene.register) where period.range.start >= agency.validFrom {
                let key = AlertKey(rule: id, subject: indicator.id, agency: agency.code)
                let verdict = due.flatMap { $0 < scene.today ? judge(key, indicator, agency.code, period, due: $0, scene) : nil }
                evaluation.verdicts.append(verdict ?? Verdict(key: key, condition: .undecided, period: period))
            }
        }
        return evaluation
    }

    /// Of alerts that ask for nothing but periods that are no longer owed, because `from` was moved past them.
    private func forgiven(before period: Period, _ scene: Scene) -> [Verdict] {
        let subjects = Set(indicators(of: Cadence(kind: period.kind, scheme: period.scheme)).map(\.id))
        return scene.alerts.values.filter { alert in
            guard case .notReported(let facts) = alert.reason, subjects.contains(alert.key.subject) else { return false }
            return alert.state != .resolved && facts.periods.allSatisfy { $0.range.start < from }
        }.map { Verdict(key: $0.key, condition: .clear(.noLongerJudged("from")), period: period) }.sorted { $0.key < $1.key }
    }

    /// What an alert asks for ends only when all of it has come: a later period that was reported does not make good for an earlier one.
    private func judge(
        _ key: AlertKey, _ indicator: Indicator, _ agency: AgencyCode, _ period: Period, due: Day, _ scene: Scene
    ) -> Verdict {
        let alert = scene.alerts[key]
        func facts(_ newest: Period, _ earlier: [Period] = []) -> Reason.NotReported {
            var ignored: [Finding] = []
            return Reason.NotReported(
                period: newest, due: newest == period ? due : dueDay(of: newest, scene, &ignored) ?? due,
                ever: scene.hasEverReported(indicator, agency), legalBasis: legalBasis, earlier: earlier)
        }
        let asked = (alert.map { self.asked(by: $0, through: period) } ?? [period]).filter { $0.range.start >= from }
        let newestState = scene.reading(indicator, agency, period).state
        let absent = asked.filter { ($0 == period ? newestState : scene.reading(indicator, agency, $0).state) == .notReported }
        let owed = absent.filter { !isExcepted(agency, $0) }
        // What an operator has closed is not asked for again, only what became due since.
        let closed = alert.flatMap { $0.state == .closed ? $0.since.day : nil }
        let missing = owed.filter { period in closed.map { !isRipe(period, on: $0, calendar: scene.calendar) } ?? true }
        if let newest = missing.last {
            return Verdict(key: key, condition: .breach(severity, .notReported(facts(newest, Array(missing.dropLast())))), period: newest)
        }
        guard owed.isEmpty, newestState != .definitionBreak else {
            return Verdict(key: key, condition: .undecided, period: period)
        }
        // The caller says that it is excepted, by the period; otherwise what the alert named has come.
        let told = absent.last ?? asked.first { $0 == alert?.period } ?? period
        return Verdict(key: key, condition: .clear(.reported(facts(told))), period: told)
    }

    private func isExcepted(_ agency: AgencyCode, _ period: Period) -> Bool {
        exemptions.contains { $0.holds(for: agency, on: period.range.last) }
    }

    private func dueDay(of period: Period, _ scene: Scene, _ findings: inout [Finding]) -> Day? {
        CalendarCheck.answer(scene.calendar, rule: id, &findings) { () throws(WorkCalendar.MissingYear) in
            try period.deadline(workingDays: due, in: scene.calendar)
        } restsOn: { deadline in
            period.range.last...deadline
        }
    }
}
