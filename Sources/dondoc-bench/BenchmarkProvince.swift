import Model

/// Agencies that report daily measures, 300 and 8 unless said, with the same made-up figures on every machine.
struct BenchmarkProvince {
    let agencies: [AgencyCode]
    let measures: [MeasureID]
    let firstDay: Day

    init(agencies: Int = 300, measures: Int = 8, firstDay: Day = Day(number: 20_454)) {
        self.agencies = (0..<agencies).compactMap { AgencyCode("H52.\(($0 / 1000 + 10).padded(to: 2)).\(($0 % 1000).padded(to: 3))") }
        self.measures = (1...measures).compactMap { MeasureID("bench.measure\($0)") }
        self.firstDay = firstDay
    }

    /// When the figures of the first `days` days have come.
    func instant(of days: Int) -> Instant { Instant(firstDay + days, hour: 2, minute: 15) }

    /// The province's days one after another, cut into deliveries of `rows` rows; each carries its rows as CSV, because raw bytes are kept too.
    func deliveries(days: Int, rows: Int) -> some Sequence<(delivery: Delivery, observations: [Observation])> {
        deliveries(0..<days, rows: rows, keepsRows: true)
    }

    /// The same for some of its days. Without `keepsRows` the raw bytes only name the delivery, as when their keeping is over.
    func deliveries(_ days: Range<Int>, rows: Int, keepsRows: Bool) -> some Sequence<(delivery: Delivery, observations: [Observation])> {
        let perDay = agencies.count * measures.count
        return stride(from: days.lowerBound * perDay, to: days.upperBound * perDay, by: rows).lazy.map { first in
            var csv = keepsRows ? [] : Array("\(first)".utf8)
            let observations = (first..<min(first + rows, days.upperBound * perDay)).map { index in
                let cell = CellKey(
                    agency: agencies[index % perDay / measures.count], measure: measures[index % measures.count],
                    range: DayRange(firstDay + index / perDay))
                let value = BenchmarkProvince.count(index)
                if keepsRows { csv += Array("\(cell.agency);\(cell.range.start);\(index % measures.count);\(value)\n".utf8) }
                return Observation(cell: cell, value: value)
            }
            let received = instant(of: first / perDay + 1)
            return (Delivery(source: "bench", receivedAt: received, bytes: csv, mediaType: "text/csv"), observations)
        }
    }

    /// One value of one measure for all agencies on one day.
    func delivery(of measure: MeasureID, on day: Day, value: Int64) -> (delivery: Delivery, observations: [Observation]) {
        let delivery = Delivery(source: "bench", receivedAt: instant(of: 100), bytes: Array("\(value)".utf8), mediaType: "text/csv")
        return (delivery, agencies.map { Observation(cell: CellKey(agency: $0, measure: measure, range: DayRange(day)), value: value) })
    }

    /// Without any pattern that packing could use, equal in every run: below 100 for most agencies, below 1000 for some.
    static func count(_ index: Int) -> Int64 {
        var number = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number ^= number >> 27
        return Int64(number >> 8 & 7 == 0 ? (number >> 16) % 1000 : (number >> 16) % 100)
    }
}
