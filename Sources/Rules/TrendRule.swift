import Model
import Settings

/// Names agencies whose figure became worse several periods in a row, whatever its height.
public struct TrendRule: Rule {
    public let id: String
    public let keys: FigureKeys
    /// How many changes for the worse in a row are too many.
    public let consecutive: Int

    public init(id: String, keys: FigureKeys, consecutive: Int = 3) {
        self.id = id
        self.keys = keys
        self.consecutive = consecutive
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let keys = FigureKeys(reader, context, readsPeriods: false)
        let consecutive = reader.has("for") ? reader.integer("for", in: 2...24) : 3
        guard let keys, let consecutive else { return nil }
        self.init(id: id, keys: keys, consecutive: consecutive)
    }

    public var action: LocalizedText? { keys.action }
    public var scope: RuleScope { keys.scope }
    public var patience: Patience { keys.patience }
    public var cadences: [Cadence] { keys.scope.cadences }
    public var lookBack: Int { consecutive }

    public func indicators(of cadence: Cadence) -> [Indicator] { keys.scope.indicators(of: cadence) }

    public func narrowed(to scope: RuleScope) -> any Rule { TrendRule(id: id, keys: keys.narrowed(to: scope), consecutive: consecutive) }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period else { return Evaluation() }
        return keys.verdicts(of: id, over: period, scene) { judge($0, $1, $2, scene) }
    }

    /// The run of periods up to this one in which each figure is worse than the one before. A missing figure and a changed definition end it.
    private func judge(_ indicator: Indicator, _ agency: Agency, _ period: Period, _ scene: Scene) -> Condition {
        guard let newest = keys.figure(indicator, agency.code, period, scene) else { return .undecided }
        var run = [newest.reading]
        var isFinal = newest.isFinal
        while run.count <= consecutive, let later = run.first {
            let earlier = keys.figure(indicator, agency.code, period.advanced(by: -run.count), scene)
            guard let earlier, earlier.reading.definitionVersion == later.definitionVersion,
                let gap = ExactGap(from: earlier.reading, to: later, in: indicator.unit, isRelative: false),
                let side = gap.comparison(with: ExactDecimal(0)),
                side == (indicator.direction == .higherIsBetter ? -1 : 1)
            else { break }
            run.insert(earlier.reading, at: 0)
            isFinal = isFinal && earlier.isFinal
        }
        let facts = Reason.Worsened(readings: run, unit: indicator.unit, limit: consecutive, legalBasis: keys.legalBasis)
        return keys.condition(run.count > consecutive, isFinal: isFinal, .worsened(facts))
    }
}
