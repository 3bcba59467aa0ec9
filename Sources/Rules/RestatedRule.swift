import Model
import Settings

/// Names agencies whose figures of closed periods were changed (sửa số liệu của kỳ đã chốt): for some days after each change.
public struct RestatedRule: Rule {
    public let id: String
    public let scope: RuleScope
    public let action: LocalizedText?
    public let severity: Severity
    /// For how many days a change is spoken of.
    public let days: Int
    public let legalBasis: String
    /// Decimals of the measures.
    private let scales: [MeasureID: Int]

    public init(
        id: String, scope: RuleScope, action: LocalizedText? = nil, severity: Severity = .warning, days: Int = 30, legalBasis: String = "",
        scales: [MeasureID: Int] = [:]
    ) {
        self.id = id
        self.scope = scope
        self.action = action
        self.severity = severity
        self.days = days
        self.legalBasis = legalBasis
        self.scales = scales
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let scope = RuleScope(reader, context)
        let action = reader.localized("action")
        let severity = reader.has("severity") ? reader.choice("severity", Severity.self) : .warning
        let days = reader.has("days") ? reader.integer("days", in: 1...365) : 30
        let legalBasis = reader.string("legal_basis") ?? ""
        guard let scope, let severity, let days else { return nil }
        self.init(
            id: id, scope: scope, action: action, severity: severity, days: days, legalBasis: legalBasis,
            scales: context.measures.mapValues(\.scale))
    }

    public var cadences: [Cadence] { [] }
    public var asksForItsAlerts: Bool { true }

    public func indicators(of cadence: Cadence) -> [Indicator] { [] }

    /// Since when the scene must know what was changed.
    public func begin(at now: Instant) -> Instant { now + .seconds(-86_400 * Int64(days)) }

    public func narrowed(to scope: RuleScope) -> any Rule {
        RestatedRule(id: id, scope: scope, action: action, severity: severity, days: days, legalBasis: legalBasis, scales: scales)
    }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        let since = begin(at: scene.now)
        let changes = Dictionary(grouping: scene.restatements.filter { $0.at >= since && $0.at <= scene.now }, by: \.agency)
        let present = scope.agencies(in: DayRange(scene.today), register: scene.register).map(\.code)
        let gone = gone(changes, scene)
        let verdicts = (present + gone).flatMap { agency in
            scope.indicators.map { indicator in
                let measures = Set(indicator.definitions.flatMap(\.measures))
                let own = (changes[agency] ?? []).filter { measures.contains($0.measure) }
                let newest = own.max { ($0.at, $1.range.start) < ($1.at, $0.range.start) }
                let facts = Reason.Restated(
                    count: own.count, days: days, newest: newest, scale: newest.flatMap { scales[$0.measure] } ?? 0, legalBasis: legalBasis)
                return Verdict(
                    key: AlertKey(rule: id, subject: indicator.id, agency: agency),
                    condition: own.isEmpty ? .clear(.restated(facts)) : .breach(severity, .restated(facts)), period: nil)
            }
        }
        return Evaluation(verdicts: verdicts)
    }

    /// Agencies that exist no longer: those in scope when the days were on which figures were changed, and those that an alert is still open of.
    private func gone(_ changes: [AgencyCode: [Reason.Restated.Change]], _ scene: Scene) -> [AgencyCode] {
        let changed = changes.filter { agency, own in
            scene.register.agency(agency, on: scene.today) == nil
                && Set(own.map(\.range)).contains { range in
                    scope.agencies(in: range, register: scene.register).contains { $0.code == agency }
                }
        }
        return Set(changed.keys).union(scene.keysOfTheGone.compactMap(\.agency)).sorted()
    }
}
