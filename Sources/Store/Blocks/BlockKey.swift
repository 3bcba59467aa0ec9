import Model

/// Which cells a packed block holds: those of one measure and one span whose first day lies in one slot, for one shelf of agencies.
struct BlockKey: Hashable {
    let measure: Int64
    let span: Int64
    let slot: Slot
    let shelf: Int64
}

/// The run of days whose cells are packed together, a month for cells of up to a week and a year for longer ones, by its number.
///
/// Which slot a cell belongs to follows from its span and first day alone, so that writers and readers never have to look for it.
struct Slot: Hashable, Comparable {
    /// Months since the year 0, or years, by the span of the cells.
    let number: Int64

    /// Cells longer than this are few: a month of them would be a block of one column.
    private static let longestOfMonth: Int64 = 7

    /// The slot of the cells of a span that begin on a day.
    init(span: Int64, containing day: Day) {
        number = span <= Slot.longestOfMonth ? Int64(day.year * 12 + day.month - 1) : Int64(day.year)
    }

    init(number: Int64) { self.number = number }

    /// The first days that its cells may have.
    func days(span: Int64) -> DayRange {
        let isMonth = span <= Slot.longestOfMonth
        let first = Slot.first(isMonth ? number : number &* 12)
        return DayRange(start: first, span: max(1, Slot.first(isMonth ? number &+ 1 : (number &+ 1) &* 12) - first))
    }

    static func < (left: Slot, right: Slot) -> Bool { left.number < right.number }

    private static func first(_ month: Int64) -> Day {
        // The number of a damaged file may name no month; its block then fails its checksum.
        Day(year: Int(month / 12), month: Int(month % 12) + 1, day: 1) ?? Day(number: 0)
    }
}

/// Where a cell lies among those of its grain.
struct Place: Hashable {
    /// The number of its first day.
    let start: Int64
    let agency: Int64
}

/// Agencies are packed 256 at a time, by their numbers: enough that a block's fixed parts cost little, few enough to rewrite one in milliseconds.
enum Shelf {
    static let size: Int64 = 256

    static func number(of agency: Int64) -> Int64 { agency / size }

    /// The agencies' numbers on a shelf.
    static func agencies(_ shelf: Int64) -> ClosedRange<Int64> { shelf * size...shelf * size + size - 1 }
}
