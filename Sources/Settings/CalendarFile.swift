import Model

/// Reads calendar.yaml: what is known of each year's working days.
struct CalendarFile {
    let files: YAMLFile

    func read() -> WorkCalendar? {
        guard let file = files.reader("calendar.yaml") else { return nil }
        defer { file.finish() }
        guard let entries = file.readers("years") else {
            if !file.has("years") { file.problem(nil, "'years' is missing") }
            return nil
        }
        var years: [Int: WorkCalendar.YearStatus] = [:]
        var daysOff: [Day: String] = [:]
        var workedWeekends: Set<Day> = []
        for entry in entries {
            defer { entry.finish() }
            let year = entry.requiredValue("year", expected: "a year from 2000 to 2099") { Int($0).flatMap { (2000...2099).contains($0) ? $0 : nil } }
            let status = entry.requiredValue("status", expected: "confirmed or estimated") { WorkCalendar.YearStatus(rawValue: $0) }
            _ = entry.string("basis")
            guard let year, let status else { continue }
            if years.updateValue(status, forKey: year) != nil { entry.problem("year", "the year \(year) stands twice") }
            for off in entry.readers("days_off") ?? [] { read(off, of: year, into: &daysOff) }
            for text in entry.strings("worked_weekends") ?? [] {
                guard let day = Day(text), day.year == year, day.weekday > 5 else {
                    entry.problem("worked_weekends", "'\(text)' is not a Saturday or Sunday of \(year)")
                    continue
                }
                workedWeekends.insert(day)
            }
        }
        return WorkCalendar(years: years, daysOff: daysOff, workedWeekends: workedWeekends)
    }

    /// One holiday: `day`, or `from` and `to`, both inclusive.
    private func read(_ reader: SettingsReader, of year: Int, into daysOff: inout [Day: String]) {
        defer { reader.finish() }
        let name = reader.requiredString("name") ?? ""
        let single = reader.day("day")
        let (from, to) = reader.effectiveDays()
        let ends = [reader.has("from"), reader.has("to")]
        guard ends.allSatisfy({ $0 != reader.has("day") }) else {
            reader.problem(nil, "a day off needs 'day', or 'from' and 'to'")
            return
        }
        guard let first = single ?? from, let end = single.map({ $0 + 1 }) ?? to, let range = DayRange(start: first, end: end) else { return }
        guard range.start.year == year, range.last.year == year else {
            reader.problem(single == nil ? "from" : "day", "\(range) is not within \(year); a holiday over New Year stands in both years")
            return
        }
        guard range.span <= 31 else {
            reader.problem("to", "\(range) is \(range.span) days; a holiday has at most 31")
            return
        }
        for offset in 0..<range.span {
            let day = range.start + offset
            if let other = daysOff.updateValue(name, forKey: day) { reader.problem(nil, "\(day) is already off as '\(other)'") }
        }
    }
}
