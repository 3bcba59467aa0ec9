import Model

/// How a file that needs no mapping gives the days of one figure, as the push interface takes them: `from` alone for one day, `from` and `to` (both
/// inclusive), or `period` with the `scheme` it lies in; `day` too, as spreadsheets call it.
struct WrittenDays {
    static let fields: Set<String> = ["day", "from", "to", "period", "scheme"]

    let place: String
    /// The text of a field; nil when it is absent or empty.
    let text: (String) throws(DecodeError) -> String?
    /// Reads a day as the file writes it.
    let reads: (String) -> Day?

    /// - Parameter asked: the days of figures that the file gives no days for.
    func range(asked: DayRange?) throws(DecodeError) -> DayRange {
        if let period = try text("period") { return try range(of: period) }
        if try text("scheme") != nil { throw DecodeError("'scheme' stands beside 'period' only", at: place) }
        if let day = try day("day") {
            guard try text("from") == nil, try text("to") == nil else { throw twoWays }
            return DayRange(day)
        }
        guard let from = try day("from") else {
            if try text("to") != nil { throw DecodeError("'to' without 'from'", at: place) }
            guard let asked else {
                throw DecodeError("no days: give from and to in the file, or the period of the whole file with --period", at: place)
            }
            return asked
        }
        guard let range = DayRange(start: from, end: (try day("to") ?? from) + 1) else { throw DecodeError("'to' is before 'from'", at: place) }
        return range
    }

    private func range(of period: String) throws(DecodeError) -> DayRange {
        for field in ["day", "from", "to"] where try text(field) != nil { throw twoWays }
        let name = try text("scheme") ?? PeriodScheme.calendar.rawValue
        guard let scheme = PeriodScheme(rawValue: name) else {
            throw DecodeError(
                "'scheme' is '\(name.prefix(40))', expected \(PeriodScheme.allCases.map(\.rawValue).joined(separator: " or "))", at: place)
        }
        guard let period = Period(period, scheme: scheme) else {
            throw DecodeError("'period' is '\(period.prefix(40))', expected a period of \(name) as 2026-08, 2026-Q3 or 2026", at: place)
        }
        return period.range
    }

    private func day(_ field: String) throws(DecodeError) -> Day? {
        guard let text = try text(field) else { return nil }
        guard let day = reads(text) else { throw DecodeError("'\(field)' is '\(text.prefix(40))', expected a day as 2026-08-31", at: place) }
        return day
    }

    private var twoWays: DecodeError { DecodeError("days are given by 'from' and 'to', by 'day' or by 'period', not by two of them", at: place) }
}
