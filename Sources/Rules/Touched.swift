import Model

/// What deliveries have changed: rules whose readings rest on nothing of it would say again what they said before.
public struct Touched: Hashable, Sendable {
    public static let nothing = Touched(measures: [])

    public let measures: Set<MeasureID>
    /// The first day that was changed, by measure; those without one were changed in the newest period alone.
    private let firstDays: [MeasureID: Day]

    public init(measures: Set<MeasureID>) {
        self.measures = measures
        firstDays = [:]
    }

    public init(firstDays: [MeasureID: Day]) {
        measures = Set(firstDays.keys)
        self.firstDays = firstDays
    }

    /// Whether any definition of an indicator, or the percentage it is compared with, rests on what was changed.
    func contains(_ indicator: Indicator) -> Bool {
        indicator.definitions.contains { definition in definition.measuresWithReported.contains { measures.contains($0) } }
    }

    /// The first day on which figures of some indicators may have changed.
    func firstDay(of indicators: [Indicator]) -> Day? {
        guard !firstDays.isEmpty else { return nil }
        return indicators.flatMap(\.definitions).flatMap(\.measuresWithReported).compactMap { firstDays[$0] }.min()
    }
}

extension RuleScope {
    /// The scope without the indicators that were not touched; nil when none is left.
    func touched(by touched: Touched) -> RuleScope? {
        let left = indicators.filter(touched.contains)
        return left.isEmpty ? nil : narrowed(to: left)
    }

    /// The scope with some of its indicators alone and, unless that is nil, some of its agencies.
    func narrowed(to indicators: [Indicator], agencies only: Set<AgencyCode>? = nil) -> RuleScope {
        var scope = RuleScope(indicators: indicators, levels: levels, agencies: agencies, groups: groups, exemptions: exemptions)
        scope.only = only ?? self.only
        return scope
    }
}
