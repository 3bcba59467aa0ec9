import Indicators
import Model
import Reports
import Settings
import Store

/// The way back from a reading to the values it rests on and the deliveries that brought them.
public struct Provenance: Sendable {
    public let account: Account
    /// Each delivery of the account once, the oldest first.
    public let deliveries: [DeliveryRecord]

    /// Every value that was looked at for the reading, as the store knew it at `asOf`, or knows it now.
    ///
    /// - Parameter today: the day the reading was made on, which decides how long ago something is in an open period.
    public init(
        of reading: Reading, indicator: Indicator, core: CoreSettings, store: Store, today: Day, asOf: Instant? = nil
    ) throws(StoreError) {
        let room = try ReadingRoom(
            core: core, store: store, for: [(indicator, reading.period)], agencies: [reading.agency], today: today, asOf: asOf)
        account = room.account(of: indicator, agency: reading.agency, over: reading.period)
        var deliveries: [DeliveryRecord] = []
        for id in account.deliveries {
            if let record = try store.delivery(id) { deliveries.append(record) }
        }
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

extension CoreSettings {
    /// When figures stand, by this configuration.
    public var closing: Closing { Closing(measures: measures, calendar: calendar, grace: province.closedAfter) }

    /// A measure of each indicator, by which a function that moved without a merger is followed.
    public var measuresOfSubjects: [String: MeasureID] {
        let firsts = indicators.compactMap { indicator in indicator.definitions.last?.measures.first.map { (indicator.id, $0) } }
        return Dictionary(firsts, uniquingKeysWith: { first, _ in first })
    }
}
