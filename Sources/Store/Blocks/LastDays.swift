import GRDB
import Model

/// Looks through packed days, from the newest back, for the last days with a figure above zero.
struct LastDays {
    let grain: Grain
    /// No day after this one counts.
    let until: Int64
    /// How many agencies report the measure at all: no more can be found.
    let reporting: Int

    /// Moves the last days of agencies forward where a packed cell is newer.
    func addPacked(to last: inout [Int64: Int], _ db: Database) throws {
        let newest = until + 1 - grain.span
        let starts = min(Grain.allStarts.lowerBound, newest)...newest
        guard let packed = try BlockRows.packed(grain, starting: starts, db) else { return }
        let replaced = try BlockRows.replaced(grain, starting: packed, db)
        var slot = Slot(span: grain.span, containing: Day(number: Int(min(packed.upperBound, newest))))
        while slot.days(span: grain.span).end.number > packed.lowerBound {
            let days = slot.days(span: grain.span)
            let latest = days.last.number + Int(grain.span) - 1
            if last.count(where: { $0.value >= latest }) >= reporting { return }
            let range = Int64(days.start.number)...Int64(days.last.number)
            try BlockRows.forEach(grain, starting: range, db) { block in
                try block.forEach { cell in
                    guard cell.start <= newest, let value = cell.value, value > 0 else { return }
                    let end = Int(cell.start + grain.span) - 1
                    guard end > last[cell.agency] ?? .min, !replaced.contains(Place(start: cell.start, agency: cell.agency)) else { return }
                    last[cell.agency] = end
                }
            }
            slot = Slot(number: slot.number - 1)
        }
    }
}
