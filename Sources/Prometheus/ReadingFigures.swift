import Model

/// A reading as the numbers that leave for Prometheus: whole units, ratios from 0 to 1.
public struct ReadingFigures: Hashable, Sendable {
    public let numerator: Double?
    public let denominator: Double?
    /// Numerator over denominator: a percentage as a part of one, other quotients as they are. Nil without a figure.
    public let ratio: Double?
    /// Covered days over days.
    public let coverage: Double
    private let reading: Reading
    private let level: Agency.Level

    /// - Parameter scale: the decimals that the reading's counts carry.
    public init(_ reading: Reading, indicator: Indicator, level: Agency.Level, scale: Int) {
        let isCounted = indicator.unit != .daysSince
        self.reading = reading
        self.level = level
        numerator = reading.numerator.map { Scaled.number($0, scale: isCounted ? scale : 0) }
        denominator = reading.denominator.map { Scaled.number($0, scale: scale) }
        ratio = indicator.unit.isRatio ? reading.ratio.map { Double($0.numerator) / Double($0.denominator) } : nil
        coverage = reading.coverage.of > 0 ? Double(reading.coverage.days) / Double(reading.coverage.of) : 0
    }

    /// The names that the numbers go by behind `dondoc_reading_` and `dondoc_period_`, with what there is of them.
    public var numbers: [(name: String, value: Double)] {
        [("numerator", numerator), ("denominator", denominator), ("ratio", ratio), ("coverage_ratio", coverage)].compactMap { name, value in
            value.map { (name, $0) }
        }
    }

    /// For a scrape: the period stands among the labels, because a scraped sample carries the time of the scrape.
    public var scrapeLabels: [Label] { labels + [Label("period", reading.period.description), Label("scheme", reading.period.scheme.rawValue)] }

    /// For remote write: the sample's own time tells the period, so the series goes on from month to month.
    public var seriesLabels: [Label] { labels + [Label("interval", reading.period.kind.rawValue), Label("scheme", reading.period.scheme.rawValue)] }

    /// Whether anything was delivered that it rests on. A coverage of nothing, for all the years before there was a source, says nothing.
    public var isWorthSending: Bool { reading.state != .notReported && reading.state != .definitionBreak }

    /// Everything there is as samples for remote write, `dondoc_period_numerator` and so on, with labels that all of them get.
    ///
    /// - Parameter revision: grows with each time that readings are sent.
    public func samples(revision: Int, labels common: [Label]) -> [(sample: SampleBatch.Sample, labels: [Label])] {
        let moment = CellSeries.moment(of: reading.period.range, revision: revision)
        return numbers.map { name, value in
            (SampleBatch.Sample(value, at: moment), seriesLabels + common + [Label("__name__", "dondoc_period_\(name)")])
        }
    }

    private var labels: [Label] {
        [Label("agency", reading.agency.text), Label("indicator", reading.indicator), Label("level", level.rawValue)]
    }
}
