import Model

/// Reads calendar.yaml: what is known of each year's working days.
struct CalendarFile {
    let files: YAMLFile

    /// A calendar without years when the file could not be read; that is a problem already.
    func read() -> WorkCalendar {
        guard let file = files.reader("calendar.yaml") else { return WorkCalendar(years: [:]) }
        defer { file.finish() }
        var years: [Int: WorkCalendar.YearStatus] = [:]
        var daysOff: [Day: String] = [:]
        var workedWeekends: Set<Day> = []
        for entry in file.requiredReaders("years") {
            defer { entry.finish() }
            let year = entry.requiredValue("year", expected: "a year from 2000 to 2099") { Int($0).flatMap { (2000...2099).contains($0) ? $0 : nil } }
            let status = entry.requiredChoice("status", WorkCalendar.YearStatus.self)
            _ = entry.string("basis")
            let holidays = entry.readers("days_off") ?? []
            let worked = entry.strings("worked_weekends") ?? []
            guard let year else {
                for holiday in holidays { read(holiday, of: nil, into: &daysOff) }
                continue
            }
            if years.updateValue(status ?? .estimated, forKey: year) != nil {
                entry.problem("year", "the year \(year) stands twice; keep one of them")
            }
            for holiday in holidays { read(holiday, of: year, into: &daysOff) }
            for text in worked { read(worked: text, of: year, entry, daysOff, into: &workedWeekends) }
        }
        return WorkCalendar(years: years, daysOff: daysOff, workedWeekends: workedWeekends)
    }

    private func read(worked text: String, of year: Int, _ entry: SettingsReader, _ daysOff: [Day: String], into worked: inout Set<Day>) {
        guard let day = Day(text), day.year == year, day.weekday > 5 else {
            entry.problem(item: text, of: "worked_weekends", "'\(text)' is not a Saturday or Sunday of \(year)")
            return
        }
        if let name = daysOff[day] {
            entry.problem(item: text, of: "worked_weekends", "\(day) is off as '\(name)', so it cannot be worked; keep one of them")
        }
        if !worked.insert(day).inserted { entry.problem(item: text, of: "worked_weekends", "\(day) stands twice; keep one of them") }
    }

    /// One holiday: `day`, or `from` and `to`, both inclusive.
    private func read(_ reader: SettingsReader, of year: Int?, into daysOff: inout [Day: String]) {
        defer { reader.finish() }
        let name = reader.requiredString("name") ?? ""
        let single = reader.day("day")
        let (from, to) = reader.effectiveDays()
        let isGiven = reader.has("day") ? !reader.has("from") && !reader.has("to") : reader.has("from") && reader.has("to")
        guard isGiven else { return reader.problem(nil, "a day off needs 'day', or 'from' and 'to'") }
        guard let year, let first = single ?? from, let end = single.map({ $0 + 1 }) ?? to, let range = DayRange(start: first, end: end) else {
            return
        }
        guard range.start.year == year, range.last.year == year else {
            let key = single != nil ? "day" : range.start.year == year ? "to" : "from"
            return reader.problem(key, "\(range) is not within \(year); a holiday over New Year stands in both years")
        }
        guard range.span <= 31 else { return reader.problem("to", "\(range) is \(range.span) days long; a holiday has at most 31") }
        for offset in 0..<range.span {
            let day = range.start + offset
            if let other = daysOff.updateValue(name, forKey: day) {
                reader.problem(single == nil ? "from" : "day", "\(day) is already off as '\(other)'; keep one of them")
            }
        }
    }
}
