import Model
import Settings

/// Names the last agencies of each level, or those that lie further from the middle of their level than is allowed.
public struct RankRule: Rule {
    /// What makes an agency one of the last.
    public enum Bound: Hashable, Sendable {
        /// Fewer than this many agencies are worse.
        case last(Int)
        /// Worse than the median by more than this, in points or the unit's own.
        case belowMedian(ExactDecimal)
    }

    public let id: String
    public let keys: FigureKeys
    public let bound: Bound
    /// Levels with fewer figures are not ranked: the last of two says nothing.
    public let minimumAgencies: Int

    public init(id: String, keys: FigureKeys, bound: Bound, minimumAgencies: Int = 5) {
        self.id = id
        self.keys = keys
        self.bound = bound
        self.minimumAgencies = minimumAgencies
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let keys = FigureKeys(reader, context)
        let last = reader.integer("last", in: 1...1000)
        let below = reader.value("below_median_by", expected: "a number such as 10 or 2.5") { text in
            ExactDecimal(text).flatMap { $0.units >= 0 ? $0 : nil }
        }
        let isOne = reader.has("last") != reader.has("below_median_by")
        if !isOne {
            reader.problem(
                nil, "a rule of kind 'rank' needs either 'last' (how many at the end of a level) or 'below_median_by' (how far from its middle)")
        }
        let minimum = reader.has("minimum_agencies") ? reader.integer("minimum_agencies", in: 2...10_000) : 5
        guard isOne, let keys, let minimum, let bound = last.map(Bound.last) ?? below.map(Bound.belowMedian) else { return nil }
        self.init(id: id, keys: keys, bound: bound, minimumAgencies: minimum)
    }

    public var action: LocalizedText? { keys.action }
    public var scope: RuleScope { keys.scope }
    public var patience: Patience { keys.patience }
    public var cadences: [Cadence] { keys.scope.cadences }
    public var lookBack: Int { keys.patience.periods - 1 }

    public func indicators(of cadence: Cadence) -> [Indicator] { keys.scope.indicators(of: cadence) }

    public func narrowed(to scope: RuleScope) -> any Rule {
        RankRule(id: id, keys: keys.narrowed(to: scope), bound: bound, minimumAgencies: minimumAgencies)
    }

    /// Every agency of a level is ranked, also those that the rule is not about.
    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period else { return Evaluation() }
        var evaluation = Evaluation()
        let isOver = keys.patience.isOver(after: period, rule: id, scene, &evaluation.findings)
        let named = Set(keys.scope.agencies(in: period.range, register: scene.register).map(\.code))
        for indicator in indicators(of: Cadence(kind: period.kind, scheme: period.scheme)) {
            for level in Agency.Level.allCases where keys.scope.levels.contains(level) {
                let verdicts = rank(indicator, level, period, scene).filter { $0.key.agency.map(named.contains) ?? false }
                let told = isOver ? lastInARow(verdicts, indicator, level, period, scene) : []
                evaluation.verdicts += verdicts.map { verdict in
                    told.contains(verdict.key) ? verdict : Verdict(key: verdict.key, condition: verdict.condition.withheld, period: period)
                }
            }
        }
        return evaluation
    }

    /// Those of some verdicts' breaches that the periods before, as many as patience asks for, give too.
    private func lastInARow(
        _ verdicts: [Verdict], _ indicator: Indicator, _ level: Agency.Level, _ period: Period, _ scene: Scene
    ) -> Set<AlertKey> {
        var keys = Set(verdicts.filter(\.condition.isBreach).map(\.key))
        for back in 1..<max(1, self.keys.patience.periods) where !keys.isEmpty {
            keys.formIntersection(rank(indicator, level, period.advanced(by: -back), scene).filter(\.condition.isBreach).map(\.key))
        }
        return keys
    }

    private func rank(_ indicator: Indicator, _ level: Agency.Level, _ period: Period, _ scene: Scene) -> [Verdict] {
        let agencies = RuleScope(indicators: [], levels: [level]).agencies(in: period.range, register: scene.register)
        let figures = agencies.compactMap { keys.figure(indicator, $0.code, period, scene) }
        let worstFirst = figures.sorted { left, right in
            isWorse(left.reading, than: right.reading, indicator)
                || (!isWorse(right.reading, than: left.reading, indicator) && left.reading.agency < right.reading.agency)
        }
        var conditions: [AgencyCode: Condition] = [:]
        if worstFirst.count >= minimumAgencies, let best = worstFirst.last?.reading, let worst = worstFirst.first?.reading {
            // Of an even number the worse one of the middle two, which is the milder judge.
            let median = worstFirst[(worstFirst.count - 1) / 2].reading
            var worse = 0
            for (place, (reading, isFinal)) in worstFirst.enumerated() {
                // Equal figures share a place.
                if place > 0, isWorse(worstFirst[place - 1].reading, than: reading, indicator) { worse = place }
                let isBreach: Bool
                switch bound {
                case .last(let count): isBreach = worse < count && isWorse(worst, than: best, indicator)
                case .belowMedian(let limit): isBreach = lies(reading, beyond: limit, from: median, indicator)
                }
                let facts = Reason.Ranked(
                    reading: reading, unit: indicator.unit, fromEnd: worse + 1, of: worstFirst.count, last: bound.last, median: median,
                    limit: bound.limit, legalBasis: keys.legalBasis)
                conditions[reading.agency] = keys.condition(isBreach, isFinal: isFinal, .ranked(facts))
            }
        }
        return agencies.map { agency in
            Verdict(
                key: AlertKey(rule: id, subject: indicator.id, agency: agency.code), condition: conditions[agency.code] ?? .undecided,
                period: period)
        }
    }

    private func isWorse(_ left: Reading, than right: Reading, _ indicator: Indicator) -> Bool {
        let side = ExactGap(from: right, to: left, in: indicator.unit, isRelative: false)?.comparison(with: ExactDecimal(0))
        return side == (indicator.direction == .higherIsBetter ? -1 : 1)
    }

    private func lies(_ reading: Reading, beyond limit: ExactDecimal, from median: Reading, _ indicator: Indicator) -> Bool {
        guard let gap = ExactGap(from: median, to: reading, in: indicator.unit, isRelative: false) else { return false }
        if indicator.direction == .lowerIsBetter { return gap.comparison(with: limit) == 1 }
        return ExactDecimal(units: -limit.units, scale: limit.scale).flatMap { gap.comparison(with: $0) } == -1
    }
}

extension RankRule.Bound {
    fileprivate var last: Int? { if case .last(let count) = self { count } else { nil } }
    fileprivate var limit: ExactDecimal? { if case .belowMedian(let limit) = self { limit } else { nil } }
}
