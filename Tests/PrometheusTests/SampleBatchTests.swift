import Model
import TestSupport
import Testing

@testable import Prometheus

@Suite struct SampleBatchTests {
    private func sample(_ value: Double, _ milliseconds: Int64) -> SampleBatch.Sample {
        SampleBatch.Sample(value, at: Instant(milliseconds: milliseconds))
    }

    @Test func theMessageIsWhatProtobufSays() {
        var batch = SampleBatch()
        batch.add(sample(1.5, 300), to: [Label("b", "y"), Label("__name__", "m")])
        batch.add(sample(-1, -1), to: [Label("__name__", "m"), Label("b", "y")])

        // Worked out by hand from the wire format: field 1 is a TimeSeries with two labels in order of name and two samples in order of time.
        #expect(
            batch.message == [
                0x0A, 0x3B,  // timeseries, 59 bytes
                0x0A, 0x0D, 0x0A, 0x08, 0x5F, 0x5F, 0x6E, 0x61, 0x6D, 0x65, 0x5F, 0x5F, 0x12, 0x01, 0x6D,  // label __name__ = m
                0x0A, 0x06, 0x0A, 0x01, 0x62, 0x12, 0x01, 0x79,  // label b = y
                0x12, 0x14, 0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0xBF, 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01,  // −1 at −1 ms
                0x12, 0x0C, 0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0x10, 0xAC, 0x02,  // 1.5 at 300 ms
            ])
    }

    @Test func halvesHoldTheSameSamplesAndOneSampleHasNone() throws {
        var batch = SampleBatch()
        for index in 0..<5 { batch.add(sample(Double(index), Int64(5 - index)), to: [Label("__name__", index < 3 ? "a" : "b")]) }

        let (first, second) = try #require(batch.halves)
        let (early, late) = try #require(first.halves)

        #expect((first.count, second.count) == (3, 2))
        #expect(early.series.flatMap(\.samples).map(\.value) == [2])
        #expect(late.series.flatMap(\.samples).map(\.value) == [1, 0])
        #expect(early.halves == nil)
    }

    @Test func cellsBecomeSamplesInWholeUnits() throws {
        let count = Measure(id: measure("dossiers.received"), title: LocalizedText(vietnamese: "Hồ sơ", english: "Dossiers"))
        let money = Measure(id: measure("fees"), title: LocalizedText(vietnamese: "Phí", english: "Fees"), scale: 2, scheme: .admin15)
        let august = days("2026-08-01", "2026-08-31")

        #expect(CellSeries.sample(of: Cell(range: august, value: 120, delivery: DeliveryID(1)), measure: count, revision: 0)?.value == 120)
        #expect(CellSeries.sample(of: Cell(range: august, value: 12_345, delivery: DeliveryID(1)), measure: money, revision: 0)?.value == 123.45)
        #expect(CellSeries.sample(of: Cell(range: august, value: nil, delivery: DeliveryID(1)), measure: count, revision: 0) == nil)
        let interval = { (range: DayRange, measure: Measure) in
            CellSeries.labels(agency: code("H52.01"), measure: measure, range: range).first { $0.name == "interval" }?.value
        }
        #expect(interval(DayRange(day("2026-08-31")), count) == "day")
        #expect(interval(august, count) == "month")
        #expect(interval(august, money) == "days-31")
        #expect(interval(days("2026-07-15", "2026-08-14"), money) == "month")
        #expect(interval(days("2026-01-01", "2026-09-30"), count) == "nine-months")
        #expect(interval(days("2026-08-24", "2026-08-30"), count) == "week")
    }

    @Test(arguments: [
        (0, "2026-08-31T23:59:00.001"), (1, "2026-08-31T23:59:00.002"), (59_998, "2026-08-31T23:59:59.999"), (60_000, "2026-08-31T23:59:59.999"),
    ])
    func eachLaterValueHasALaterMomentInTheLastMinute(revision: Int, moment: String) {
        #expect(CellSeries.moment(of: days("2026-08-01", "2026-08-31"), revision: revision) == instant(moment))
    }
}
