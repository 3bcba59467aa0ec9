import Model

/// Reads `ExportMetricsServiceRequest` in JSON, as OTLP/HTTP writes it: names in lower camel case, 64-bit numbers as texts. Names that are not
/// needed are passed over, as OTLP asks of receivers.
///
/// Nothing is built of the text: of each object the places of the members that count are noted, and gone to in the order they are needed in.
struct OTLPText {
    private var scanner: JSONScanner
    private var builder: DoorBuilder

    init(_ body: [UInt8], _ reading: PushReading) {
        scanner = JSONScanner(body)
        builder = DoorBuilder(reading, noun: "dataPoints")
    }

    mutating func request() throws(PushFormatError) -> PushedObservations {
        guard scanner.peek() == UInt8(ascii: "{") else { throw scanner.unexpected(.sign("{\"resourceMetrics\": [ … ]}")) }
        let top = try members(["resourceMetrics"])
        guard scanner.peek() == 0, scanner.position == scanner.end else { throw scanner.unexpected(.bodyEnd) }
        for place in try elements(top[0]) {
            let resource = try members(["resource", "scopeMetrics"], at: place)
            var labels = FieldPlaces()
            if let attributed = resource[0] { try readAttributes(members(["attributes"], at: attributed)[0], into: &labels) }
            for scope in try elements(resource[1]) {
                for metric in try elements(members(["metrics"], at: scope)[0]) { try readMetric(metric, labels) }
            }
        }
        return builder.pushed()
    }

    private mutating func readMetric(_ place: Int, _ resource: FieldPlaces) throws(PushFormatError) {
        let metric = try members(["name", "gauge", "sum", "histogram", "exponentialHistogram", "summary"], at: place)
        let name = try text(metric[0]) ?? 0..<0
        for (data, other) in zip(metric[3...], ["histogram", "exponentialHistogram", "summary"]) {
            guard let data else { continue }
            let points = try members(["dataPoints"], at: data)[0]
            try readPoints(points, OTLPPoint(metric: name, kind: .other(other)), resource)
        }
        if let gauge = metric[1] { try readPoints(members(["dataPoints"], at: gauge)[0], OTLPPoint(metric: name), resource) }
        guard let sum = metric[2] else { return }
        let parts = try members(["dataPoints", "aggregationTemporality", "isMonotonic"], at: sum)
        let isMonotonic = try word(parts[2]) == "true"
        try readPoints(
            parts[0], OTLPPoint(metric: name, kind: .sum(OTLPText.temporality(try word(parts[1])), isMonotonic: isMonotonic)), resource)
    }

    private static func temporality(_ word: String?) -> OTLPPoint.Temporality {
        switch word {
        case "1", "AGGREGATION_TEMPORALITY_DELTA": .delta
        case "2", "AGGREGATION_TEMPORALITY_CUMULATIVE": .cumulative
        default: .unspecified
        }
    }

    private mutating func readPoints(_ place: Int?, _ template: OTLPPoint, _ resource: FieldPlaces) throws(PushFormatError) {
        for element in try elements(place) {
            let index = try builder.begin()
            var point = template
            var trouble: Trouble?
            if case .other = template.kind {} else { trouble = try read(element, into: &point) }
            point.addLabels(of: resource)
            guard !point.hasNoRecordedValue else { continue }
            do throws(Trouble) {
                if let trouble { throw trouble }
                builder.add(try point.sample(&builder, scanner.bytes), index: index)
            } catch {
                builder.refuse(error, index: index)
            }
        }
    }

    private mutating func read(_ place: Int, into point: inout OTLPPoint) throws(PushFormatError) -> Trouble? {
        let parts = try members(["attributes", "startTimeUnixNano", "timeUnixNano", "asDouble", "asInt", "flags"], at: place)
        var trouble: Trouble?
        point.start = try number(parts[1], "startTimeUnixNano", &trouble, or: 0) { UInt64($0) }
        point.time = try number(parts[2], "timeUnixNano", &trouble, or: 0) { UInt64($0) }
        if parts[3] != nil { point.value = .double(try number(parts[3], "asDouble", &trouble, or: 0) { Double($0) }) }
        if parts[4] != nil { point.value = .integer(try number(parts[4], "asInt", &trouble, or: 0) { Int64($0) }) }
        point.hasNoRecordedValue = try number(parts[5], "flags", &trouble, or: 0) { UInt64($0) } & 1 == 1
        try readAttributes(parts[0], into: &point.labels)
        return trouble
    }

    private mutating func number<Number>(_ place: Int?, _ name: String, _ trouble: inout Trouble?, or none: Number, _ read: (String) -> Number?)
        throws(PushFormatError) -> Number
    {
        guard let word = try word(place) else { return none }
        if let number = read(word) { return number }
        trouble =
            trouble
            ?? Trouble(name == "asDouble" || name == "asInt" ? .badValue : .malformed, name, found: .text(Trouble.shown(word)), expected: .number)
        return none
    }

    private mutating func readAttributes(_ place: Int?, into labels: inout FieldPlaces) throws(PushFormatError) {
        for element in try elements(place) {
            let pair = try members(["key", "value"], at: element)
            guard let key = try text(pair[0]), let field = builder.field(key, in: scanner.bytes), let any = pair[1] else { continue }
            if let text = try text(members(["stringValue"], at: any)[0]) { labels[field] = text }
        }
    }

    /// A text or a plain word at a place, as it reads.
    private mutating func word(_ place: Int?) throws(PushFormatError) -> String? {
        guard let place else { return nil }
        scanner.go(to: place)
        let range = scanner.peek() == UInt8(ascii: "\"") ? try scanner.string() : try scanner.scalar()
        let word = String(decoding: scanner.bytes[range], as: UTF8.self)
        return word == "null" ? nil : word
    }

    private mutating func text(_ place: Int?) throws(PushFormatError) -> Range<Int>? {
        guard let place else { return nil }
        scanner.go(to: place)
        return scanner.peek() == UInt8(ascii: "\"") ? try scanner.string() : nil
    }

    /// The places of the members of an object with these names, and the scanner behind it; none of a value that is no object. Every place that
    /// is noted has been gone over once, so what stands there is JSON.
    private mutating func members(_ names: [StaticString], at place: Int? = nil) throws(PushFormatError) -> [Int?] {
        var places = [Int?](repeating: nil, count: names.count)
        if let place { scanner.go(to: place) }
        guard scanner.peek() == UInt8(ascii: "{") else {
            try scanner.skip()
            return places
        }
        _ = scanner.take(UInt8(ascii: "{"))
        guard !scanner.take(UInt8(ascii: "}")) else { return places }
        repeat {
            let key = try scanner.key()
            _ = scanner.peek()
            if let index = names.firstIndex(where: { Field.isEqual(key, scanner.bytes, $0) }) {
                guard places[index] == nil else { throw scanner.unexpected(.onceInObject("\(names[index])")) }
                places[index] = scanner.position
            }
            try scanner.skip()
        } while scanner.take(UInt8(ascii: ","))
        try scanner.expect(UInt8(ascii: "}"), .either("','", "'}'"))
        return places
    }

    /// The places of the elements of an array; none of what is no array.
    private mutating func elements(_ place: Int?) throws(PushFormatError) -> [Int] {
        guard let place else { return [] }
        scanner.go(to: place)
        guard scanner.take(UInt8(ascii: "[")), !scanner.take(UInt8(ascii: "]")) else { return [] }
        var places: [Int] = []
        repeat {
            _ = scanner.peek()
            places.append(scanner.position)
            try scanner.skip()
        } while scanner.take(UInt8(ascii: ","))
        return places
    }
}
