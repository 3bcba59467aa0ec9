import Model
import Reports
import Settings
import Store

/// The way back from a reading to the cells it rests on and the deliveries that brought them.
public struct Provenance: Sendable {
    public let parts: [AlertExplanation.Part]
    /// Each delivery of the parts once, the oldest first.
    public let deliveries: [DeliveryRecord]

    /// The cells within the period of every term, as the store knew them at `asOf`, or knows them now.
    public init(of reading: Reading, indicator: Indicator, core: CoreSettings, store: Store, asOf: Instant? = nil) throws(StoreError) {
        let range = reading.period.range
        guard let definition = indicator.definition(over: range) else {
            parts = []
            deliveries = []
            return
        }
        let cells = try store.cells(of: definition.measures, in: range, agencies: [reading.agency], asOf: asOf)
        var parts: [AlertExplanation.Part] = []
        for (side, expression) in [(AlertExplanation.Part.Side.numerator, definition.numerator), (.denominator, definition.denominator)] {
            for term in expression?.terms ?? [] {
                guard let measure = core.measures[term.measure] else { continue }
                parts += cells[term.measure, reading.agency].sorted { $0.range < $1.range }.map {
                    AlertExplanation.Part(side: side, measure: measure, isSubtracted: term.isSubtracted, cell: $0)
                }
            }
        }
        var deliveries: [DeliveryRecord] = []
        for id in Set(parts.map(\.cell.delivery)).sorted() {
            if let record = try store.delivery(id) { deliveries.append(record) }
        }
        self.parts = parts
        self.deliveries = deliveries
    }

    /// One line a source, for letters: which system, when asked last, and the hash of what it answered.
    public func lines(titles: [String: LocalizedText], language: Language) -> [String] {
        Dictionary(grouping: deliveries, by: \.source).sorted { $0.key < $1.key }.compactMap { source, records in
            guard let newest = records.max(by: { $0.id < $1.id }) else { return nil }
            let title = titles[source]?[language] ?? source
            let hash = newest.sha256.prefix(16)
            return language == .vietnamese
                ? "\(title), \(records.count) lần nhận, gần nhất \(newest.receivedAt.vietnamese) (\(newest.id), SHA-256 \(hash)…)"
                : "\(title), \(records.count) deliveries, the newest of \(newest.receivedAt.day) (\(newest.id), SHA-256 \(hash)…)"
        }
    }
}
