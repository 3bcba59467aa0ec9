import Model

/// Reads `ExportMetricsServiceRequest` (opentelemetry-proto 1.x) in protobuf. Fields may stand in any order, so what a part says of all its
/// children is read before them.
struct OTLPMetrics {
    private let bytes: [UInt8]
    private var builder: DoorBuilder

    init(_ body: [UInt8], _ reading: PushReading) {
        bytes = body
        builder = DoorBuilder(reading, noun: "dataPoints")
    }

    mutating func request() throws(PushFormatError) -> PushedObservations {
        for resource in try messages(1, of: 0..<bytes.count) {
            var labels = FieldPlaces()
            for message in try messages(1, of: resource) { try readAttributes(1, of: message, into: &labels) }
            for scope in try messages(2, of: resource) {
                for metric in try messages(2, of: scope) { try readMetric(metric, labels) }
            }
        }
        return builder.pushed()
    }

    private mutating func readMetric(_ metric: Range<Int>, _ resource: FieldPlaces) throws(PushFormatError) {
        let name = try messages(1, of: metric).last ?? 0..<0
        if let fault = UTF8Check.firstFault(bytes, name) { throw .malformed(.byte(fault), .notUTF8(.metricName)) }
        for (field, other) in [(9, "histogram"), (10, "exponentialHistogram"), (11, "summary")] {
            for data in try messages(field, of: metric) { try readPoints(data, OTLPPoint(metric: name, kind: .other(other)), resource) }
        }
        for gauge in try messages(5, of: metric) { try readPoints(gauge, OTLPPoint(metric: name), resource) }
        for sum in try messages(7, of: metric) {
            var temporality = OTLPPoint.Temporality.unspecified
            var isMonotonic = false
            var reader = ProtobufReader(bytes, sum)
            while let (number, content) = try reader.next() {
                guard case .varint(let value) = content else { continue }
                if number == 2 { temporality = OTLPPoint.Temporality(rawValue: value) ?? .unspecified }
                if number == 3 { isMonotonic = value != 0 }
            }
            try readPoints(sum, OTLPPoint(metric: name, kind: .sum(temporality, isMonotonic: isMonotonic)), resource)
        }
    }

    private mutating func readPoints(_ data: Range<Int>, _ template: OTLPPoint, _ resource: FieldPlaces) throws(PushFormatError) {
        var points = ProtobufReader(bytes, data)
        while let (field, content) = try points.next() {
            guard field == 1, case .bytes(let message) = content else { continue }
            let index = try builder.begin()
            var point = template
            if case .other = template.kind {} else { try read(message, into: &point) }
            point.addLabels(of: resource)
            guard !point.hasNoRecordedValue else { continue }
            do throws(Trouble) {
                builder.add(try point.sample(&builder, bytes), index: index)
            } catch {
                builder.refuse(error, index: index)
            }
        }
    }

    private func read(_ message: Range<Int>, into point: inout OTLPPoint) throws(PushFormatError) {
        var reader = ProtobufReader(bytes, message)
        while let (number, content) = try reader.next() {
            switch (number, content) {
            case (2, .fixed64(let start)): point.start = start
            case (3, .fixed64(let time)): point.time = time
            case (4, .fixed64(let bits)): point.value = .double(Double(bitPattern: bits))
            case (6, .fixed64(let bits)): point.value = .integer(Int64(bitPattern: bits))
            case (8, .varint(let flags)): point.hasNoRecordedValue = flags & 1 == 1
            default: break
            }
        }
        try readAttributes(7, of: message, into: &point.labels)
    }

    private func readAttributes(_ field: Int, of message: Range<Int>, into labels: inout FieldPlaces) throws(PushFormatError) {
        for pair in try messages(field, of: message) {
            guard let key = try messages(1, of: pair).last, let field = builder.field(key, in: bytes) else { continue }
            // Only a text can name something; of a number or a list nothing is guessed.
            guard let any = try messages(2, of: pair).last, let text = try messages(1, of: any).last else { continue }
            if let fault = UTF8Check.firstFault(bytes, text) { throw .malformed(.byte(fault), .notUTF8(.attribute)) }
            labels[field] = text
        }
    }

    /// The texts or messages in one field of a message.
    private func messages(_ field: Int, of message: Range<Int>) throws(PushFormatError) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var reader = ProtobufReader(bytes, message)
        while let (number, content) = try reader.next() {
            if number == field, case .bytes(let range) = content { found.append(range) }
        }
        return found
    }
}
