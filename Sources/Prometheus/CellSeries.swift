import Model

/// How a cell becomes a sample: the name and labels of its series, its moment, and its value in whole units.
public enum CellSeries {
    public static let name = "dondoc_measure"

    /// A moment in the last minute of an interval, by Viet Nam's clocks: 23:59:00.001, and a millisecond later for each earlier value.
    ///
    /// Of two values for one moment stores keep whichever they like (docs/decisions/0006-remote-write.md). So a restated figure gets a moment of
    /// its own: the last sample of a day is the newest figure for it, in every store.
    public static func moment(of range: DayRange, revision: Int) -> Instant {
        Instant(milliseconds: range.end.start.milliseconds - 59_999 + Int64(min(max(revision, 0), 59_998)))
    }

    /// Nil when the source said that it does not know: Prometheus has no word for that, and zero would be a lie.
    ///
    /// - Parameter revision: how many values the cell has had before this one.
    public static func sample(of cell: Cell, measure: Measure, revision: Int) -> SampleBatch.Sample? {
        guard let value = cell.value else { return nil }
        return SampleBatch.Sample(Scaled.number(value, scale: measure.scale), at: moment(of: cell.range, revision: revision))
    }

    /// The series of a measure, an agency and one length of intervals: a month's count and its last day's end at the same moment.
    public static func labels(agency: AgencyCode, measure: Measure, range: DayRange) -> [Label] {
        [
            Label("__name__", name), Label("agency", agency.text), Label("interval", interval(range, scheme: measure.scheme)),
            Label("measure", measure.id.text),
        ]
    }

    /// `day`, `week`, `month`, `quarter`, `half`, `nine-months` or `year` where the interval is one, otherwise its length, `days-10`.
    static func interval(_ range: DayRange, scheme: PeriodScheme) -> String {
        let kind = Period.Kind.allCases.first { Period($0, containing: range.start, scheme: scheme)?.range == range }
        return kind?.rawValue ?? "days-\(range.span)"
    }
}

/// Exact numbers as the floating-point numbers that Prometheus knows. Nothing in dondoc decides by them.
enum Scaled {
    /// The nearest double; exact for whole numbers below 2^53.
    static func number(_ units: Int64, scale: Int) -> Double { Double(units) / Double(ExactDecimal.powerOfTen(scale)) }
}
