import Ingest
import Model
import TestSupport
import Testing

/// Nothing is lost silently: whatever rows come, each can be accounted for.
@Suite struct EveryRowTests {
    /// A small generator (SplitMix64), so that a failure can be repeated from its seed.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }

        mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &self)] }
    }

    private static let subjects: [Row.Subject] = [
        .code("H52.01"), .code("H52.02"), .code("000.00.02.H52"), .code("H52.03"), .code("H01.05"), .code(""), .name("SNV"), .name("Xã Tân Lập"),
        .name("?"),
    ]
    private static let ranges = [
        Province.july, days("2026-07-15", "2026-08-14"), days("2026-07-01", "2026-07-02"), days("2026-07-03", "2026-07-03"),
        days("2026-11-24", "2026-11-24"), days("1999-01-01", "1999-01-31"), days("2025-02-01", "2025-02-28"),
    ]
    private static let values: [RowValue] = [
        .unknown, .unreadable("x"), .number(ExactDecimal(-1)), .number(decimal("0.125")), .number(ExactDecimal(0)), .number(ExactDecimal(5)),
        .number(ExactDecimal(9)), .number(ExactDecimal(.max)),
    ]

    private static func rows(_ seed: UInt64) -> [Row] {
        var dice = Dice(state: seed)
        let measures = Province.measures.keys.map(\.text).sorted() + ["nothing"]
        return (0..<Int.random(in: 1...30, using: &dice)).map {
            Province.row(dice.pick(measures), dice.pick(values), agency: dice.pick(subjects), in: dice.pick(ranges), at: "$[\($0)]")
        }
    }

    /// A row that is refused alone is refused among others with the very same finding, found again by its place.
    @Test(arguments: UInt64(1)...300)
    func eachRowBecomesAnObservationARefusalOrARepetition(seed: UInt64) {
        let rows = EveryRowTests.rows(seed)
        let together: Set<Finding.Kind> = [.duplicateInDelivery, .partAboveWhole]

        let checked = Province.check(rows)

        let stored = Set(checked.observations.map(\.cell))
        #expect(stored.count == checked.observations.count)
        let refusals = checked.findings.filter(\.kind.isRefusal)
        for row in rows {
            let alone = Province.check([row])
            let own = refusals.filter { $0.place == row.place && !together.contains($0.kind) }
            guard let observation = alone.observations.first else {
                #expect(own == alone.findings)
                continue
            }
            #expect(own.isEmpty)
            let isRefusedTogether = refusals.contains {
                together.contains($0.kind) && $0.agency == observation.cell.agency.text && $0.range == observation.cell.range
            }
            #expect(checked.observations.contains(observation) || (isRefusedTogether && !stored.contains(observation.cell)))
        }
    }

    @Test(arguments: UInt64(1)...100)
    func orderOfRowsDoesNotDecideWhatIsStored(seed: UInt64) {
        let rows = EveryRowTests.rows(seed)

        #expect(Set(Province.check(rows).observations) == Set(Province.check(rows.reversed()).observations))
    }
}
