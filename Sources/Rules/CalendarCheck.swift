import Model

/// Asks the working calendar, and says by findings when the answer is missing or stands on an estimated year.
enum CalendarCheck {
    /// Nil, with a finding, when a year is missing: a rule must not treat an unknown year as free of holidays.
    static func answer<T>(
        _ calendar: WorkCalendar, rule: String, _ findings: inout [Finding], _ ask: () throws(WorkCalendar.MissingYear) -> T,
        restsOn days: (T) -> ClosedRange<Day>
    ) -> T? {
        do {
            let answer = try ask()
            let used = days(answer)
            for year in used.lowerBound.year...used.upperBound.year where calendar.years[year] == .estimated {
                add(.estimatedYear(year, askedBy: rule), to: &findings)
            }
            return answer
        } catch {
            add(.missingYear(error.year, askedBy: rule), to: &findings)
            return nil
        }
    }

    private static func add(_ finding: Finding, to findings: inout [Finding]) {
        if !findings.contains(finding) { findings.append(finding) }
    }
}
