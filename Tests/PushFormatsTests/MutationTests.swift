import Model
import Prometheus
import PushFormats
import TestSupport
import Testing

/// Good bodies, changed at random in the same way on every run: decoders end, keep their bounds, and never trap (a trap ends the test process).
struct MutationTests {
    private static let most = 20

    private static let bodies: [PushFormat: [UInt8]] = {
        let object = #"{"agency":"H52.07","measure":"m\u002e\ud83d\ude00","period":"2026-11","scheme":"admin15","value":-12.5e1}"#
        var batch = SampleBatch()
        for index in 0..<5 {
            batch.add(
                SampleBatch.Sample(Double(index) / 4, at: Instant(milliseconds: 1_793_466_000_000)),
                to: [Label("__name__", "m\(index)"), Label("agency", "H52.07")])
        }
        let point = #"{"timeUnixNano":"1793466000000000000","asInt":"5","attributes":[{"key":"agency","value":{"stringValue":"H"}}]}"#
        let metric = #"{"name":"m","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[\#(point),\#(point)]}}"#
        let attribute = ProtobufBytes.field(7, ProtobufBytes.field(1, "agency") + ProtobufBytes.field(2, ProtobufBytes.field(1, "H")))
        let data = ProtobufBytes.field(1, attribute + ProtobufBytes.field(3, fixed64: 1_793_466_000_000_000_000) + ProtobufBytes.field(6, fixed64: 5))
        let metrics = ProtobufBytes.field(2, ProtobufBytes.field(1, "m") + ProtobufBytes.field(5, data))
        return [
            .json: Array(#"{"observations":[\#(object),\#(object)]}"#.utf8), .ndjson: Array("\(object)\n\(object)\n".utf8),
            .csv: Array("agency,measure,from,to,value\nH52.07,m,2026-11-01,2026-11-30,1\n\"H\"\"\",m,2026-11-01,,\"2\"\r\n".utf8),
            .lineProtocol: Array("m,agency=H52.07,host=a\\ b x=5i,y=\"a\\\"\",z=1e3 1793466000000000000\n# c\nm,agency=H value=1\n".utf8),
            .remoteWrite: batch.body, .otlpProtobuf: ProtobufBytes.field(1, ProtobufBytes.field(2, metrics)),
            .otlpJSON: Array(#"{"resourceMetrics":[{"resource":{},"scopeMetrics":[{"metrics":[\#(metric)]}]}]}"#.utf8),
        ]
    }()

    @Test(arguments: PushFormat.allCases)
    func noChangeOfABodyTrapsOrExceedsItsBounds(_ format: PushFormat) throws {
        let original = try #require(Self.bodies[format])
        let reading = PushReading(mostObservations: Self.most, mostBytes: 4096, agencyWhenMissing: "H52", receivedAt: Instant(milliseconds: 0))
        #expect(try PushDecoder.decode(original, as: format, reading).count > 0)
        var numbers = SeededNumbers(seed: 20)
        for _ in 0..<4000 {
            var body = original
            for _ in 0...Int.random(in: 0..<4, using: &numbers) { Self.change(&body, &numbers) }
            // A body that is refused as a whole has kept its bounds.
            guard let pushed = try? PushDecoder.decode(body, as: format, reading) else { continue }
            #expect(pushed.count <= Self.most)
            #expect(pushed.items.allSatisfy { pushed.agencies.indices.contains($0.agency) && pushed.measures.indices.contains($0.measure) })
            #expect(pushed.unreadable.allSatisfy { $0.found.vietnamese.count <= 200 && $0.index < Self.most })
        }
    }

    @Test(arguments: [ContentCoding.gzip, .zstd])
    func noBytesMakeUnpackingTrapOrExceedItsBound(_ coding: ContentCoding) {
        var numbers = SeededNumbers(seed: 21)
        let heads: [ContentCoding: [UInt8]] = [.gzip: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], .zstd: [0x28, 0xB5, 0x2F, 0xFD]]
        for _ in 0..<4000 {
            let body = (heads[coding] ?? []) + (0..<40).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            // A body that is refused has kept its bounds.
            guard let unpacked = try? Unpacking.unpack(body, coding, upTo: 1000) else { continue }
            #expect(unpacked.count <= 1000)
        }
    }

    private static func change(_ body: inout [UInt8], _ numbers: inout SeededNumbers) {
        guard !body.isEmpty else { return }
        let at = Int.random(in: 0..<body.count, using: &numbers)
        let end = min(body.count, at + Int.random(in: 1...12, using: &numbers))
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: body[at] = UInt8.random(in: 0...255, using: &numbers)
        case 1: body.removeSubrange(at..<end)
        case 2: body.insert(contentsOf: body[at..<end], at: at)
        case 3: body[at] = Array("\"\\,;={}[]:\n\r 0-9eE.#".utf8).randomElement(using: &numbers) ?? 0
        default: body.removeLast(body.count - at)
        }
    }
}
