import Model
import Settings

/// Names agencies whose figures for a closed period have not come by the due day. An agency that never reported is named from its first due day.
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

    public var exemptions: [Exemption] { scope.exemptions }
    public var cadences: [Cadence] { scope.cadences }

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

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period, period.range.start >= from else { return Evaluation() }
        var evaluation = Evaluation()
        let dueDay = CalendarCheck.answer(scene.calendar, rule: id, &evaluation.findings) { () throws(WorkCalendar.MissingYear) in
            try period.deadline(workingDays: due, in: scene.calendar)
        } restsOn: { deadline in
            period.range.last...deadline
        }
        for indicator in indicators(of: Cadence(kind: period.kind, scheme: period.scheme)) {
            for agency in scope.agencies(in: period.range, register: scene.register) where period.range.start >= agency.validFrom {
                let key = AlertKey(rule: id, subject: indicator.id, agency: agency.code)
                let condition = dueDay.map { judge(indicator, agency.code, period, due: $0, scene) } ?? .undecided
                evaluation.verdicts.append(Verdict(key: key, condition: condition, period: period))
            }
        }
        return evaluation
    }

    private func judge(_ indicator: Indicator, _ agency: AgencyCode, _ period: Period, due: Day, _ scene: Scene) -> Condition {
        guard due < scene.today else { return .undecided }
        let reading = scene.reading(indicator, agency, period)
        if reading.state == .definitionBreak { return .undecided }
        let facts = Reason.NotReported(period: period, due: due, ever: scene.hasEverReported(indicator, agency), legalBasis: legalBasis)
        return reading.state == .notReported ? .breach(severity, .notReported(facts)) : .clear(.reported(facts))
    }
}
