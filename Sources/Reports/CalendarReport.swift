import Model

/// One year of the working calendar: how sure it is, every day that is not as the weekday says, and the working days of each month.
public enum CalendarReport {
    public static let layout = ReportLayout(
        "calendar",
        [
            ReportColumn("year", "Năm", "Year", "the year"),
            ReportColumn("status", "Tình trạng", "Status", "confirmed (from the year's notices) or estimated"),
            ReportColumn("holidays", "Ngày nghỉ", "Holidays", "stated in calendar.yaml, or computed from the law because it states none"),
            ReportColumn("working_days", "Số ngày làm việc", "Working days", "how many days of the year are worked"),
            ReportColumn("basis", "Căn cứ", "Basis", "the notices, as the operator wrote them"),
        ])

    public static let daysLayout = ReportLayout(
        "calendar-days",
        [
            ReportColumn("day", "Ngày", "Day", "a day that is not as its weekday says"),
            ReportColumn("weekday", "Thứ", "Weekday", "1 is Monday, 7 is Sunday"),
            ReportColumn("works", "Làm việc", "Worked", "yes or no"),
            ReportColumn("why", "Lý do", "Why", "holiday, compensatory, swap (day off), worked (weekend)"),
            ReportColumn("name", "Tên", "Name", "the holiday, or what it is in exchange for"),
            ReportColumn("exchanged", "Đổi với", "Exchanged", "the other day of a swap"),
        ])

    public static let monthsLayout = ReportLayout(
        "calendar-months",
        [
            ReportColumn("month", "Tháng", "Month", "the month's id, 2026-08"),
            ReportColumn("working_days", "Ngày làm việc", "Working days", "worked days of the calendar month"),
            ReportColumn(
                "working_days_admin15", "Kỳ báo cáo (15–14)", "15th to 14th",
                "worked days from the 15th of the month before to the 14th; empty when the year before is missing"),
        ])

    /// The year must be one the calendar has.
    public static func document(_ calendar: WorkCalendar, year: Int, language: Language) -> Document {
        let days = Set(calendar.daysOff.keys).union(calendar.workedWeekends).filter { $0.year == year }.sorted()
        let months = (1...12).map { month in [PeriodScheme.calendar, .admin15].compactMap { Period("\(year)-\(month.padded(to: 2))", scheme: $0) } }
        let rows: [[Sheet.Value]] = months.compactMap { schemes in
            schemes.first.map { [$0.cell(language)] + schemes.map { workingDays(calendar, in: $0) } }
        }
        return Document([
            .sheet(
                layout.record(language.choose("Lịch làm việc năm \(year)", "Working calendar of \(year)"), language, row(calendar, year, language))),
            .sheet(
                daysLayout.sheet(
                    language.choose("Ngày nghỉ và ngày làm bù", "Days off and worked weekends"), language,
                    rows: days.map { row(calendar, $0, language) },
                    notes: notes(calendar, year, language))),
            .sheet(monthsLayout.sheet(language.choose("Số ngày làm việc", "Working days"), language, rows: rows)),
        ])
    }

    private static func row(_ calendar: WorkCalendar, _ year: Int, _ language: Language) -> [Sheet.Value] {
        let origin = calendar.origins[year] ?? WorkCalendar.Origin()
        let whole = Period(year.padded(to: 4)).map { workingDays(calendar, in: $0) } ?? .missing
        return [
            .text(String(year)), calendar.years[year]?.cell(language) ?? .missing,
            origin.isComputed
                ? .code("computed", title: language.choose("tính theo luật", "computed from the law"), tone: .faint)
                : .code("stated", title: language.choose("ghi trong calendar.yaml", "stated in calendar.yaml"), tone: .plain),
            whole, .text(origin.basis),
        ]
    }

    private static func row(_ calendar: WorkCalendar, _ day: Day, _ language: Language) -> [Sheet.Value] {
        let weekday = Sheet.Value.code(String(day.weekday), title: day.weekdayName(language), tone: .plain)
        guard let dayOff = calendar.daysOff[day] else {
            let exchanged = calendar.workedFor[day]
            let name = exchanged.map { language.choose("Làm bù cho \($0.vietnamese)", "Worked for \($0)") } ?? language.choose("Làm bù", "Worked")
            let why = Sheet.Value.code("worked", title: language.choose("Ngày làm bù", "Worked weekend"), tone: .warning)
            return [.day(day), weekday, .flag(true, language), why, .text(name), .day(exchanged)]
        }
        let exchanged = calendar.workedFor.first { $0.value == day }?.key
        return [.day(day), weekday, .flag(false, language), dayOff.reason.cell(language), .text(dayOff.name[language]), .day(exchanged)]
    }

    private static func workingDays(_ calendar: WorkCalendar, in period: Period) -> Sheet.Value {
        do {
            return .count(try calendar.workingDays(in: period.range))
        } catch {
            return .missing
        }
    }

    /// What a reader of a computed year must know: it is likely, not announced.
    private static func notes(_ calendar: WorkCalendar, _ year: Int, _ language: Language) -> [String] {
        guard calendar.origins[year]?.isComputed == true else { return [] }
        let computed = language.choose(
            "Tính theo Bộ luật Lao động 2019 (điều 111, 112) và lịch âm Việt Nam; thông báo của năm có thể chọn khác cho Tết, Quốc khánh và hoán đổi.",
            "Computed from the Labour Code 2019 (articles 111, 112) and Viet Nam's lunar calendar; the year's notice may place Tết and National Day "
                + "otherwise, and swap days.")
        let lost = StatutoryHoliday.allCases.filter { !$0.isMadeUp }.flatMap { $0.days(in: year) }.filter { $0.weekday > 5 }
        return [computed]
            + lost.map { day in
                language.choose(
                    "Ngày \(day.vietnamese) trùng ngày nghỉ hằng tuần; chưa rõ có được nghỉ bù, nên chưa tính.",
                    "\(day) falls on a weekend; whether it is made up is open, so it is not.")
            }
    }
}

/// What an operator should look at in the working calendar.
public enum CalendarRemarksReport {
    public static let layout = ReportLayout(
        "calendar-remarks",
        [
            ReportColumn("severity", "Mức độ", "Severity", "problem (something cannot be counted) or warning"),
            ReportColumn("year", "Năm", "Year", "the year it is about"),
            ReportColumn("kind", "Loại", "Kind", "year-missing, notice-due, holiday-worked, not-a-holiday, day-count, swap-unpaired"),
            ReportColumn("day", "Ngày", "Day", "the day it is about; empty when it is about the year"),
            ReportColumn("message", "Nội dung", "Message", "what is wrong and what to do, in the language asked for"),
        ])

    public static func sheet(_ remarks: [CalendarRemark], language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = remarks.map { remark in
            let severity =
                remark.isProblem
                ? Sheet.Value.code("problem", title: language.choose("Lỗi", "Problem"), tone: .critical)
                : .code("warning", title: language.choose("Cảnh báo", "Warning"), tone: .warning)
            return [severity, .text(String(remark.year)), .text(remark.kind.rawValue), .day(remark.day), .text(remark.sentence(language))]
        }
        return layout.sheet(language.choose("Lịch làm việc", "Working calendar"), language, rows: rows)
    }

    /// The remarks in one or two lines, for the status and for the check of a whole configuration; none when all is well.
    public static func summary(_ remarks: [CalendarRemark], language: Language) -> [String] {
        let missing = remarks.filter(\.isProblem).map { String($0.year) }.joined(separator: ", ")
        let others = remarks.count { !$0.isProblem }
        let first = language.choose(
            "calendar.yaml: thiếu năm \(missing); không tính được hạn và ngày làm việc trong đó",
            "calendar.yaml: missing years: \(missing); deadlines and working days in them cannot be counted")
        let second = language.choose(
            "calendar.yaml: \(others) điểm cần xem; chạy dondoc calendar check",
            "calendar.yaml: \(others == 1 ? "1 thing" : "\(others) things") to look at; run dondoc calendar check")
        return (missing.isEmpty ? [] : [first]) + (others == 0 ? [] : [second])
    }
}
