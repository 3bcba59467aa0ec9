import Model

/// What the cells of one measure amount to over an interval.
struct Tally: Equatable {
    /// Nil when nothing known was found.
    var value: Int64?
    /// Days that known values cover.
    var days = 0
    /// Days that the source itself calls unknown, and that nothing else covers.
    var unknownDays = 0
    /// Whether anything was delivered, be it unknown.
    var isReported = false
    /// Whether values of different granularity were put together.
    var isMixed = false
    /// A negative count or a sum beyond 64 bits.
    var isImpossible = false

    init() {}

    /// A flow: the sum of non-overlapping cells inside the interval, finer ones where they are complete and coarser ones where they are not.
    init(flow cells: [Cell], in range: DayRange) {
        guard !addDisjoint(cells, in: range) else { return }
        let inside = cells.filter { range.contains($0.range) }
        let chosen = Tally.choose(inside.filter { $0.value != nil })
        self = Tally()
        _ = addDisjoint(chosen, in: range)
        isReported = true
        unknownDays = Tally.days(of: inside.filter { $0.value == nil }, outside: chosen)
    }

    /// Flows derived from running totals. The agency counts as reported when a total was delivered inside the interval, even if no flow follows
    /// from it.
    init(flow flows: [Cell], in range: DayRange, reportedBy totals: [Cell]) {
        self.init(flow: flows, in: range)
        isMixed = false
        isReported = totals.contains { $0.range.span == 1 && range.contains($0.range) }
    }

    /// A stock: the last known value inside the interval. It covers the interval up to its day.
    init(stock cells: [Cell], in range: DayRange) {
        isReported = cells.contains { range.contains($0.range) }
        guard let last = Tally.last(of: cells, in: range), let value = last.value else { return }
        self.value = value
        days = last.range.end - range.start
        isImpossible = value < 0
    }

    /// The cell that a stock is read from: the known one that ends last, of two the shorter.
    static func last(of cells: [Cell], in range: DayRange) -> Cell? {
        var last: Cell?
        for cell in cells where cell.value != nil && range.contains(cell.range) {
            if let found = last, (found.range.end, cell.range.span) > (cell.range.end, found.range.span) { continue }
            last = cell
        }
        return last
    }

    /// Adds cells as they come, in one pass without memory; false as soon as one begins before its predecessor ends, which needs a choice.
    private mutating func addDisjoint(_ cells: [Cell], in range: DayRange) -> Bool {
        var sum: Int64 = 0
        var previous = range.start
        var granularities: UInt8 = 0
        for cell in cells where range.contains(cell.range) {
            guard cell.range.start >= previous else { return false }
            previous = cell.range.end
            isReported = true
            let span = cell.range.span
            guard let value = cell.value else {
                unknownDays += span
                continue
            }
            let (next, overflow) = sum.addingReportingOverflow(value)
            sum = next
            isImpossible = isImpossible || overflow || value < 0
            days += span
            granularities |= Granularity(span: span).bit
        }
        value = days > 0 ? sum : nil
        isMixed = granularities.nonzeroBitCount > 1
        return true
    }

    /// Non-overlapping cells, in order of their days. Finer cells are taken first; a coarser one replaces the finer ones inside it unless they
    /// cover it completely; one that cuts through a chosen cell is left out.
    static func choose(_ cells: [Cell]) -> [Cell] {
        var chosen: [Cell] = []
        for cell in cells.sorted(by: { ($0.range.span, $0.range.start) < ($1.range.span, $1.range.start) }) {
            let first = firstIndex(in: chosen, endingAfter: cell.range.start)
            var past = first
            var covered = 0
            while past < chosen.count, chosen[past].range.overlaps(cell.range) {
                covered += cell.range.contains(chosen[past].range) ? chosen[past].range.span : cell.range.span
                past += 1
            }
            if covered < cell.range.span { chosen.replaceSubrange(first..<past, with: [cell]) }
        }
        return chosen
    }

    /// Binary search among disjoint cells in order.
    private static func firstIndex(in cells: [Cell], endingAfter day: Day) -> Int {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].range.end <= day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func days(of unknown: [Cell], outside chosen: [Cell]) -> Int {
        guard !unknown.isEmpty else { return 0 }
        var days: Set<Int> = []
        for cell in unknown { days.formUnion(cell.range.start.number..<cell.range.end.number) }
        for cell in chosen { days.subtract(cell.range.start.number..<cell.range.end.number) }
        return days.count
    }
}
