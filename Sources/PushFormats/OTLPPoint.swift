import Model

/// One data point of OTLP metrics with what its metric and resource say, in either encoding; and what dondoc makes of it.
///
/// A gauge, and a sum that may fall, tell a level: the day's value. A sum over a span of time (delta) is a day's count only when the span is
/// whole civil days of Viet Nam. A running total (cumulative) begins when the program that counts was started; only a measure that is a running
/// total itself can take it, as the daily value of a flow it would be wrong by all that was counted before. Days that the labels name themselves
/// (`from`, `to`, `period`) stand for what the sender knows better.
struct OTLPPoint {
    /// What kind of metric it belongs to.
    enum Kind: Hashable {
        case gauge
        case sum(Temporality, isMonotonic: Bool)
        /// A histogram, exponential histogram or summary, by its name.
        case other(String)
    }

    /// By their numbers on the wire.
    enum Temporality: UInt64 {
        case unspecified, delta, cumulative
    }

    /// What was measured.
    enum Value {
        case integer(Int64)
        case double(Double)
        case missing
    }

    var metric: Range<Int> = 0..<0
    var kind = Kind.gauge
    var labels = FieldPlaces()
    var start: UInt64 = 0
    var time: UInt64 = 0
    var value = Value.missing
    /// Whether it only says that nothing was recorded, as Prometheus' stale markers do; it is passed over.
    var hasNoRecordedValue = false

    /// The same label on a point and on its resource: the point's own counts, because it says more about less.
    mutating func addLabels(of resource: FieldPlaces) {
        if labels.agency == nil { labels.agency = resource.agency }
        if labels.measure == nil { labels.measure = resource.measure }
        guard labels.from == nil, labels.to == nil, labels.period == nil, labels.scheme == nil else { return }
        labels.from = resource.from
        labels.to = resource.to
        labels.period = resource.period
        labels.scheme = resource.scheme
    }

    /// The sample it is; refused when its kind cannot tell a count of days.
    func sample(_ builder: inout DoorBuilder, _ bytes: [UInt8]) throws(Trouble) -> DoorBuilder.Sample {
        if case .other(let name) = kind { throw Trouble(.malformed, found: .text(name), expected: .singleCount(not: name)) }
        let agency = try builder.agency(labels, bytes)
        let measure = try builder.measure(labels, bytes, metric: metric, in: bytes)
        let named = try builder.days(labels, bytes)
        let range = try days(named, of: builder.kind(of: measure))
        return DoorBuilder.Sample(agency: agency, measure: measure, range: range, value: try number(), moment: Int64(clamping: time))
    }

    private func days(_ named: DayRange?, of measure: Measure.Kind?) throws(Trouble) -> DayRange {
        switch kind {
        case .gauge, .other, .sum(.cumulative, isMonotonic: false):
            if let named { return named }
            return DayRange(try day(time))
        case .sum(.unspecified, _):
            throw Trouble(.malformed, "aggregationTemporality", found: .text("unspecified"), expected: .either("delta", "cumulative"))
        case .sum(.cumulative, isMonotonic: true):
            if let named { return named }
            if measure == .flow || measure == .stock {
                throw Trouble(.malformed, "aggregationTemporality", found: .runningTotal, expected: .gaugeOrWholeDays)
            }
            return DayRange(try day(time))
        case .sum(.delta, _):
            if let measure, measure != .flow {
                throw Trouble(.malformed, "aggregationTemporality", found: .text("delta"), expected: .gaugeOfNoFlow)
            }
            if let named { return named }
            return try wholeDays()
        }
    }

    /// The civil days of a delta, from midnight to midnight in Viet Nam.
    private func wholeDays() throws(Trouble) -> DayRange {
        let first = try day(start)
        let end = try day(time)
        guard start == OTLPPoint.midnight(first), time == OTLPPoint.midnight(end), let range = DayRange(start: first, end: end) else {
            throw Trouble(.badDay, "timeUnixNano", found: .delta(from: start, to: time), expected: .wholeDays)
        }
        return range
    }

    private static func midnight(_ day: Day) -> UInt64? { UInt64(exactly: day.start.milliseconds).map { $0 &* 1_000_000 } }

    private func day(_ nanoseconds: UInt64) throws(Trouble) -> Day {
        guard nanoseconds > 0, let moment = Int64(exactly: nanoseconds) else {
            throw Trouble(.badDay, "timeUnixNano", found: .text(String(nanoseconds)), expected: .nanoseconds)
        }
        return try DoorBuilder.day(moment, perSecond: 1_000_000_000)
    }

    private func number() throws(Trouble) -> ExactDecimal {
        switch value {
        case .integer(let whole): return ExactDecimal(whole)
        case .missing: throw Trouble(.malformed, "value", expected: .either("asInt", "asDouble"))
        case .double(let double):
            do throws(NumberTrouble) {
                return try ExactDigits.exact(double)
            } catch {
                throw Trouble(.badValue, "asDouble", found: .text(double.description), expected: .fittingNumber(error))
            }
        }
    }
}
