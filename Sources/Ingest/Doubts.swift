import Model

/// Notes what is stored all the same but should be looked at: falling running totals, and counts of one thing at two granularities.
struct Doubts {
    let source: String
    let context: IngestContext

    private struct Series: Hashable {
        let agency: AgencyCode
        let measure: MeasureID
    }

    func note(_ candidates: [Candidate], _ findings: inout [Finding]) {
        let series = Dictionary(grouping: candidates) { Series(agency: $0.cell.agency, measure: $0.cell.measure) }
        for (key, group) in series.sorted(by: { ($0.key.agency, $0.key.measure) < ($1.key.agency, $1.key.measure) }) {
            switch context.measures[key.measure]?.kind {
            case .cumulative(let scheme)?: noteFalls(group, key, scheme, &findings)
            case .flow?: noteOverlaps(group, key, &findings)
            case .stock?, nil: break
            }
        }
    }

    /// A running total never falls within its year; the flow between the two points is then unknown.
    private func noteFalls(_ group: [Candidate], _ key: Series, _ scheme: PeriodScheme, _ findings: inout [Finding]) {
        let delivered = Set(group.map(\.cell.range))
        let known = context.known[key.measure, key.agency].filter { !delivered.contains($0.range) }.map { (day: $0.range.last, value: $0.value) }
        // An unknown point between two known ones must not hide that the total fell from one to the other.
        let points = (known + group.map { (day: $0.cell.range.last, value: $0.value) }).filter { $0.value != nil }.sorted { $0.day < $1.day }
        let candidates = Dictionary(group.map { ($0.cell.range.last, $0) }, uniquingKeysWith: { first, _ in first })
        for (earlier, later) in zip(points, points.dropFirst()) {
            guard let before = earlier.value, let after = later.value, after < before,
                Period(.year, containing: earlier.day, scheme: scheme) == Period(.year, containing: later.day, scheme: scheme),
                let candidate = candidates[later.day] ?? candidates[earlier.day]
            else { continue }
            findings.append(
                candidate.finding(.cumulativeFall, source: source, found: "\(after) (\(later.day))", expected: "≥ \(before) (\(earlier.day))"))
        }
    }

    /// One finding a series: the same days are counted by cells of different length.
    private func noteOverlaps(_ group: [Candidate], _ key: Series, _ findings: inout [Finding]) {
        let delivered = group.sorted { $0.cell.range < $1.cell.range }
        let ranges = context.known[key.measure, key.agency].map(\.range) + delivered.map(\.cell.range)
        let overlapping = Doubts.overlapping(ranges)
        guard let candidate = delivered.first(where: { overlapping.contains($0.cell.range) }) else { return }
        let range = candidate.cell.range
        guard let other = ranges.first(where: { $0 != range && $0.overlaps(range) }) else { return }
        findings.append(candidate.finding(.overlappingGranularity, source: source, found: range.description, expected: other.description))
    }

    /// The ranges that overlap a different one: in order of their days one of the neighbours tells, so that years of single days take no time by
    /// the square of their number.
    static func overlapping(_ ranges: [DayRange]) -> Set<DayRange> {
        let sorted = Set(ranges).sorted()
        var overlapping: Set<DayRange> = []
        var end: Day?
        for (index, range) in sorted.enumerated() {
            let next = index + 1 < sorted.count ? sorted[index + 1] : nil
            if end.map({ range.start < $0 }) ?? false || next.map({ $0.start < range.end }) ?? false { overlapping.insert(range) }
            end = max(end ?? range.end, range.end)
        }
        return overlapping
    }
}
