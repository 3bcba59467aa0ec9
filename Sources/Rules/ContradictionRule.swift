import Model
import Settings

/// Names agencies whose counts do not give the percentage that the source itself printed.
public struct ContradictionRule: Rule {
    public let id: String
    public let keys: FigureKeys

    public init(id: String, keys: FigureKeys) {
        self.id = id
        self.keys = keys
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        guard let keys = FigureKeys(reader, context) else { return nil }
        self.init(id: id, keys: keys)
    }

    public var action: LocalizedText? { keys.action }
    public var scope: RuleScope { keys.scope }
    public var patience: Patience { keys.patience }
    public var cadences: [Cadence] { keys.scope.cadences }
    public var lookBack: Int { keys.patience.periods - 1 }

    public func indicators(of cadence: Cadence) -> [Indicator] { keys.scope.indicators(of: cadence) }

    public func narrowed(to scope: RuleScope) -> any Rule { ContradictionRule(id: id, keys: keys.narrowed(to: scope)) }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period else { return Evaluation() }
        return keys.verdicts(of: id, over: period, scene) { indicator, agency, period in
            guard let figure = keys.figure(indicator, agency.code, period, scene), let ratio = figure.reading.ratio,
                let printed = figure.reading.reportedPercent
            else { return .undecided }
            let facts = Reason.Contradicted(reading: figure.reading, printed: printed, legalBasis: keys.legalBasis)
            return keys.condition(ratio.isContradicted(byPercent: printed), isFinal: figure.isFinal, .contradicted(facts))
        }
    }
}
