import Model
import Settings

/// Names agencies whose counts cannot be true together: both sides of an identity, such as carried over + received = resolved + open.
public struct IdentityRule: Rule {
    public let id: String
    public let keys: FigureKeys
    public let title: LocalizedText
    /// The sides as they are written in rules.yaml.
    public let left: Expression
    public let right: Expression

    /// `keys.scope` needs no indicators: the difference of the sides is judged like one.
    public init(
        id: String, keys: FigureKeys, title: LocalizedText, left: Expression, right: Expression, period: Period.Kind = .month,
        scheme: PeriodScheme = .calendar
    ) {
        self.id = id
        self.title = title
        self.left = left
        self.right = right
        let turned = right.terms.map { Expression.Term(measure: $0.measure, isSubtracted: !$0.isSubtracted, isOptional: $0.isOptional) }
        let difference = Indicator(
            id: id, title: title, clause: "", direction: .lowerIsBetter, unit: .count, scheme: scheme, period: period,
            definitions: [
                Indicator.Definition(
                    version: 1, numerator: Expression(left.terms + turned), wording: LocalizedText(vietnamese: "", english: ""), legalBasis: "")
            ])
        self.keys = FigureKeys(
            scope: keys.scope.narrowed(to: [difference]), action: keys.action, severity: keys.severity, minimumCoverage: keys.minimumCoverage,
            legalBasis: keys.legalBasis, patience: keys.patience)
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let keys = FigureKeys(reader, context, readsIndicators: false)
        let title = reader.localized("title")
        if !reader.has("title") { reader.problem(nil, "missing 'title': what the counts are about, {vi: …, en: …}") }
        let period = reader.has("period") ? reader.choice("period", Period.Kind.self) : .month
        let scheme = reader.has("scheme") ? reader.choice("scheme", PeriodScheme.self) : .calendar
        let sides = reader.reader("identity").map { identity in
            defer { identity.finish() }
            return (IdentityRule.side("left", identity, context), IdentityRule.side("right", identity, context))
        }
        guard let keys, let title, let period, let scheme, let left = sides?.0, let right = sides?.1 else { return nil }
        self.init(id: id, keys: keys, title: title, left: left, right: right, period: period, scheme: scheme)
    }

    private static func side(_ key: String, _ reader: SettingsReader, _ context: RuleContext) -> Expression? {
        guard let side = reader.requiredValue(key, expected: "measures joined by + and -", { Expression($0) }) else { return nil }
        let known = context.measures.keys.map(\.text).sorted()
        let strangers = side.terms.map(\.measure).filter { context.measures[$0] == nil }
        for stranger in strangers {
            let hint = TextFolding.didYouMean(stranger.text, among: known)
            reader.problem(key, "unknown measure '\(stranger)'\(hint)")
        }
        return strangers.isEmpty ? side : nil
    }

    public var action: LocalizedText? { keys.action }
    public var scope: RuleScope { keys.scope }
    public var patience: Patience { keys.patience }
    public var cadences: [Cadence] { keys.scope.cadences }
    public var lookBack: Int { keys.patience.periods - 1 }

    public func indicators(of cadence: Cadence) -> [Indicator] { keys.scope.indicators(of: cadence) }

    public func narrowed(to scope: RuleScope) -> any Rule {
        let difference = keys.scope.indicators[0]
        return IdentityRule(
            id: id, keys: keys.narrowed(to: scope), title: title, left: left, right: right, period: difference.period, scheme: difference.scheme)
    }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        guard let period else { return Evaluation() }
        return keys.verdicts(of: id, over: period, scene) { indicator, agency, period in
            let reading = scene.reading(indicator, agency.code, period)
            // A difference below zero cannot be a count, and is one here.
            guard reading.state == .figure || reading.state == .inconsistent, let difference = reading.numerator else { return .undecided }
            let isComplete = scene.isComplete(reading, minimumCoverage: keys.minimumCoverage)
            let facts = Reason.Unbalanced(
                period: period, left: left.description, right: right.description, difference: difference, legalBasis: keys.legalBasis)
            return keys.condition(difference != 0, isFinal: isComplete && !reading.isProvisional, .unbalanced(facts))
        }
    }
}
