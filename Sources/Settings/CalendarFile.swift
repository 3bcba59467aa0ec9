import Model

/// Reads calendar.yaml: what is known of each year's working days, with the holidays of years that state none computed by the law.
struct CalendarFile {
    let files: YAMLFile

    /// A calendar without years when the file could not be read; that is a problem already.
    func read() -> WorkCalendar {
        guard let file = files.reader("calendar.yaml") else { return WorkCalendar(years: [:]) }
        defer { file.finish() }
        var years: [Int: WorkCalendar.YearStatus] = [:]
        var origins: [Int: WorkCalendar.Origin] = [:]
        var days = CalendarDays()
        for entry in file.requiredReaders("years") {
            defer { entry.finish() }
            let year = entry.requiredValue("year", expected: "a year from 2000 to 2099") { Int($0).flatMap { (2000...2099).contains($0) ? $0 : nil } }
            let status = entry.requiredChoice("status", WorkCalendar.YearStatus.self)
            let basis = entry.string("basis") ?? ""
            let isComputed = !entry.has("days_off")
            let holidays = entry.readers("days_off") ?? []
            let swaps = entry.readers("swaps") ?? []
            let worked = entry.strings("worked_weekends") ?? []
            if let year, years.updateValue(status ?? .estimated, forKey: year) != nil {
                entry.problem("year", "the year \(year) stands twice; keep one of them")
            }
            for holiday in holidays { days.read(holiday, of: year) }
            if isComputed, let year, let status { days.compute(year, status, entry) }
            for swap in swaps { days.read(swap: swap, of: year) }
            guard let year else { continue }
            for text in worked { days.read(worked: text, of: year, entry) }
            origins[year] = WorkCalendar.Origin(basis: basis, isComputed: isComputed)
        }
        return WorkCalendar(years: years, daysOff: days.off, workedWeekends: days.worked, workedFor: days.workedFor, origins: origins)
    }
}

/// The days of calendar.yaml while it is read, entry by entry; each day may stand once.
private struct CalendarDays {
    var off: [Day: WorkCalendar.DayOff] = [:]
    var worked: Set<Day> = []
    var workedFor: [Day: Day] = [:]

    /// The holidays of a year that states none; only an estimated year may leave them to the law, and only while there is that law.
    mutating func compute(_ year: Int, _ status: WorkCalendar.YearStatus, _ entry: SettingsReader) {
        guard status == .estimated else {
            let remedy = "write its days off, 'days_off: []' for none, or 'status: estimated' to have them computed"
            return entry.problem(nil, "the year \(year) is confirmed and has no 'days_off'; \(remedy)")
        }
        guard let byLaw = WorkCalendar.daysOffByLaw(in: year) else {
            let first = StatutoryHoliday.years.lowerBound
            return entry.problem(nil, "the days off of \(year) cannot be computed, because the law behind it is of \(first); write 'days_off'")
        }
        off.merge(byLaw) { stated, _ in stated }
    }

    /// One holiday: `day`, or `from` and `to`, both inclusive.
    mutating func read(_ reader: SettingsReader, of year: Int?) {
        defer { reader.finish() }
        let name = reader.requiredString("name") ?? ""
        let reason = reader.choice("why", WorkCalendar.DayOff.Reason.self) ?? .holiday
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
        let dayOff = WorkCalendar.DayOff(named: name, reason)
        for offset in 0..<range.span { add(range.start + offset, dayOff, reader, single == nil ? "from" : "day") }
    }

    /// One swap: a working day `off` for a Saturday or Sunday `worked`, both of the year.
    mutating func read(swap reader: SettingsReader, of year: Int?) {
        defer { reader.finish() }
        let day = reader.required("off") { reader.day("off") }
        let weekend = reader.required("worked") { reader.day("worked") }
        guard let year, let day, let weekend else { return }
        guard day.year == year, day.weekday <= 5 else { return reader.problem("off", "'\(day)' is not a Monday to Friday of \(year)") }
        guard isWeekend(weekend, of: year) else { return reader.problem("worked", "'\(weekend)' is not a Saturday or Sunday of \(year)") }
        if let other = off[weekend] {
            return reader.problem("worked", "\(weekend) is off as '\(other.name.vietnamese)', so it cannot be worked; keep one of them")
        }
        if !worked.insert(weekend).inserted { return reader.problem("worked", "\(weekend) stands twice; keep one of them") }
        workedFor[weekend] = day
        let short = weekend.vietnamese.dropLast(5)
        let name = LocalizedText(vietnamese: "Nghỉ hoán đổi, làm bù \(short)", english: "Swapped, worked on \(weekend)")
        add(day, WorkCalendar.DayOff(name, .swap), reader, "off")
    }

    /// One worked weekend whose day off stands under `days_off`, or in another year.
    mutating func read(worked text: String, of year: Int, _ entry: SettingsReader) {
        guard let day = Day(text), isWeekend(day, of: year) else {
            entry.problem(item: text, of: "worked_weekends", "'\(text)' is not a Saturday or Sunday of \(year)")
            return
        }
        if let other = off[day] {
            let message = "\(day) is off as '\(other.name.vietnamese)', so it cannot be worked; keep one of them"
            entry.problem(item: text, of: "worked_weekends", message)
        }
        if !worked.insert(day).inserted { entry.problem(item: text, of: "worked_weekends", "\(day) stands twice; keep one of them") }
    }

    private func isWeekend(_ day: Day, of year: Int) -> Bool { day.year == year && day.weekday > 5 }

    private mutating func add(_ day: Day, _ dayOff: WorkCalendar.DayOff, _ reader: SettingsReader, _ key: String) {
        if let other = off.updateValue(dayOff, forKey: day) {
            reader.problem(key, "\(day) is already off as '\(other.name.vietnamese)'; keep one of them")
        }
    }
}
