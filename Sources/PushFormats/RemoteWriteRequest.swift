import Model

/// Reads `prometheus.WriteRequest` of remote write 1.0: series with labels, samples of a floating-point number and milliseconds.
///
/// Exemplars and metadata are passed over. Stale markers, with which Prometheus says that a series has ended, say nothing of a count and are
/// passed over too.
struct RemoteWriteRequest {
    /// The NaN that Prometheus means by a stale series (prometheus/prometheus: model/value/value.go).
    private static let staleMarker: UInt64 = 0x7FF0_0000_0000_0002

    private let bytes: [UInt8]
    private var builder: DoorBuilder

    init(_ message: [UInt8], _ reading: PushReading) {
        bytes = message
        builder = DoorBuilder(reading, noun: "samples")
    }

    mutating func request() throws(PushFormatError) -> PushedObservations {
        var reader = ProtobufReader(bytes, 0..<bytes.count)
        while let (number, content) = try reader.next() {
            if number == 1, case .bytes(let series) = content { try readSeries(series) }
        }
        return builder.pushed()
    }

    /// What the labels of a series say, or why they say nothing.
    private struct Series {
        let agency: Int
        let measure: Int
        let days: DayRange?
    }

    /// Labels may stand behind samples, so the message is gone over twice.
    private mutating func readSeries(_ message: Range<Int>) throws(PushFormatError) {
        let (labels, name, repeated) = try labels(message)
        var series: Series?
        var trouble = repeated
        do throws(Trouble) {
            if repeated == nil {
                series = Series(
                    agency: try builder.agency(labels, bytes), measure: try builder.measure(labels, bytes, metric: name, in: bytes),
                    days: try builder.days(labels, bytes))
            }
        } catch {
            trouble = error
        }
        var reader = ProtobufReader(bytes, message)
        while let (number, content) = try reader.next() {
            guard case .bytes(let range) = content, number == 2 || number == 4 else { continue }
            let index = try builder.begin()
            let sample = number == 2 ? try readSample(range) : nil
            do throws(Trouble) {
                guard let sample else { throw Trouble(.malformed, "histogram", expected: .sample) }
                guard sample.value.bitPattern != RemoteWriteRequest.staleMarker else { continue }
                if let trouble { throw trouble }
                if let series { builder.add(try self.sample(series, sample), index: index) }
            } catch {
                builder.refuse(error, index: index)
            }
        }
    }

    private func sample(_ series: Series, _ sample: (value: Double, moment: Int64)) throws(Trouble) -> DoorBuilder.Sample {
        let range: DayRange
        if let days = series.days {
            range = days
        } else {
            range = DayRange(try DoorBuilder.day(sample.moment, perSecond: 1000))
        }
        do throws(NumberTrouble) {
            return DoorBuilder.Sample(
                agency: series.agency, measure: series.measure, range: range, value: try ExactDigits.exact(sample.value), moment: sample.moment)
        } catch {
            throw Trouble(.badValue, "value", found: .text(sample.value.description), expected: .fittingNumber(error))
        }
    }

    private func labels(_ series: Range<Int>) throws(PushFormatError) -> (FieldPlaces, name: Range<Int>, repeated: Trouble?) {
        var labels = FieldPlaces()
        var metric = 0..<0
        var repeated: Trouble?
        var reader = ProtobufReader(bytes, series)
        while let (number, content) = try reader.next() {
            guard number == 1, case .bytes(let pair) = content else { continue }
            let (name, value) = try label(pair)
            if Field.isEqual(name, bytes, "__name__") { metric = value }
            guard let field = builder.field(name, in: bytes) else { continue }
            if labels[field] != nil {
                repeated = Trouble(.malformed, Trouble.shown(name, bytes), found: .twice(.label), expected: .once)
            }
            labels[field] = value
        }
        return (labels, metric, repeated)
    }

    private func label(_ pair: Range<Int>) throws(PushFormatError) -> (name: Range<Int>, value: Range<Int>) {
        var name = 0..<0
        var value = 0..<0
        var reader = ProtobufReader(bytes, pair)
        while let (number, content) = try reader.next() {
            guard case .bytes(let text) = content else { continue }
            if let fault = UTF8Check.firstFault(bytes, text) { throw .malformed(.byte(fault), .notUTF8(.label)) }
            if number == 1 { name = text }
            if number == 2 { value = text }
        }
        return (name, value)
    }

    private func readSample(_ message: Range<Int>) throws(PushFormatError) -> (value: Double, moment: Int64) {
        var value = 0.0
        var moment: Int64 = 0
        var reader = ProtobufReader(bytes, message)
        while let (number, content) = try reader.next() {
            switch (number, content) {
            case (1, .fixed64(let bits)): value = Double(bitPattern: bits)
            case (2, .varint(let bits)): moment = Int64(bitPattern: bits)
            default: break
            }
        }
        return (value, moment)
    }
}
