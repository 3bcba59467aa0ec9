import Model

/// Samples on their way to another store, gathered by series: what one request of remote write 1.0 carries.
public struct SampleBatch: Hashable, Sendable {
    public struct Sample: Hashable, Sendable {
        public let value: Double
        public let at: Instant

        public init(_ value: Double, at: Instant) {
            self.value = value
            self.at = at
        }
    }

    public struct Series: Hashable, Sendable {
        /// In order of their names; `__name__` is one of them.
        public let labels: [Label]
        public fileprivate(set) var samples: [Sample]
    }

    /// In the order in which they were first met.
    public private(set) var series: [Series] = []
    /// How many samples all series have.
    public private(set) var count = 0
    private var places: [[Label]: Int] = [:]

    public init() {}

    private init(_ series: [Series]) {
        self.series = series
        count = series.reduce(0) { $0 + $1.samples.count }
        for (index, one) in series.enumerated() { places[one.labels] = index }
    }

    /// Adds a sample of the series with these labels, whatever their order.
    public mutating func add(_ sample: Sample, to labels: [Label]) {
        let labels = labels.sorted()
        count += 1
        if let place = places[labels] {
            series[place].samples.append(sample)
        } else {
            places[labels] = series.count
            series.append(Series(labels: labels, samples: [sample]))
        }
    }

    /// Two batches that hold the same samples; nil when there is only one sample. A receiver that refuses a batch refuses all of it, so the good
    /// half of it is worth asking for again.
    public var halves: (SampleBatch, SampleBatch)? {
        if series.count > 1 {
            let middle = series.count / 2
            return (SampleBatch(Array(series[..<middle])), SampleBatch(Array(series[middle...])))
        }
        guard let only = series.first, only.samples.count > 1 else { return nil }
        let samples = only.samples.sorted { $0.at < $1.at }
        let middle = samples.count / 2
        return (
            SampleBatch([Series(labels: only.labels, samples: Array(samples[..<middle]))]),
            SampleBatch([Series(labels: only.labels, samples: Array(samples[middle...]))])
        )
    }

    /// The body of the request: `prometheus.WriteRequest` in protobuf, compressed. The samples of each series are in order of time.
    public var body: [UInt8] { Snappy.compressed(message) }

    var message: [UInt8] {
        var request = ProtobufWriter()
        for one in series {
            var timeSeries = ProtobufWriter()
            for label in one.labels {
                var pair = ProtobufWriter()
                pair.field(1, label.name.utf8)
                pair.field(2, label.value.utf8)
                timeSeries.field(1, pair.bytes)
            }
            for sample in one.samples.sorted(by: { $0.at < $1.at }) {
                var point = ProtobufWriter()
                point.field(1, double: sample.value)
                point.field(2, integer: sample.at.milliseconds)
                timeSeries.field(2, point.bytes)
            }
            request.field(1, timeSeries.bytes)
        }
        return request.bytes
    }
}
