import Model

/// How a file that needs no mapping gives the days of one figure, as the push interface takes them: `from` alone for one day, `from` and `to` (both
/// inclusive), or `period` with the `scheme` it lies in; `day` too, as spreadsheets call it.
struct WrittenDays {
    static let fields: Set<String> = ["day", "from", "to", "period", "scheme"]

    /// The text of a field; nil when it is absent or empty.
    let text: (String) throws(PlainFile.Trouble) -> String?
    /// Whether days are read as `31/08/2026` too.
    let isVietnamese: Bool

    /// - Parameter asked: the days of figures that the file gives no days for.
    func range(asked: DayRange?) throws(PlainFile.Trouble) -> DayRange {
        if let period = try text("period") { return try range(of: period) }
        if let scheme = try text("scheme") { throw PlainFile.Trouble("scheme", found: scheme, expected: "a period beside it") }
        if let day = try day("day") {
            for field in ["from", "to"] { try refuse(field) }
            return DayRange(day)
        }
        guard let from = try day("from") else {
            if try text("to") != nil { throw PlainFile.Trouble("from", expected: "a first day, because 'to' is given") }
            guard let asked else { throw PlainFile.Trouble("from", expected: "from and to, or --period for the whole file") }
            return asked
        }
        guard let last = try day("to") else { return DayRange(from) }
        guard let range = DayRange(start: from, end: last + 1) else {
            throw PlainFile.Trouble("to", found: last.description, expected: "\(from) or later")
        }
        return range
    }

    private func range(of period: String) throws(PlainFile.Trouble) -> DayRange {
        for field in ["day", "from", "to"] { try refuse(field) }
        let name = try text("scheme") ?? PeriodScheme.calendar.rawValue
        guard let scheme = PeriodScheme(rawValue: name) else {
            throw PlainFile.Trouble("scheme", found: name, expected: PeriodScheme.allCases.map(\.rawValue).joined(separator: " or "))
        }
        guard let period = Period(period, scheme: scheme) else {
            throw PlainFile.Trouble("period", found: period, expected: "a period as 2026-08, 2026-Q3 or 2026")
        }
        return period.range
    }

    private func day(_ field: String) throws(PlainFile.Trouble) -> Day? {
        guard let text = try text(field) else { return nil }
        guard let day = Day(text) ?? (isVietnamese ? Day(text, pattern: .vietnamese) : nil) else {
            throw PlainFile.Trouble(field, found: text, expected: isVietnamese ? "a day as 31/08/2026 or 2026-08-31" : "a day as 2026-08-31")
        }
        return day
    }

    /// A field that says the days once more.
    private func refuse(_ field: String) throws(PlainFile.Trouble) {
        guard let text = try text(field) else { return }
        throw PlainFile.Trouble(field, found: text, expected: "either from and to, or day, or period")
    }
}
