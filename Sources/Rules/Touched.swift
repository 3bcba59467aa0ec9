import Model

/// What deliveries have changed: rules whose readings rest on nothing of it would say again what they said before.
public struct Touched: Hashable, Sendable {
    public let measures: Set<MeasureID>

    public init(measures: Set<MeasureID>) {
        self.measures = measures
    }

    /// Whether any definition of an indicator, or the percentage it is compared with, rests on what was changed.
    func contains(_ indicator: Indicator) -> Bool {
        indicator.definitions.contains { definition in definition.measuresWithReported.contains { measures.contains($0) } }
    }
}

extension RuleScope {
    /// The scope without the indicators that were not touched; nil when none is left.
    func touched(by touched: Touched) -> RuleScope? {
        let left = indicators.filter(touched.contains)
        return left.isEmpty ? nil : RuleScope(indicators: left, levels: levels, agencies: agencies, groups: groups, exemptions: exemptions)
    }
}

extension ThresholdRule {
    public func restricted(to touched: Touched) -> (any Rule)? {
        scope.touched(by: touched).map {
            ThresholdRule(
                id: id, scope: $0, action: action, patience: patience, minimumCoverage: minimumCoverage, legalBasis: legalBasis)
        }
    }
}

extension NotReportedRule {
    public func restricted(to touched: Touched) -> (any Rule)? {
        scope.touched(by: touched).map {
            NotReportedRule(id: id, scope: $0, action: action, severity: severity, due: due, from: from, legalBasis: legalBasis)
        }
    }
}

extension StaleRule {
    /// Whether sources answer is asked each time: a delivery is the best sign that one does.
    public func restricted(to touched: Touched) -> (any Rule)? {
        guard let measure = watchedMeasure else { return self }
        return touched.measures.contains(measure) ? self : nil
    }
}
