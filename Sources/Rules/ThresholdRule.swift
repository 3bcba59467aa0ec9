import Model
import Settings

/// Holds each agency's reading of a closed period against the target in force on the period's last day.
public struct ThresholdRule: Rule {
    public let id: String
    public let scope: RuleScope
    public let action: LocalizedText?
    public let patience: Patience
    /// Percent of the period's days that must be counted before a verdict is final.
    public let minimumCoverage: Int
    /// What letters quote when the target itself names no basis.
    public let legalBasis: String

    public init(
        id: String, scope: RuleScope, action: LocalizedText? = nil, patience: Patience = Patience(), minimumCoverage: Int = 100,
        legalBasis: String = ""
    ) {
        self.id = id
        self.scope = scope
        self.action = action
        self.patience = patience
        self.minimumCoverage = minimumCoverage
        self.legalBasis = legalBasis
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let scope = RuleScope(reader, context)
        let action = reader.localized("action")
        let legalBasis = reader.string("legal_basis") ?? ""
        let patience = Patience(reader)
        let coverage = reader.has("minimum_coverage") ? reader.integer("minimum_coverage", in: 1...100) : 100
        guard let scope, let patience, let coverage, patience.fits(scope.indicators, reader) else { return nil }
        self.init(
            id: id, scope: scope, action: action, patience: patience, minimumCoverage: coverage, legalBasis: legalBasis)
    }

    public var cadences: [Cadence] { scope.cadences }
    public var lookBack: Int { patience.periods - 1 }

    public func indicators(of cadence: Cadence) -> [Indicator] { scope.indicators(of: cadence) }

    public func narrowed(to scope: RuleScope) -> any Rule {
        ThresholdRule(id: id, scope: scope, action: action, patience: patience, minimumCoverage: minimumCoverage, legalBasis: legalBasis)
    }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period else { return Evaluation() }
        let agencies = scope.agencies(in: period.range, register: scene.register)
        var evaluation = Evaluation()
        let hasWaited = patience.isOver(after: period, rule: id, scene, &evaluation.findings)
        for indicator in indicators(of: Cadence(kind: period.kind, scheme: period.scheme)) {
            let days = indicator.unit == .perWorkingDay ? workingDays(in: period.range, scene, &evaluation.findings) : 1
            for agency in agencies {
                var condition =
                    days.map { judge(indicator, agency, period, scene, denominatorFactor: $0, &evaluation.findings) } ?? .undecided
                if !hasWaited { condition = condition.withheld }
                evaluation.verdicts.append(
                    Verdict(key: AlertKey(rule: id, subject: indicator.id, agency: agency.code), condition: condition, period: period))
            }
        }
        return evaluation
    }

    private func judge(
        _ indicator: Indicator, _ agency: Agency, _ period: Period, _ scene: Scene, denominatorFactor: Int64, _ findings: inout [Finding]
    ) -> Condition {
        // What the province no longer asks for, no agency is urged about.
        guard let target = target(of: indicator, agency, period, scene) else { return .withoutTarget }
        guard let newest = compare(indicator, agency, period, target, scene, denominatorFactor: denominatorFactor) else { return .undecided }
        guard let severity = newest.severity else {
            // Between the bound and the one at which it is well again, an alert stays what it is.
            return newest.isFinal && newest.isCleared ? .clear(.withinThreshold(newest.judged(consecutive: 0))) : .undecided
        }
        var count = 1
        // Periods on both sides of a changed definition are not in a row: the older ones were never measured like this one.
        while count < patience.periods, let before = earlier(count, indicator, agency, period, scene, &findings),
            before.isFinal, before.severity != nil,
            before.reading.definitionVersion == newest.reading.definitionVersion
        {
            count += 1
        }
        let reason = Reason.beyondThreshold(newest.judged(consecutive: count))
        return newest.isFinal && count >= patience.periods ? .breach(severity, reason) : .suspected(severity, reason)
    }

    /// The comparison `count` periods earlier, by the agency and the target of that time.
    private func earlier(
        _ count: Int, _ indicator: Indicator, _ agency: Agency, _ period: Period, _ scene: Scene, _ findings: inout [Finding]
    ) -> Comparison? {
        let before = period.advanced(by: -count)
        guard let then = scene.register.agency(agency.code, in: before.range) else { return nil }
        let days = indicator.unit == .perWorkingDay ? workingDays(in: before.range, scene, &findings) : 1
        return target(of: indicator, then, before, scene).flatMap { target in
            days.flatMap { compare(indicator, then, before, target, scene, denominatorFactor: $0) }
        }
    }

    /// The target in force at the end of a period; nil where none is, or it sets no bound.
    private func target(of indicator: Indicator, _ agency: Agency, _ period: Period, _ scene: Scene) -> Target? {
        scene.targets.target(for: indicator.id, agency: agency, on: period.range.last).flatMap { $0.warning ?? $0.critical == nil ? nil : $0 }
    }

    /// Nil when there is nothing to hold against the target: no figure, too small a denominator.
    private func compare(
        _ indicator: Indicator, _ agency: Agency, _ period: Period, _ target: Target, _ scene: Scene, denominatorFactor: Int64
    ) -> Comparison? {
        let reading = scene.reading(indicator, agency.code, period)
        guard reading.state == .figure else { return nil }
        if indicator.unit.isRatio {
            let (minimum, overflow) = target.minimumDenominator.multipliedReportingOverflow(by: denominatorFactor)
            guard !overflow, let denominator = reading.denominator, denominator >= minimum else { return nil }
        }
        let isComplete = scene.isComplete(reading, minimumCoverage: minimumCoverage)
        let basis = target.legalBasis.isEmpty ? legalBasis : target.legalBasis
        return Comparison(reading, indicator, target, legalBasis: basis, isFinal: isComplete && !reading.isProvisional)
    }

    private func workingDays(in range: DayRange, _ scene: Scene, _ findings: inout [Finding]) -> Int64? {
        CalendarCheck.answer(scene.calendar, rule: id, &findings) { () throws(WorkCalendar.MissingYear) in
            Int64(try scene.calendar.workingDays(in: range))
        } restsOn: { _ in
            range.start...range.last
        }
    }
}

/// A reading beside its target.
private struct Comparison {
    let reading: Reading
    let indicator: Indicator
    let legalBasis: String
    let reason: String?
    let severity: Severity?
    let bound: ExactDecimal
    let goal: ExactDecimal?
    /// Whether the figure will not change by mere passing of time.
    let isFinal: Bool
    /// Whether it is as good as it must be for an alert to end.
    let isCleared: Bool

    /// Nil when the target sets no bound. A figure that equals the bound is within it.
    init?(_ reading: Reading, _ indicator: Indicator, _ target: Target, legalBasis: String, isFinal: Bool) {
        let bad = indicator.direction == .higherIsBetter ? -1 : 1
        func isBeyond(_ bound: ExactDecimal?) -> Bool { bound.flatMap { reading.comparison(with: $0, in: indicator.unit) } == bad }
        guard let mildest = target.warning ?? target.critical else { return nil }
        if isBeyond(target.critical), let critical = target.critical {
            severity = .critical
            bound = critical
            goal = mildest == critical ? nil : mildest
        } else {
            severity = isBeyond(target.warning) ? .warning : nil
            bound = mildest
            goal = nil
        }
        isCleared = severity == nil && !isBeyond(target.clear)
        self.reading = reading
        self.indicator = indicator
        self.legalBasis = legalBasis
        reason = target.reason
        self.isFinal = isFinal
    }

    func judged(consecutive: Int) -> Reason.Judged {
        Reason.Judged(
            reading: reading, unit: indicator.unit, direction: indicator.direction, bound: bound, legalBasis: legalBasis,
            consecutive: consecutive, reason: reason, goal: goal)
    }
}
