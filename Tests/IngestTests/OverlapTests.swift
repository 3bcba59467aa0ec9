import Model
import TestSupport
import Testing

@testable import Ingest

/// Which days are counted by intervals of different length.
@Suite struct OverlapTests {
    @Test(arguments: 0..<200) func neighboursTellWhatComparingAllWithAllTells(seed: Int) {
        var numbers = SeededNumbers(seed: seed)
        let ranges = (0..<Int.random(in: 0...12, using: &numbers)).map { _ in
            DayRange(start: day("2026-07-01") + Int.random(in: 0...40, using: &numbers), span: [1, 1, 7, 31].randomElement(using: &numbers) ?? 1)
        }

        let expected = Set(ranges.filter { range in ranges.contains { $0 != range && $0.overlaps(range) } })

        #expect(Doubts.overlapping(ranges) == expected)
    }

    @Test func manyDaysOfOneSeriesTakeNoTimeByTheSquareOfTheirNumber() {
        let ranges = (0..<30_000).map { DayRange(day("2000-01-01") + $0) }

        // Comparing all with all would be half a thousand million comparisons.
        #expect(Doubts.overlapping(ranges).isEmpty)
    }
}
