import Model
import Settings

/// Names agencies whose year will miss its target when it goes on as until now, and more severely those that can no longer reach it.
///
/// It is judged after each closed period, from the periods of the year up to it. Once the next year has begun the alert ends: what was missed
/// cannot be made up for any more.
public struct BudgetRule: Rule {
    public let id: String
    public let keys: FigureKeys
    /// What the whole year must come to; nil takes the bound of the target that is in force.
    public let target: ExactDecimal?
    /// How many periods of the year must be over: a pace of a few days says nothing.
    public let after: Int

    public init(id: String, keys: FigureKeys, target: ExactDecimal? = nil, after: Int = 1) {
        self.id = id
        self.keys = keys
        self.target = target
        self.after = after
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let keys = FigureKeys(reader, context, readsPeriods: false)
        let target = reader.value("target", expected: "a number such as 98.5 or 12") { text in
            ExactDecimal(text).flatMap { $0.units >= 0 ? $0 : nil }
        }
        let after = reader.has("after") ? reader.integer("after", in: 1...11) : 1
        let problems = keys?.scope.indicators.compactMap { indicator in
            BudgetRule.problem(indicator, target, context.measures).map { "'\(indicator.id)' \($0)" }
        }
        for problem in problems ?? [] { reader.problem("indicators", problem) }
        guard let keys, let after, problems?.isEmpty ?? false, target != nil || !reader.has("target") else { return nil }
        self.init(id: id, keys: keys, target: target, after: after)
    }

    /// Why an indicator has no year to be projected; nil when it has.
    private static func problem(_ indicator: Indicator, _ target: ExactDecimal?, _ measures: [MeasureID: Measure]) -> String? {
        guard indicator.unit == .percent || indicator.unit == .count else {
            return "is of the unit \(indicator.unit.rawValue), which has no total over a year; name indicators of the units percent and count"
        }
        guard periodsInAYear(indicator.period) != nil else {
            return "is judged by the \(indicator.period.rawValue), of which a year has no several; name those of a month, a quarter or a half"
        }
        let stock = indicator.definitions.flatMap(\.measures).first { measures[$0]?.kind == .stock }
        if let stock { return "rests on '\(stock)', which is a stock and does not add up over a year; name indicators of flows" }
        if let target, indicator.unit == .percent, target > ExactDecimal(100) { return "is a percentage, and 'target' is \(target)" }
        return nil
    }

    public var action: LocalizedText? { keys.action }
    public var scope: RuleScope { keys.scope }
    public var patience: Patience { keys.patience }
    public var cadences: [Cadence] { keys.scope.cadences }
    public var lookBack: Int { (keys.scope.indicators.compactMap { BudgetRule.periodsInAYear($0.period) }.max() ?? 1) - 1 }

    public func indicators(of cadence: Cadence) -> [Indicator] { keys.scope.indicators(of: cadence) }

    public func narrowed(to scope: RuleScope) -> any Rule { BudgetRule(id: id, keys: keys.narrowed(to: scope), target: target, after: after) }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period else { return Evaluation() }
        return keys.verdicts(of: id, over: period, scene) { judge($0, $1, $2, scene) }
    }

    private func judge(_ indicator: Indicator, _ agency: Agency, _ period: Period, _ scene: Scene) -> Condition {
        guard let year = Period(.year, containing: period.range.start, scheme: period.scheme)?.range else { return .undecided }
        let from = max(year.start, agency.validFrom)
        let periods = (0..<period.index).map { period.advanced(by: -$0) }.filter { $0.range.end > from }
        guard periods.count >= after else { return .clear(.noLongerJudged("year")) }
        let owed = scene.targets.target(for: indicator.id, agency: agency, on: period.range.last)
        guard let bound = target ?? owed?.warning ?? owed?.critical else { return .withoutTarget }
        guard let sum = Sum(periods.map { scene.reading(indicator, agency.code, $0) }, isRatio: indicator.unit.isRatio) else { return .undecided }
        if indicator.unit.isRatio, sum.denominator < keys.minimumDenominator { return .undecided }
        let elapsed = period.range.last - from + 1
        let projection = YearProjection(
            from: from, last: year.last, through: period.range.last, countedDays: min(sum.days, elapsed), numerator: sum.numerator,
            denominator: indicator.unit.isRatio ? sum.denominator : nil, direction: indicator.direction, target: bound)
        guard let projection else { return .undecided }
        let basis = target == nil ? owed?.legalBasis ?? "" : ""
        let reason = Reason.budget(
            Reason.Budget(projection: projection, period: period, legalBasis: basis.isEmpty ? keys.legalBasis : basis))
        let owedDays = scene.register.days(of: agency.code, in: DayRange(start: from, span: elapsed))
        let isFinal = sum.isFinal && sum.days * 100 >= keys.minimumCoverage * owedDays
        guard projection.isOutOfReach, isFinal else { return keys.condition(projection.isOffTarget, isFinal: isFinal, reason) }
        return .breach(.critical, reason)
    }

    /// How many periods of a kind make a year; nil where they are one, none, or no whole number.
    private static func periodsInAYear(_ kind: Period.Kind) -> Int? {
        kind == .year || kind == .nineMonths ? nil : ChangeRule.periodsInAYear(kind)
    }
}

/// The counts of several periods of one agency.
private struct Sum {
    private(set) var numerator: Int64 = 0
    private(set) var denominator: Int64 = 0
    private(set) var days = 0
    private(set) var isFinal = true

    /// A period that was not reported adds no days, one with nothing to count adds its days. Nil when the counts of a period are not known, when the
    /// definition changed, or when they do not fit.
    init?(_ readings: [Reading], isRatio: Bool) {
        var version: Int?
        for reading in readings where reading.state != .notReported {
            guard reading.state == .figure || reading.state == .nothingToCount else { return nil }
            guard version == nil || version == reading.definitionVersion else { return nil }
            version = reading.definitionVersion
            let (top, isTooLarge) = numerator.addingReportingOverflow(reading.numerator ?? 0)
            let (bottom, isTooLargeBelow) = denominator.addingReportingOverflow(isRatio ? reading.denominator ?? 0 : 0)
            guard !isTooLarge, !isTooLargeBelow else { return nil }
            (numerator, denominator) = (top, bottom)
            days += reading.coverage.days
            isFinal = isFinal && !reading.isProvisional
        }
        if days == 0 { return nil }
    }
}
