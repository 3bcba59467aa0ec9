import Model
import Prometheus
import PushFormats
import TestSupport
import Testing

struct RemoteWriteTests {
    private static let noon = Instant(day("2026-11-01"), hour: 12, minute: 0)
    private static let reading = PushReading(
        mostObservations: 100,
        mapping: PushMapping(measures: [Measure(id: measure("dossiers.received"), title: LocalizedText(vietnamese: "", english: ""))]))

    private func read(_ series: [([Label], [(Double, Instant)])]) throws -> PushedObservations {
        var batch = SampleBatch()
        for (labels, samples) in series {
            for (value, at) in samples { batch.add(SampleBatch.Sample(value, at: at), to: labels) }
        }
        return try PushDecoder.decode(batch.body, as: .remoteWrite, Self.reading)
    }

    @Test func seriesBecomeObservationsByNameOrLabel() throws {
        let pushed = try read([
            ([Label("__name__", "dossiers_received"), Label("agency", "H52.07"), Label("job", "x")], [(5, Self.noon)]),
            (
                [Label("__name__", "dondoc_measure"), Label("agency", "H52"), Label("measure", "m")],
                [(98.15, Self.noon), (98.25, Self.noon + .seconds(1))]
            ),
            ([Label("__name__", "m"), Label("agency", "H52"), Label("period", "2026-11")], [(-1, Self.noon)]),
        ])
        #expect(
            pushed.decoded == [
                Decoded("H52.07", "dossiers.received", first, "5", 0), Decoded("H52", "m", first, "98.15", 1), Decoded("H52", "m", november, "-1", 3),
                Decoded("H52", "m", first, "98.25", 2),
            ])
    }

    @Test func staleMarkersArePassedOverAndOtherNumbersThatAreNoneAreRefused() throws {
        let labels = [Label("__name__", "m"), Label("agency", "H")]
        let pushed = try read([
            (
                labels,
                [
                    (Double(bitPattern: 0x7FF0_0000_0000_0002), Self.noon), (.nan, Self.noon + .seconds(1)), (.infinity, Self.noon + .seconds(2)),
                    (9_007_199_254_740_992, Self.noon + .seconds(3)),
                ]
            ), ([Label("__name__", "m")], [(1, Self.noon)]), (labels + [Label("x", "")], [(1, Instant(milliseconds: .max))]),
        ])
        #expect(pushed.items.isEmpty)
        #expect(
            pushed.refusals == [
                "1 bad-value samples[1].value: nan → a number with digits and a decimal point",
                "2 bad-value samples[2].value: inf → a number with digits and a decimal point",
                "3 bad-value samples[3].value: 9007199254740992.0 → a number below 9007199254740992, from where on floating point leaves out whole numbers",
                "4 malformed samples[4].agency:  → a label 'agency' with an agency's code",
                "5 bad-day samples[5].timestamp: 9223372036854775807 → a time in the precision that the request names",
            ])
    }

    @Test func histogramsAreRefusedAndLabelsMayStandBehindSamples() throws {
        func label(_ name: String, _ value: String) -> [UInt8] {
            ProtobufBytes.field(1, ProtobufBytes.field(1, name) + ProtobufBytes.field(2, value))
        }
        let sample = ProtobufBytes.field(
            2, ProtobufBytes.field(1, fixed64: 5.0.bitPattern) + ProtobufBytes.field(2, varint: UInt64(Self.noon.milliseconds)))
        let series = sample + ProtobufBytes.field(4, []) + label("__name__", "m") + label("agency", "H")
        let pushed = try PushDecoder.decode(Snappy.compressed(ProtobufBytes.field(1, series)), as: .remoteWrite, Self.reading)
        #expect(pushed.decoded == [Decoded("H", "m", first, "5", 0)])
        #expect(pushed.refusals == ["1 malformed samples[1].histogram:  → a sample; native histograms are no counts"])
    }

    @Test func snappyGoesThereAndBackForAnyBytes() throws {
        var numbers = SeededNumbers(seed: 5)
        for round in 0..<40 {
            // An unknown field of varints is skipped, so any length can be carried; few different bytes make copies.
            let bytes = (0..<(round * 97)).map { _ in UInt8.random(in: 0...(round % 2 == 0 ? 3 : 255), using: &numbers) }
            let pushed = try PushDecoder.decode(Snappy.compressed(ProtobufBytes.field(9, bytes)), as: .remoteWrite, Self.reading)
            #expect(pushed.count == 0)
        }
    }

    @Test func damagedAndSwollenBlocksAreErrors() {
        func problem(_ bytes: [UInt8]) -> String? {
            do throws(PushFormatError) {
                _ = try PushDecoder.decode(bytes, as: .remoteWrite, Self.reading)
                return nil
            } catch {
                return error.description
            }
        }
        let hint = "; remote write 1.0 sends Content-Encoding snappy"
        #expect(problem([]) == "byte 0: not a Snappy block: the block has no length" + hint)
        #expect(problem([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) == "the unpacked body is larger than 16777216 bytes; send fewer observations at a time")
        #expect(problem([5, 0]) == "byte 2: not a Snappy block: the block is cut off" + hint)
        #expect(problem([5, 1, 1]) == "byte 3: not a Snappy block: a copy reaches before the beginning" + hint)
        #expect(problem([1, 4, 0, 0]) == "byte 2: not a Snappy block: the block holds more than it says" + hint)
        #expect(problem([2, 0, 0]) == "byte 3: not a Snappy block: the block ends after 1 of 2 bytes" + hint)
        #expect(problem([2, 4, 0x0A, 0x05]) == "byte 2: not the protobuf message expected: a field is longer than its message")
    }
}
