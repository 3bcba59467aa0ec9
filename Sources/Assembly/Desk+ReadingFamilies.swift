import Model
import Prometheus
import Store

extension Desk {
    /// Each indicator's newest closed period, for every agency that existed in it.
    func readingFamilies() throws(StoreError) -> [MetricFamily] {
        var families = [
            "numerator": MetricFamily("dondoc_reading_numerator", help: "What the indicator counted above the line, or its days."),
            "denominator": MetricFamily("dondoc_reading_denominator", help: "What the indicator counted below the line."),
            "ratio": MetricFamily("dondoc_reading_ratio", help: "Numerator over denominator; a percentage as a part of one."),
            "coverage_ratio": MetricFamily("dondoc_reading_coverage_ratio", help: "The part of the period's days that the counts cover."),
        ]
        var states = MetricFamily("dondoc_reading_state", help: "Always 1; the state of the reading is a label.")
        // One indicator after the other: what all of them need together would not have a bound.
        for indicator in core.indicators.sorted(by: { $0.id < $1.id }) {
            let period = Period.lastClosed(indicator.period, scheme: indicator.scheme, on: today)
            for (reading, figures) in try ReadingShelf(core: core, store: store).readings(of: indicator, over: period, today: today) {
                states.samples.append(.init(figures.scrapeLabels + [Label("state", reading.state.rawValue)], 1))
                // Of an agency that reported nothing there is no more to say than that.
                guard reading.state != .notReported else { continue }
                for (name, value) in figures.numbers { families[name]?.samples.append(.init(figures.scrapeLabels, value)) }
            }
        }
        return ["numerator", "denominator", "ratio", "coverage_ratio"].compactMap { families[$0] } + [states]
    }
}
