import Model

/// What the cells of one measure amount to, written for obviousness: day by day, without any index.
enum SlowFigures {
    /// Each day belongs to the finest value that holds it, unless a coarser one had to fill in because the finer ones were not complete.
    static func flow(_ cells: [DayRange: Int64?], _ range: DayRange) -> (value: Int64?, days: Int) {
        var owner: [Day: DayRange] = [:]
        let known = cells.compactMap { cell, value in value.map { (cell, $0) } }.filter { range.contains($0.0) }
        for (cell, _) in known.sorted(by: { ($0.0.span, $0.0) < ($1.0.span, $1.0) }) {
            let days = (0..<cell.span).map { cell.start + $0 }
            let owners = days.map { owner[$0] }
            let isComplete = owners.allSatisfy { $0 != nil }
            let isCut = owners.contains { other in other.map { !cell.contains($0) } ?? false }
            if isComplete || isCut { continue }
            for day in days { owner[day] = cell }
        }
        let values = Dictionary(uniqueKeysWithValues: known)
        let counted = Set(owner.values)
        return (counted.isEmpty ? nil : counted.reduce(0) { $0 + (values[$1] ?? 0) }, owner.count)
    }

    /// The value that ends last; of two that end together the shorter.
    static func stock(_ cells: [DayRange: Int64?], _ range: DayRange) -> (value: Int64?, days: Int) {
        let known = cells.compactMap { cell, value in value.map { (cell, $0) } }.filter { range.contains($0.0) }
        let last = known.max { ($0.0.end, -$0.0.span) < ($1.0.end, -$1.0.span) }
        return (last?.1, last.map { $0.0.end - range.start } ?? 0)
    }

    /// The differences between each two totals of a year that lie in the interval; a fall counts nothing.
    static func total(_ cells: [DayRange: Int64?], _ range: DayRange, since scheme: PeriodScheme) -> (value: Int64?, days: Int) {
        var sum: Int64?
        var days = 0
        let points = cells.compactMap { cell, value in value.map { (day: cell.start, value: $0) } }.sorted { $0.day < $1.day }
        for (index, point) in points.enumerated() {
            guard let year = Period(.year, containing: point.day, scheme: scheme)?.range else { continue }
            let earlier = points[..<index].last { year.contains($0.day) }
            let first = earlier.map { $0.day + 1 } ?? year.start
            let difference = point.value - (earlier?.value ?? 0)
            guard difference >= 0, range.contains(DayRange(start: first, span: point.day + 1 - first)) else { continue }
            sum = (sum ?? 0) + difference
            days += point.day + 1 - first
        }
        return (sum, days)
    }
}
