import Model
import Rules
import Store

/// What the rules are told of sources, so that the silence of one is told from that of its agencies.
extension Configuration {
    /// Those of some sources that are switched on.
    public func enabled(_ states: [String: SourceState]) -> [String: SourceState] {
        let enabled = Set(sources.filter(\.settings.isEnabled).map(\.settings.id))
        return states.filter { enabled.contains($0.key) }
    }

    /// What each source delivers.
    public var sourceMeasures: [String: Set<MeasureID>] {
        Dictionary(
            sources.map { ($0.settings.id, Set($0.connector.measures.compactMap { MeasureID($0) })) }, uniquingKeysWith: { first, _ in first })
    }

    /// For which agencies those sources deliver that some rule names as silent: the one of its settings, or whose figures it brought lately. A source
    /// that never brought any is not among them.
    public func agencies(
        ofSilentAmong states: [String: SourceState], _ store: Store, on today: Day, asOf instant: Instant? = nil
    ) throws(StoreError) -> [String: Set<AgencyCode>] {
        let silent = Set(rules.compactMap { $0 as? StaleRule }.flatMap { $0.silent(among: states, on: today) })
        var served: [String: Set<AgencyCode>] = [:]
        for source in sources where silent.contains(source.settings.id) {
            if let agency = source.connector.agency {
                served[source.settings.id] = [agency]
            } else {
                let found = try store.agenciesServed(by: source.settings.id, asOf: instant)
                if !found.isEmpty { served[source.settings.id] = found }
            }
        }
        return served
    }
}

extension Touched {
    /// What deliveries have changed, by their reaches.
    public init(_ reaches: [DeliveryReach]) {
        self.init(firstDays: Dictionary(reaches.map { ($0.measure, $0.range.start) }, uniquingKeysWith: min))
    }
}
