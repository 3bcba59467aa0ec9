import Model
import Settings

/// What must have passed before an agency is told of a figure: periods in a row that are like it, and working days after the period, in which the
/// agency can correct it.
public struct Patience: Hashable, Sendable {
    /// At least one, the judged period itself.
    public let periods: Int
    public let workingDays: Int

    public init(periods: Int = 1, workingDays: Int = 0) {
        self.periods = periods
        self.workingDays = workingDays
    }

    /// Reads `for`, unless the rule means something else by it, and `working_days`. Nil when something in them is wrong; the problems are with the reader.
    init?(_ reader: SettingsReader, readsPeriods: Bool = true) {
        let periods = readsPeriods && reader.has("for") ? reader.integer("for", in: 1...24) : 1
        let workingDays = reader.has("working_days") ? reader.integer("working_days", in: 0...60) : 0
        guard let periods, let workingDays else { return nil }
        self.init(periods: periods, workingDays: workingDays)
    }

    /// Whether the working days are over before the next period is, which is judged in this one's place then; otherwise that is a problem.
    func fits(_ indicators: [Indicator], _ reader: SettingsReader) -> Bool {
        guard let kind = indicators.lazy.map(\.period).first(where: { workingDays > Patience.most(in: $0) }) else { return true }
        reader.problem(
            "working_days",
            "'working_days' is \(workingDays), but the next \(kind.rawValue) is over before that and nobody would be told; at most \(Patience.most(in: kind))"
        )
        return false
    }

    /// The working days that every period of a kind has, also one with Tết in it.
    private static func most(in kind: Period.Kind) -> Int {
        switch kind {
        case .day: 0
        case .week: 3
        case .month: 15
        case .quarter: 50
        case .half, .nineMonths, .year: 60
        }
    }

    /// Whether the working days after a period are over; not while the calendar does not know them.
    func isOver(after period: Period, rule: String, _ scene: Scene, _ findings: inout [Finding]) -> Bool {
        guard workingDays > 0 else { return true }
        let last = CalendarCheck.answer(scene.calendar, rule: rule, &findings) { () throws(WorkCalendar.MissingYear) in
            try lastDay(after: period, scene.calendar)
        } restsOn: { last in
            period.range.last...last
        }
        return last.map { scene.today > $0 } ?? false
    }

    /// The same for whoever must know on which days it changes and has no use for findings.
    public func isOver(after period: Period, on today: Day, calendar: WorkCalendar) -> Bool {
        guard workingDays > 0 else { return true }
        do throws(WorkCalendar.MissingYear) { return try lastDay(after: period, calendar) < today } catch { return false }
    }

    private func lastDay(after period: Period, _ calendar: WorkCalendar) throws(WorkCalendar.MissingYear) -> Day {
        try calendar.day(workingDays, workingDaysAfter: period.range.last)
    }
}

extension Condition {
    /// A breach that nobody is told of yet.
    var withheld: Condition {
        if case .breach(let severity, let reason) = self { .suspected(severity, reason) } else { self }
    }

    var isBreach: Bool {
        if case .breach = self { true } else { false }
    }
}
