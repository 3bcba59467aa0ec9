/// A half-open interval of civil days, `[start, end)`; never empty.
public struct DayRange: Hashable, Sendable, Codable {
    /// The first day inside.
    public let start: Day
    /// The first day after.
    public let end: Day

    /// Nil when the interval would hold no day.
    public init?(start: Day, end: Day) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    /// The interval of one day.
    public init(_ day: Day) {
        start = day
        end = day + 1
    }

    /// The interval of `span` days that begins at `start`; a span below one counts as one.
    public init(start: Day, span: Int) {
        self.start = start
        end = start + max(1, span)
    }

    /// How many days it holds, at least one.
    public var span: Int { end - start }

    /// The last day inside, the one that people write after "to" (đến ngày).
    public var last: Day { end - 1 }

    public func contains(_ day: Day) -> Bool { start <= day && day < end }
    public func contains(_ other: DayRange) -> Bool { start <= other.start && other.end <= end }
    public func overlaps(_ other: DayRange) -> Bool { start < other.end && other.start < end }

    /// The days that both hold; nil when there is none.
    public func intersection(_ other: DayRange) -> DayRange? { DayRange(start: max(start, other.start), end: min(end, other.end)) }

    /// The shortest interval that holds both.
    public func hull(_ other: DayRange) -> DayRange { DayRange(start: min(start, other.start), span: max(end, other.end) - min(start, other.start)) }
}

extension Sequence<DayRange> {
    /// The shortest interval that holds all; nil when there are none.
    public var hull: DayRange? { reduce(nil) { $0?.hull($1) ?? $1 } }
}

extension DayRange: Comparable, CustomStringConvertible {
    /// Earlier start first; of two with the same start the shorter first.
    public static func < (left: DayRange, right: DayRange) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }

    /// `2026-08-01` for one day, `2026-08-01..2026-08-31` (inclusive, as people write it) for more.
    public var description: String { span == 1 ? "\(start)" : "\(start)..\(last)" }
}
