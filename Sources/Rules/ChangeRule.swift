import Model
import Settings

/// Names agencies whose figure fell, or rose, by more than is allowed: against the period before, or the same one a year earlier.
public struct ChangeRule: Rule {
    /// What a figure is held against.
    public enum Against: String, CaseIterable, Sendable {
        case previous
        case lastYear = "last-year"
    }

    public let id: String
    public let keys: FigureKeys
    public let isDrop: Bool
    public let against: Against
    /// In points or the unit's own; in percent of the older figure when `isRelative`.
    public let by: ExactDecimal
    public let isRelative: Bool

    public init(id: String, keys: FigureKeys, isDrop: Bool, against: Against = .previous, by: ExactDecimal, isRelative: Bool = false) {
        self.id = id
        self.keys = keys
        self.isDrop = isDrop
        self.against = against
        self.by = by
        self.isRelative = isRelative
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext, isDrop: Bool) {
        let keys = FigureKeys(reader, context)
        let against = reader.has("against") ? reader.choice("against", Against.self) : .previous
        let by = reader.value("by", expected: "a number such as 10 or 2.5") { text in
            ExactDecimal(text).flatMap { $0.units >= 0 ? $0 : nil }
        }
        if !reader.has("by") {
            reader.problem(nil, "missing 'by': how far the figure may move, in points, or in percent of the older one with 'relative: true'")
        }
        let isRelative = reader.has("relative") ? reader.bool("relative") : false
        if against == .lastYear, let keys {
            for indicator in keys.scope.indicators where ChangeRule.periodsInAYear(indicator.period) == nil {
                reader.problem(
                    "against",
                    "'\(indicator.id)' is judged by the \(indicator.period.rawValue), which has no counterpart a year earlier; leave 'against' out")
            }
        }
        guard let keys, let against, let by, let isRelative else { return nil }
        self.init(id: id, keys: keys, isDrop: isDrop, against: against, by: by, isRelative: isRelative)
    }

    public var action: LocalizedText? { keys.action }
    public var scope: RuleScope { keys.scope }
    public var patience: Patience { keys.patience }
    public var cadences: [Cadence] { keys.scope.cadences }
    public var lookBack: Int {
        let back = against == .previous ? 1 : keys.scope.indicators.compactMap { ChangeRule.periodsInAYear($0.period) }.max() ?? 1
        return back + keys.patience.periods - 1
    }

    public func indicators(of cadence: Cadence) -> [Indicator] { keys.scope.indicators(of: cadence) }

    public func narrowed(to scope: RuleScope) -> any Rule {
        ChangeRule(id: id, keys: keys.narrowed(to: scope), isDrop: isDrop, against: against, by: by, isRelative: isRelative)
    }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period, let back = against == .previous ? 1 : ChangeRule.periodsInAYear(period.kind) else { return Evaluation() }
        return keys.verdicts(of: id, over: period, scene) { indicator, agency, period in
            guard let now = keys.figure(indicator, agency.code, period, scene),
                let then = keys.figure(indicator, agency.code, period.advanced(by: -back), scene),
                now.reading.definitionVersion == then.reading.definitionVersion,
                let gap = ExactGap(from: then.reading, to: now.reading, in: indicator.unit, isRelative: isRelative),
                let isTooFar = isTooFar(gap)
            else { return .undecided }
            let facts = Reason.Moved(
                reading: now.reading, before: then.reading, unit: indicator.unit, limit: by, isRelative: isRelative, isDrop: isDrop,
                legalBasis: keys.legalBasis)
            return keys.condition(isTooFar, isFinal: now.isFinal && then.isFinal, .moved(facts))
        }
    }

    /// Nil when the counts are too large to be compared exactly.
    private func isTooFar(_ gap: ExactGap) -> Bool? {
        guard isDrop else { return gap.comparison(with: by).map { $0 > 0 } }
        guard let bound = ExactDecimal(units: -by.units, scale: by.scale) else { return nil }
        return gap.comparison(with: bound).map { $0 < 0 }
    }

    /// How many periods of a kind make a year; nil where a year is no whole number of them.
    static func periodsInAYear(_ kind: Period.Kind) -> Int? {
        switch kind {
        case .month: 12
        case .quarter: 4
        case .half: 2
        case .nineMonths, .year: 1
        case .day, .week: nil
        }
    }
}
