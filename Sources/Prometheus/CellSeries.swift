import Model

/// How a cell becomes a sample: the name and labels of its series, its moment, and its value in whole units.
public enum CellSeries {
    public static let name = "dondoc_measure"

    /// The last millisecond of an interval in Viet Nam: a sample of a day lies inside the day that a dashboard shows it in.
    public static func moment(of range: DayRange) -> Instant { Instant(milliseconds: range.end.start.milliseconds - 1) }

    /// Nil when the source said that it does not know: Prometheus has no word for that, and zero would be a lie.
    public static func sample(of cell: Cell, measure: Measure) -> SampleBatch.Sample? {
        guard let value = cell.value else { return nil }
        return SampleBatch.Sample(Scaled.number(value, scale: measure.scale), at: moment(of: cell.range))
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
