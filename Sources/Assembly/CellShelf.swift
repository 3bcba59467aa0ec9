import Model
import Store
import Synchronization

/// Keeps the cells that were asked for lately, so that after a delivery only the days it speaks of are read again: judging asks for the same months
/// after each delivery, and nearly all of their cells are as they were.
///
///     delivery_reach after the last one seen ─▶ marks stale days ─▶ read again when their table is asked for
///
/// It answers as `Store.cells(of:in:)` does.
public final class CellShelf: Sendable {
    private struct Key: Hashable {
        let measure: MeasureID
        let range: DayRange
    }

    private struct Kept {
        var table: CellTable
        var count: Int
        /// When it was asked for last, in the count of questions.
        var asked: Int
        /// The days that deliveries have spoken of since it was read.
        var stale: DayRange?

        mutating func mark(_ days: DayRange) { stale = stale.map { $0.hull(days) } ?? days }
    }

    private struct State {
        var tables: [Key: Kept] = [:]
        /// The last delivery that the tables are known to hold or to be marked for.
        var through = DeliveryID(0)
        var forgettings = 0
        var questions = 0
        var count: Int { tables.values.reduce(0) { $0 + $1.count } }
    }

    /// More reaches than this since the last question: reading everything again costs less than following them.
    private static let mostReaches = 1000

    private let store: Store
    private let maximumCells: Int
    private let state = Mutex(State())

    /// - Parameter maximumCells: how many cells are kept at most, at 24 bytes each; the tables that were not asked for the longest go first.
    public init(store: Store, maximumCells: Int = 600_000) {
        self.store = store
        self.maximumCells = maximumCells
    }

    /// The cells that lie wholly inside an interval, for all agencies, as they are known now.
    public func cells(of measures: [MeasureID], in range: DayRange) throws(StoreError) -> CellTable {
        let outcome = state.withLock { state in
            Result { () throws(StoreError) in
                try markStale(&state)
                state.questions += 1
                var answer = CellTable([:])
                for measure in Set(measures) { answer.add(try table(Key(measure: measure, range: range), &state)) }
                return answer
            }
        }
        return try outcome.get()
    }

    /// Marks what deliveries have changed since the last question. A delivery that is committed after this looked is marked at the next.
    private func markStale(_ state: inout State) throws(StoreError) {
        let newest = try store.newestDelivery()
        let forgettings = store.forgettings
        defer { (state.through, state.forgettings) = (newest, forgettings) }
        if forgettings != state.forgettings { state.tables = [:] }
        guard !state.tables.isEmpty, newest > state.through else { return }
        let reaches = try store.reaches(after: state.through, through: newest, limit: CellShelf.mostReaches)
        if reaches.count >= CellShelf.mostReaches { state.tables = [:] }
        for reach in reaches {
            for key in state.tables.keys where key.measure == reach.measure {
                if let days = reach.range.intersection(key.range) { state.tables[key]?.mark(days) }
            }
        }
    }

    private func table(_ key: Key, _ state: inout State) throws(StoreError) -> CellTable {
        // Taken out while it changes: a second reference would have all of it copied.
        var kept: Kept
        if let found = state.tables.removeValue(forKey: key) {
            kept = found
            if let stale = kept.stale {
                kept.table.replace(key.measure, in: stale, with: try store.cells(of: [key.measure], in: stale))
                kept.stale = nil
            }
        } else {
            kept = Kept(table: try store.cells(of: [key.measure], in: key.range), count: 0, asked: 0)
        }
        kept.count = kept.table.count
        kept.asked = state.questions
        let table = kept.table
        if kept.count <= maximumCells { state.tables[key] = kept }
        while state.count > maximumCells, let oldest = state.tables.min(by: { $0.value.asked < $1.value.asked }) { state.tables[oldest.key] = nil }
        return table
    }
}
