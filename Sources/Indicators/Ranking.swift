import Model

/// The order of agencies by one indicator over one period, the best first.
public struct Ranking: Hashable, Sendable {
    /// One line. Agencies without a figure have no rank.
    public struct Entry: Hashable, Sendable {
        public let rank: Int?
        public let reading: Reading
    }

    public let entries: [Entry]

    /// Orders by the exact ratio in the good direction. Equal figures share a rank and the next one skips (1, 2, 2, 4). Those without a figure
    /// stand at the end, the ones that did not report first among them. Ties are in order of code.
    public init(_ readings: [Reading], unit: Indicator.Unit, direction: Indicator.Direction) {
        let ranked = readings.filter { Ranking.hasFigure($0, unit) }.sorted { left, right in
            if Ranking.isBetter(left, than: right, unit, direction) { return true }
            return !Ranking.isBetter(right, than: left, unit, direction) && left.agency < right.agency
        }
        var entries: [Entry] = []
        entries.reserveCapacity(readings.count)
        for (index, reading) in ranked.enumerated() {
            let isTie = index > 0 && !Ranking.isBetter(ranked[index - 1], than: reading, unit, direction)
            entries.append(Entry(rank: isTie ? entries[index - 1].rank : index + 1, reading: reading))
        }
        let rest = readings.filter { !Ranking.hasFigure($0, unit) }.sorted {
            (Ranking.loudness($0.state), $0.agency) < (Ranking.loudness($1.state), $1.agency)
        }
        self.entries = entries + rest.map { Entry(rank: nil, reading: $0) }
    }

    private static func hasFigure(_ reading: Reading, _ unit: Indicator.Unit) -> Bool {
        unit.isRatio ? reading.ratio != nil : reading.state == .figure && reading.numerator != nil
    }

    private static func isBetter(_ left: Reading, than right: Reading, _ unit: Indicator.Unit, _ direction: Indicator.Direction) -> Bool {
        direction == .higherIsBetter ? isLess(right, than: left, unit) : isLess(left, than: right, unit)
    }

    private static func isLess(_ left: Reading, than right: Reading, _ unit: Indicator.Unit) -> Bool {
        if unit.isRatio, let left = left.ratio, let right = right.ratio { return Ratio.isLess(left, than: right) }
        return left.numerator ?? 0 < right.numerator ?? 0
    }

    private static func loudness(_ state: Reading.State) -> Int {
        switch state {
        case .notReported: 0
        case .unknown: 1
        case .inconsistent: 2
        case .definitionBreak: 3
        case .nothingToCount: 4
        case .figure: 5
        }
    }
}
