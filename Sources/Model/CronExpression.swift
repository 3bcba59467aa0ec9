/// A schedule of five cron fields (minute, hour, day of month, month, weekday) on Viet Nam's clocks.
///
/// Fields hold `*`, numbers, ranges `1-5`, steps `*/15` or `0-30/10`, and lists of them. Weekdays are 0–7 with Sunday as 0 and 7. As in every
/// cron, a day matches when either day field matches, if both are restricted.
public struct CronExpression: Hashable, Sendable {
    public let text: String
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let restrictsDays: Bool
    private let restrictsWeekdays: Bool

    /// Nil when the text is not five fields of that form, or names no moment at all (30 February).
    public init?(_ text: String) {
        let fields = text.split(separator: " ")
        guard fields.count == 5, let minutes = CronExpression.values(fields[0], in: 0...59), let hours = CronExpression.values(fields[1], in: 0...23),
            let days = CronExpression.values(fields[2], in: 1...31), let months = CronExpression.values(fields[3], in: 1...12),
            let weekdays = CronExpression.values(fields[4], in: 0...7)
        else { return nil }
        self.text = fields.joined(separator: " ")
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        self.weekdays = Set(weekdays.map { $0 == 0 ? 7 : $0 })
        restrictsDays = !fields[2].hasPrefix("*")
        restrictsWeekdays = !fields[4].hasPrefix("*")
        guard next(after: Instant(milliseconds: 0)) != nil else { return nil }
    }

    /// The first matching minute after an instant; nil when there is none within eight years.
    public func next(after instant: Instant) -> Instant? {
        let firstMinute = instant.timeOfDay / 60_000 + 1
        var day = instant.day
        if let found = minute(from: Int(firstMinute), on: day) { return found }
        for _ in 0..<(8 * 366) {
            day = day + 1
            if let found = minute(from: 0, on: day) { return found }
        }
        return nil
    }

    private func minute(from first: Int, on day: Day) -> Instant? {
        guard first < 1440, matches(day) else { return nil }
        return (first..<1440).first { hours.contains($0 / 60) && minutes.contains($0 % 60) }.map { Instant(day, hour: $0 / 60, minute: $0 % 60) }
    }

    private func matches(_ day: Day) -> Bool {
        guard months.contains(day.month) else { return false }
        let byDay = days.contains(day.dayOfMonth)
        let byWeekday = weekdays.contains(day.weekday)
        return restrictsDays && restrictsWeekdays ? byDay || byWeekday : byDay && byWeekday
    }

    private static func values(_ field: Substring, in bounds: ClosedRange<Int>) -> Set<Int>? {
        var values: Set<Int> = []
        for item in field.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), let range = range(parts[0], in: bounds, isStepped: parts.count == 2) else { return nil }
            let step = parts.count == 2 ? number(parts[1]) ?? 0 : 1
            guard step >= 1 else { return nil }
            values.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
        }
        return values.isEmpty ? nil : values
    }

    private static func range(_ text: Substring, in bounds: ClosedRange<Int>, isStepped: Bool) -> ClosedRange<Int>? {
        if text == "*" { return bounds }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
        switch ends.count {
        case 1:
            guard let only = ends[0], bounds.contains(only) else { return nil }
            return isStepped ? only...bounds.upperBound : only...only
        case 2:
            guard let low = ends[0], let high = ends[1], bounds.contains(low), bounds.contains(high), low <= high else { return nil }
            return low...high
        default: return nil
        }
    }

    private static func number(_ text: Substring) -> Int? {
        (1...2).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
    }
}

extension CronExpression: CustomStringConvertible {
    public var description: String { text }
}
