import Model

/// 300 agencies that report 8 daily measures, with the same made-up figures on every machine.
struct BenchmarkProvince {
    let agencies: [AgencyCode]
    let measures: [MeasureID]
    let firstDay = Day(number: 20_454)

    init() {
        agencies = (1...300).compactMap { AgencyCode("H52.\(($0 / 100 + 10).padded(to: 2)).\($0.padded(to: 3))") }
        measures = (1...8).compactMap { MeasureID("bench.measure\($0)") }
    }

    /// When the figures of the first `days` days have come.
    func instant(of days: Int) -> Instant { Instant(firstDay + days, hour: 2, minute: 15) }

    /// The province's days one after another, cut into deliveries of `rows` rows; each carries its rows as CSV, because raw bytes are kept too.
    func deliveries(days: Int, rows: Int) -> some Sequence<(delivery: Delivery, observations: [Observation])> {
        let perDay = agencies.count * measures.count
        return stride(from: 0, to: days * perDay, by: rows).lazy.map { first in
            var csv: [UInt8] = []
            let observations = (first..<min(first + rows, days * perDay)).map { index in
                let cell = CellKey(
                    agency: agencies[index % perDay / measures.count], measure: measures[index % measures.count],
                    range: DayRange(firstDay + index / perDay))
                // Knuth's multiplicative hash: spread like counts of a day, equal in every run.
                let value = Int64(UInt32(truncatingIfNeeded: index) &* 2_654_435_761 >> 16) % 500
                csv += Array("\(cell.agency);\(cell.range.start);\(index % measures.count);\(value)\n".utf8)
                return Observation(cell: cell, value: value)
            }
            let received = instant(of: first / perDay + 1)
            return (Delivery(source: "bench", receivedAt: received, bytes: csv, mediaType: "text/csv"), observations)
        }
    }
}
