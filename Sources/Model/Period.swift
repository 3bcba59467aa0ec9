/// A reporting period (kỳ báo cáo) of one scheme, as a value that can be parsed, printed, stepped and laid over days.
public struct Period: Hashable, Sendable {
    /// How long a period is, and how many of its kind a year has.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case day, week, month, quarter
        case half
        /// The first nine months, which reports treat as a period of its own although it overlaps the quarters.
        case nineMonths = "nine-months"
        case year

        /// Months of one period, nil for those that are counted in days.
        var months: Int? {
            switch self {
            case .day, .week: nil
            case .month: 1
            case .quarter: 3
            case .half: 6
            case .nineMonths: 9
            case .year: 12
            }
        }
    }

    public let kind: Kind
    public let scheme: PeriodScheme
    /// The first day; with kind and scheme it identifies the period.
    private let first: Day

    /// The period of this kind and scheme that holds a day; nil for the nine months when the day lies in the last quarter.
    public init?(_ kind: Kind, containing day: Day, scheme: PeriodScheme = .calendar) {
        let month = scheme.month(containing: day)
        switch kind {
        case .day: self.init(kind, scheme, day)
        case .week: self.init(kind, scheme, day - (day.weekday - 1))
        case .nineMonths where month.month > 9: return nil
        case .month, .quarter, .half, .nineMonths, .year:
            let length = kind == .nineMonths ? 12 : kind.months ?? 1
            self.init(kind, scheme, scheme.firstDay(year: month.year, month: (month.month - 1) / length * length + 1))
        }
    }

    private init(_ kind: Kind, _ scheme: PeriodScheme, _ first: Day) {
        self.kind = kind
        self.scheme = scheme
        self.first = first
    }

    /// The days it holds.
    public var range: DayRange { DayRange(start: first, span: end - first) }

    /// The first day after it, when it is closed.
    public var end: Day {
        switch kind {
        case .day: return first + 1
        case .week: return first + 7
        default: return scheme.firstDay(year: year, month: month + (kind.months ?? 1))
        }
    }

    /// The scheme's year it belongs to: `admin15` December 2025 to January is of 2026. A week belongs to the year of its Thursday (ISO 8601).
    public var year: Int {
        switch kind {
        case .day: first.year
        case .week: (first + 3).year
        default: scheme.month(containing: first).year
        }
    }

    /// The scheme's month it begins in, 1–12.
    var month: Int { scheme.month(containing: first).month }

    /// Its place among its kind in the year, from 1: the month, the quarter, the ISO week.
    public var index: Int {
        switch kind {
        case .day: 1 + (first - (Day(year: first.year, month: 1, day: 1) ?? first))
        case .week: ((first + 3) - (Day(year: year, month: 1, day: 1) ?? first)) / 7 + 1
        default: (month - 1) / (kind.months ?? 1) + 1
        }
    }

    /// The period `count` places later (earlier when negative). Nine-month periods step by years.
    public func advanced(by count: Int) -> Period {
        switch kind {
        case .day: return Period(kind, scheme, first + count)
        case .week: return Period(kind, scheme, first + 7 * count)
        default:
            let step = kind == .nineMonths ? 12 : kind.months ?? 1
            return Period(kind, scheme, scheme.firstDay(year: year, month: month + step * count))
        }
    }

    public var next: Period { advanced(by: 1) }
    public var previous: Period { advanced(by: -1) }

    /// Whether the period is over at the start of `day`. Figures of an open period are provisional (số liệu tạm tính).
    public func isClosed(on day: Day) -> Bool { end <= day }

    /// The newest period of this kind and scheme that is over on `day`.
    public static func lastClosed(_ kind: Kind, scheme: PeriodScheme, on day: Day) -> Period {
        if let current = Period(kind, containing: day, scheme: scheme) {
            // Only nine-month periods leave a gap, and there the current one may already be over.
            return current.isClosed(on: day) ? current : current.previous
        }
        return Period(kind, scheme, scheme.firstDay(year: scheme.month(containing: day).year, month: 1))
    }
}
