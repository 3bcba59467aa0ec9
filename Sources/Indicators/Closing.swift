import Model

/// When the figures of a month stand: once it is over and the working days for late reporting have passed. What changes after that is a
/// restatement of a closed period.
public struct Closing: Sendable {
    private let measures: [MeasureID: Measure]
    private let calendar: WorkCalendar
    private let grace: Int

    /// - Parameter grace: working days after a month's last day within which figures may still change without remark.
    public init(measures: [MeasureID: Measure], calendar: WorkCalendar, grace: Int) {
        self.measures = measures
        self.calendar = calendar
        self.grace = grace
    }

    /// The month, in the measure's scheme, with which a value closes: the one that holds its last day. A measure that is no longer configured
    /// follows the calendar.
    public func month(of cell: CellKey) -> Period? {
        Period(.month, containing: cell.range.last, scheme: measures[cell.measure]?.scheme ?? .calendar)
    }

    /// Whether the value's month stood on a day. Where the calendar lacks the year, there is no grace: a finding too many is better than one
    /// too few.
    public func isClosed(_ cell: CellKey, on day: Day) -> Bool {
        guard let month = month(of: cell), month.isClosed(on: day) else { return false }
        do {
            return try calendar.day(grace, workingDaysAfter: month.range.last) < day
        } catch {
            return true
        }
    }
}
