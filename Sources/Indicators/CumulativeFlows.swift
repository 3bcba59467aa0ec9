import Model

/// Turns running totals into flows by difference.
enum CumulativeFlows {
    /// One flow between each two consecutive totals of an accumulation year; before the first one the base is 0 on the year's first day. A fall
    /// gives an unknown flow, because a count cannot be negative. Totals are cells of one day; unknown totals are stepped over.
    static func flows(from cells: [Cell], since scheme: PeriodScheme) -> [Cell] {
        var flows: [Cell] = []
        flows.reserveCapacity(cells.count)
        var base: (end: Day, value: Int64)?
        var yearEnd = Day(number: .min)
        for point in inOrder(cells.filter { $0.range.span == 1 && $0.value != nil }) {
            guard let value = point.value else { continue }
            if point.range.start >= yearEnd, let year = Period(.year, containing: point.range.start, scheme: scheme)?.range {
                base = (year.start, 0)
                yearEnd = year.end
            }
            guard let start = base else { continue }
            let (difference, overflow) = value.subtractingReportingOverflow(start.value)
            flows.append(
                Cell(
                    range: DayRange(start: start.end, span: point.range.end - start.end), value: overflow || difference < 0 ? nil : difference,
                    delivery: point.delivery))
            base = (point.range.end, value)
        }
        return flows
    }

    /// Whether a running total starts from 0 on this day.
    static func isFirstDayOfYear(_ day: Day, _ scheme: PeriodScheme) -> Bool {
        Period(.year, containing: day, scheme: scheme)?.range.start == day
    }

    private static func inOrder(_ cells: [Cell]) -> [Cell] {
        let isSorted = zip(cells, cells.dropFirst()).allSatisfy { $0.range.start < $1.range.start }
        return isSorted ? cells : cells.sorted { $0.range.start < $1.range.start }
    }
}
