import Indicators
import Model
import Store

/// Which readings must be sent: of periods that closed, and of closed periods whose cells have changed.
struct ReadingPlan {
    struct Item: Hashable, Comparable {
        let indicator: Indicator
        let period: Period

        /// Oldest first.
        static func < (left: Item, right: Item) -> Bool {
            (left.period.end, left.indicator.id) < (right.period.end, right.indicator.id)
        }
    }

    let indicators: [Indicator]
    /// Periods that end before this day are never sent; nil for no bound.
    let floor: Day?

    /// Adds the closed periods in which a delivery changed a measure of an indicator.
    func add(to items: inout Set<Item>, changedBy reach: DeliveryReach, endingBy last: Day) {
        for indicator in indicators where indicator.definitions.contains(where: { $0.measuresWithReported.contains(reach.measure) }) {
            // A running total is the base of the day after; "days since" looks far back.
            let end = reach.range.end + (indicator.unit == .daysSince ? Calculator.longestSilence : 1)
            var period = Period.lastClosed(indicator.period, scheme: indicator.scheme, on: reach.range.start).next
            while period.range.start < end, period.end <= last {
                if isWanted(period) { items.insert(Item(indicator: indicator, period: period)) }
                period = period.next
            }
        }
    }

    /// The periods that end after one day and not after another, with their common ends, oldest first.
    func closed(after first: Day, endingBy last: Day) -> [(end: Day, items: [Item])] {
        var items: [Item] = []
        for indicator in indicators {
            var period = Period.lastClosed(indicator.period, scheme: indicator.scheme, on: last)
            while period.end > first, isWanted(period) {
                items.append(Item(indicator: indicator, period: period))
                period = period.previous
            }
        }
        return Dictionary(grouping: items, by: \.period.end).sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }

    private func isWanted(_ period: Period) -> Bool { period.end > (floor ?? Day.supported.lowerBound) }
}
