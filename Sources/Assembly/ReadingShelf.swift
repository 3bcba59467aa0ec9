import Model
import Prometheus
import Settings
import Store

/// Readings of all agencies at once, ready to leave for Prometheus.
public struct ReadingShelf: Sendable {
    private let core: CoreSettings
    private let store: Store

    public init(core: CoreSettings, store: Store) {
        self.core = core
        self.store = store
    }

    /// The readings of every agency that existed in the period, in order of their codes.
    public func readings(
        of indicator: Indicator, over period: Period, today: Day
    ) throws(StoreError) -> [(reading: Reading, figures: ReadingFigures)] {
        let room = try ReadingRoom(core: core, store: store, for: [(indicator, period)], today: today)
        let levels = Dictionary(core.register.agencies(in: period.range).map { ($0.code, $0.level) }, uniquingKeysWith: { _, newer in newer })
        let scale = indicator.definition(over: period.range)?.measures.compactMap { core.measures[$0]?.scale }.max() ?? 0
        return levels.sorted { $0.key < $1.key }.map { code, level in
            let reading = room.reading(of: indicator, agency: code, over: period)
            return (reading, ReadingFigures(reading, indicator: indicator, level: level, scale: scale))
        }
    }
}
