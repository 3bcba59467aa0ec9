import Model

/// Gathers the samples that came through one of the doors of other systems: finds agency, measure and days among their labels.
struct DoorBuilder {
    private var builder: ObservationBuilder
    private let reading: PushReading
    private let agencyLabel: [UInt8]
    private let measureLabel: [UInt8]
    private var metrics = Names()
    /// The place of the measure that each metric stands for.
    private var measureOfMetric: [Int] = []

    init(_ reading: PushReading, noun: String) {
        self.reading = reading
        builder = ObservationBuilder(most: reading.mostObservations, noun: noun)
        agencyLabel = Array(reading.mapping.agencyLabel.utf8)
        measureLabel = Array(reading.mapping.measureLabel.utf8)
    }

    /// A sample before it is known by its index.
    struct Sample {
        var agency: Int
        var measure: Int
        var range: DayRange
        var value: ExactDecimal
        var moment: Int64
    }

    consuming func pushed() -> PushedObservations { builder.pushed() }

    mutating func begin() throws(PushFormatError) -> Int { try builder.begin() }

    mutating func refuse(_ trouble: Trouble, index: Int, line: Int = 0) { builder.refuse(trouble, index: index, line: line) }

    mutating func add(_ sample: Sample, index: Int, line: Int = 0) {
        builder.add(
            PushedObservations.Item(
                agency: sample.agency, measure: sample.measure, range: sample.range, value: sample.value, index: index, line: line),
            at: sample.moment)
    }

    /// What a label of this name tells; nil for the many that tell something else, which are passed over.
    func field(_ label: Range<Int>, in bytes: [UInt8]) -> Field? {
        if isEqual(label, bytes, agencyLabel) { return .agency }
        if isEqual(label, bytes, measureLabel) { return .measure }
        switch label.count {
        case 4 where Field.isEqual(label, bytes, "from"): return .from
        case 2 where Field.isEqual(label, bytes, "to"): return .to
        case 6 where Field.isEqual(label, bytes, "period"): return .period
        case 6 where Field.isEqual(label, bytes, "scheme"): return .scheme
        default: return nil
        }
    }

    /// The agency that the labels name, or the sender's only one.
    mutating func agency(_ labels: FieldPlaces, _ bytes: [UInt8]) throws(Trouble) -> Int {
        if let range = labels.agency, !range.isEmpty { return builder.agency(range, in: bytes) }
        guard let only = reading.agencyWhenMissing else {
            throw Trouble(.malformed, reading.mapping.agencyLabel, expected: .agencyLabel(reading.mapping.agencyLabel))
        }
        let text = Array(only.utf8)
        return builder.agency(0..<text.count, in: text)
    }

    /// The measure that the labels name, or that the metric stands for by the mapping.
    mutating func measure(_ labels: FieldPlaces, _ bytes: [UInt8], metric: Range<Int>, in metricBytes: [UInt8]) throws(Trouble) -> Int {
        if let range = labels.measure, !range.isEmpty { return builder.measure(range, in: bytes) }
        guard !metric.isEmpty else {
            throw Trouble(.malformed, reading.mapping.measureLabel, expected: .metricOrLabel(reading.mapping.measureLabel))
        }
        let place = metrics.place(of: metric, in: metricBytes)
        if place == measureOfMetric.count {
            let text = Array(reading.mapping.measure(named: metrics.texts[place]).utf8)
            measureOfMetric.append(builder.measure(0..<text.count, in: text))
        }
        return measureOfMetric[place]
    }

    /// How the values of a measure's days relate; nil when there is no such measure.
    func kind(of measure: Int) -> Measure.Kind? { reading.mapping.kind(of: builder.measure(at: measure)) }

    /// The days that labels name; nil when they name none, and the moment decides.
    mutating func days(_ labels: FieldPlaces, _ bytes: [UInt8]) throws(Trouble) -> DayRange? {
        guard labels.from != nil || labels.to != nil || labels.period != nil || labels.scheme != nil else { return nil }
        return try builder.range(labels, bytes)
    }

    /// The civil day in Viet Nam of a moment; refused when it lies beyond any calendar.
    static func day(_ moment: Int64, perSecond: Int64) throws(Trouble) -> Day {
        let seconds = moment.dividedFloor(by: perSecond)
        // Some ten thousand years on both sides of 1970; what can be stored is for the check to say.
        guard seconds.magnitude < 320_000_000_000 else {
            throw Trouble(.badDay, "timestamp", found: .text(String(moment)), expected: .timeInPrecision)
        }
        return Day(containing: Instant(milliseconds: seconds * 1000))
    }

    private func isEqual(_ range: Range<Int>, _ bytes: [UInt8], _ text: [UInt8]) -> Bool {
        guard range.count == text.count else { return false }
        for at in 0..<text.count where bytes[range.lowerBound + at] != text[at] { return false }
        return true
    }
}
