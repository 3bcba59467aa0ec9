import Model
import Settings

/// The keys that kinds share which look at final figures of closed periods.
public struct FigureKeys: Sendable {
    public let scope: RuleScope
    public let action: LocalizedText?
    public let severity: Severity
    /// Percent of the period's days that must be counted before a verdict is final.
    public let minimumCoverage: Int
    /// Figures with a smaller denominator are not judged.
    public let minimumDenominator: Int64
    public let legalBasis: String
    public let patience: Patience

    public init(
        scope: RuleScope, action: LocalizedText? = nil, severity: Severity = .warning, minimumCoverage: Int = 100, minimumDenominator: Int64 = 1,
        legalBasis: String = "", patience: Patience = Patience()
    ) {
        self.scope = scope
        self.action = action
        self.severity = severity
        self.minimumCoverage = minimumCoverage
        self.minimumDenominator = minimumDenominator
        self.legalBasis = legalBasis
        self.patience = patience
    }

    /// Nil when something in them is wrong; the problems are with the reader. `readsPeriods` is false for kinds to which `for` means something of their
    /// own, or nothing.
    init?(_ reader: SettingsReader, _ context: RuleContext, readsIndicators: Bool = true, readsPeriods: Bool = true) {
        let scope = RuleScope(reader, context, readsIndicators: readsIndicators)
        let action = reader.localized("action")
        let severity = reader.has("severity") ? reader.choice("severity", Severity.self) : .warning
        let coverage = reader.has("minimum_coverage") ? reader.integer("minimum_coverage", in: 1...100) : 100
        let denominator = reader.has("minimum_denominator") ? reader.integer("minimum_denominator", in: 1...1_000_000_000) : 1
        let legalBasis = reader.string("legal_basis") ?? ""
        let patience = Patience(reader, readsPeriods: readsPeriods)
        guard let scope, let severity, let coverage, let denominator, let patience, patience.fits(scope.indicators, reader) else { return nil }
        self.init(
            scope: scope, action: action, severity: severity, minimumCoverage: coverage, minimumDenominator: Int64(denominator),
            legalBasis: legalBasis, patience: patience)
    }

    /// The same keys about a part of what they are about.
    func narrowed(to scope: RuleScope) -> FigureKeys {
        FigureKeys(
            scope: scope, action: action, severity: severity, minimumCoverage: minimumCoverage, minimumDenominator: minimumDenominator,
            legalBasis: legalBasis, patience: patience)
    }

    /// The reading when it is a figure with enough behind it; `isFinal` tells whether the mere passing of time can change it.
    func figure(_ indicator: Indicator, _ agency: AgencyCode, _ period: Period, _ scene: Scene) -> (reading: Reading, isFinal: Bool)? {
        let reading = scene.reading(indicator, agency, period)
        guard reading.state == .figure else { return nil }
        if indicator.unit.isRatio { guard let denominator = reading.denominator, denominator >= minimumDenominator else { return nil } }
        return (reading, scene.isComplete(reading, minimumCoverage: minimumCoverage) && !reading.isProvisional)
    }

    /// One verdict for each indicator of a period's cadence and each agency in scope, with patience.
    func verdicts(
        of rule: String, over period: Period, _ scene: Scene, _ judge: (Indicator, Agency, Period) -> Condition
    ) -> Evaluation {
        let agencies = scope.agencies(in: period.range, register: scene.register)
        var evaluation = Evaluation()
        let isOver = patience.isOver(after: period, rule: rule, scene, &evaluation.findings)
        evaluation.verdicts = scope.indicators(of: Cadence(kind: period.kind, scheme: period.scheme)).flatMap { indicator in
            agencies.map { agency in
                let condition = judge(indicator, agency, period)
                let isTold = isOver && condition.isBreach && isRepeated(agency, before: period, scene) { judge(indicator, $0, $1) }
                return Verdict(
                    key: AlertKey(rule: rule, subject: indicator.id, agency: agency.code), condition: isTold ? condition : condition.withheld,
                    period: period)
            }
        }
        return evaluation
    }

    /// Whether the periods before, as many as patience asks for, are breaches too; by the agency of that time.
    private func isRepeated(_ agency: Agency, before period: Period, _ scene: Scene, _ judge: (Agency, Period) -> Condition) -> Bool {
        (1..<max(1, patience.periods)).allSatisfy { back in
            let before = period.advanced(by: -back)
            return scene.register.agency(agency.code, in: before.range).map { judge($0, before).isBreach } ?? false
        }
    }

    /// A breach when it is one, well when it is not, and nothing certain while the figure may still change.
    func condition(_ isBreach: Bool, isFinal: Bool, _ reason: Reason) -> Condition {
        if isBreach { return isFinal ? .breach(severity, reason) : .suspected(severity, reason) }
        return isFinal ? .clear(reason) : .undecided
    }
}
