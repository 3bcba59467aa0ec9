import Model
import PushFormats
import TestSupport
import Testing

/// The same requests in both encodings: what is made of them must not depend on it.
struct OTLPTests {
    private static let midnight: UInt64 = 1_793_466_000_000_000_000
    private static let nanosecondsPerDay: UInt64 = 86_400_000_000_000
    private static let reading = PushReading(
        mostObservations: 100,
        mapping: PushMapping(measures: [
            Measure(id: measure("dossiers.received"), title: LocalizedText(vietnamese: "", english: "")),
            Measure(id: measure("staff"), title: LocalizedText(vietnamese: "", english: ""), kind: .stock),
            Measure(id: measure("visits"), title: LocalizedText(vietnamese: "", english: ""), kind: .cumulative(since: .calendar)),
        ]))

    /// A data point; integers are written as `asInt`, others as `asDouble`.
    struct Point {
        var metric: String
        var kind = "gauge"
        var temporality = 0
        var isMonotonic = false
        var attributes: [String: String] = [:]
        var start: UInt64 = 0
        var time = OTLPTests.midnight
        var value: Double = 1
        var flags: UInt64 = 0
    }

    private func json(_ points: [Point]) -> [UInt8] {
        func attributes(_ pairs: [String: String]) -> String {
            pairs.sorted { $0.key < $1.key }.map { #"{"key":"\#($0.key)","value":{"stringValue":"\#($0.value)"}}"# }.joined(separator: ",")
        }
        let metrics = points.map { point in
            let value = point.value == point.value.rounded() ? #""asInt":"\#(Int(point.value))""# : #""asDouble":\#(point.value)"#
            let times = #""startTimeUnixNano":"\#(point.start)","timeUnixNano":"\#(point.time)""#
            let data = #"{\#(times),\#(value),"flags":\#(point.flags),"attributes":[\#(attributes(point.attributes))]}"#
            let sum = #""aggregationTemporality":\#(point.temporality),"isMonotonic":\#(point.isMonotonic),"#
            return #"{"unit":"1","\#(point.kind)":{\#(point.kind == "sum" ? sum : "")"dataPoints":[\#(data)]},"name":"\#(point.metric)"}"#
        }
        let resource = #""resource":{"attributes":[\#(attributes(["agency": "H52", "host.name": "x"]))]}"#
        return Array(#"{"resourceMetrics":[{"scopeMetrics":[{"scope":{},"metrics":[\#(metrics.joined(separator: ","))]}],\#(resource)}]}"#.utf8)
    }

    private func protobuf(_ points: [Point]) -> [UInt8] {
        func attributes(_ field: Int, _ pairs: [String: String]) -> [UInt8] {
            pairs.sorted { $0.key < $1.key }.flatMap { key, value in
                ProtobufBytes.field(field, ProtobufBytes.field(1, key) + ProtobufBytes.field(2, ProtobufBytes.field(1, value)))
            }
        }
        let metrics = points.flatMap { point in
            let value =
                point.value == point.value.rounded()
                ? ProtobufBytes.field(6, fixed64: UInt64(bitPattern: Int64(point.value))) : ProtobufBytes.field(4, fixed64: point.value.bitPattern)
            let data =
                ProtobufBytes.field(2, fixed64: point.start) + ProtobufBytes.field(3, fixed64: point.time) + value
                + ProtobufBytes.field(8, varint: point.flags) + attributes(7, point.attributes)
            let sum = ProtobufBytes.field(2, varint: UInt64(point.temporality)) + ProtobufBytes.field(3, varint: point.isMonotonic ? 1 : 0)
            let numbers = ["gauge": 5, "sum": 7, "histogram": 9, "exponentialHistogram": 10, "summary": 11]
            let content = ProtobufBytes.field(1, data) + (point.kind == "sum" ? sum : [])
            return ProtobufBytes.field(2, ProtobufBytes.field(numbers[point.kind] ?? 5, content) + ProtobufBytes.field(1, point.metric))
        }
        let resource = ProtobufBytes.field(1, attributes(1, ["agency": "H52", "host.name": "x"]))
        return ProtobufBytes.field(1, ProtobufBytes.field(2, metrics) + resource)
    }

    private func read(_ points: [Point], _ format: PushFormat) throws -> PushedObservations {
        try PushDecoder.decode(format == .otlpJSON ? json(points) : protobuf(points), as: format, Self.reading)
    }

    @Test(arguments: [PushFormat.otlpJSON, .otlpProtobuf])
    func gaugesAndSumsOfWholeDaysBecomeObservations(_ format: PushFormat) throws {
        let pushed = try read(
            [
                Point(metric: "dossiers.received", value: 5),
                Point(metric: "x", attributes: ["agency": "H52.07", "measure": "m"], value: 98.15),
                Point(metric: "staff", kind: "sum", temporality: 2, value: 7),
                Point(metric: "visits", kind: "sum", temporality: 2, isMonotonic: true, value: 8),
                Point(
                    metric: "dossiers_received", kind: "sum", temporality: 1, isMonotonic: true, start: Self.midnight,
                    time: Self.midnight + Self.nanosecondsPerDay, value: 9),
                Point(metric: "dossiers.received", kind: "sum", temporality: 2, isMonotonic: true, attributes: ["period": "2026-11"], value: 10),
                Point(metric: "m", value: 11, flags: 1),
            ], format)
        #expect(
            pushed.decoded == [
                Decoded("H52", "dossiers.received", first, "5", 0), Decoded("H52.07", "m", first, "98.15", 1), Decoded("H52", "staff", first, "7", 2),
                Decoded("H52", "visits", first, "8", 3), Decoded("H52", "dossiers.received", november, "10", 5),
                Decoded("H52", "dossiers.received", first, "9", 4),
            ])
        #expect(pushed.refusals.isEmpty)
    }

    @Test(arguments: [PushFormat.otlpJSON, .otlpProtobuf])
    func whatIsNoCountOfDaysIsRefusedAndSaysWhy(_ format: PushFormat) throws {
        let pushed = try read(
            [
                Point(metric: "m", kind: "histogram"), Point(metric: "dossiers.received", kind: "sum", temporality: 2, isMonotonic: true),
                Point(metric: "staff", kind: "sum", temporality: 1), Point(metric: "m", kind: "sum"),
                Point(metric: "m", kind: "sum", temporality: 1, start: 1, time: 2), Point(metric: "m", time: 0), Point(metric: "m", time: .max),
            ], format)
        #expect(pushed.items.isEmpty)
        #expect(
            pushed.refusals == [
                "0 malformed dataPoints[0]: histogram → a gauge or a sum; histogram holds no single count",
                "1 malformed dataPoints[1].aggregationTemporality: a running total → a gauge, or a delta over whole days of Viet Nam",
                "2 malformed dataPoints[2].aggregationTemporality: delta → a gauge, because the measure is no flow",
                "3 malformed dataPoints[3].aggregationTemporality: unspecified → delta or cumulative",
                "4 bad-day dataPoints[4].timeUnixNano: a delta from 1 to 2 → whole days in Viet Nam, or attributes from and to",
                "5 bad-day dataPoints[5].timeUnixNano: 0 → nanoseconds since 1970",
                "6 bad-day dataPoints[6].timeUnixNano: 18446744073709551615 → nanoseconds since 1970",
            ])
    }

    @Test(arguments: [
        ("[]", "byte 0: found '[]'; expected {\"resourceMetrics\": [ … ]}"), ("{} x", "byte 3: found 'x'; expected the end of the body"),
        (#"{"resourceMetrics":[],"resourceMetrics":[]}"#, "byte 40: found '[]}'; expected the name 'resourceMetrics' once in its object"),
    ])
    func aBodyOfAnotherShapeIsRefused(_ body: String, _ message: String) {
        #expect(problem(body, .otlpJSON) == message)
    }
}
