import Control
import Model
import Reports
import Rules
import Settings
import Store

extension Desk {
    /// One year of a calendar, of the running configuration or of one on disk.
    public static func calendar(_ calendar: WorkCalendar, year: Int, language: Language) throws(Failure) -> Document {
        guard calendar.years[year] != nil else {
            let known = calendar.years.keys.sorted().map { String($0) }.joined(separator: ", ")
            throw Failure(
                .unknownID, language == .vietnamese ? "calendar.yaml không có năm \(year)" : "calendar.yaml has no year \(year)",
                hint: language == .vietnamese ? "các năm đã có: \(known)" : "the years it has: \(known)")
        }
        return CalendarReport.document(calendar, year: year, language: language)
    }

    /// What should be looked at in the calendar, with the years that stored figures need.
    public func calendarRemarks() throws(Failure) -> [CalendarRemark] {
        let measures = Set(core.indicators.filter { $0.unit == .perWorkingDay }.flatMap { $0.definitions.flatMap(\.measures) })
        let first = try reading { () throws(StoreError) in measures.isEmpty ? nil : try store.firstDay(of: Array(measures)) }
        return configuration.calendarRemarks(on: today, dataSince: first)
    }
}

extension Configuration {
    /// What should be looked at in the calendar.
    ///
    /// - Parameter dataSince: the first day of figures that are divided by working days; the first period that agencies owe counts besides.
    public func calendarRemarks(on today: Day, dataSince: Day? = nil) -> [CalendarRemark] {
        let owedSince = rules.compactMap { ($0 as? NotReportedRule)?.from }
        return core.calendar.remarks(on: today, dataSince: (owedSince + [dataSince].compactMap { $0 }).min())
    }
}
