import Model

extension WorkCalendar.YearStatus {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .confirmed: language.choose("Đã xác nhận", "Confirmed")
        case .estimated: language.choose("Dự kiến", "Estimated")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: self == .confirmed ? .good : .faint) }
}

extension WorkCalendar.DayOff.Reason {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .holiday: language.choose("Ngày lễ, Tết", "Holiday")
        case .compensatory: language.choose("Nghỉ bù", "In lieu")
        case .swap: language.choose("Nghỉ hoán đổi", "Swapped")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: .plain) }
}

extension Day {
    /// The weekday's name, as a calendar prints it.
    func weekdayName(_ language: Language) -> String {
        let vietnamese = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
        let english = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        return language.choose(vietnamese[weekday - 1], english[weekday - 1])
    }
}

extension CalendarRemark {
    /// What is wrong and what to do, without the file's name.
    public func sentence(_ language: Language) -> String {
        switch kind {
        case .yearMissing: missing(language)
        case .noticeDue:
            language.choose(
                "năm \(year) còn là dự kiến; nhập ngày nghỉ theo thông báo của năm rồi đặt status: confirmed",
                "\(year) is still estimated; enter the days of its notices and set status: confirmed")
        case .holidayWorked:
            language.choose(
                "\(shownDay(language)) là \(holiday?.name.vietnamese ?? "") theo luật nhưng đang tính là ngày làm việc; bổ sung vào days_off",
                "\(shownDay(language)) is \(holiday?.name.english ?? "") by law, but counts as a working day; add it to days_off")
        case .notAHoliday:
            language.choose(
                "\(shownDay(language)) ghi là ngày lễ nhưng luật không có; nếu là nghỉ bù hay hoán đổi thì ghi why: compensatory hoặc why: swap",
                "\(shownDay(language)) stands as a holiday, but the law has none on it; for a day in lieu or swapped write why: compensatory or swap")
        case .dayCount:
            language.choose(
                "năm \(year) có \(found ?? 0) ngày lễ và nghỉ bù từ thứ Hai đến thứ Sáu, theo luật là \(expectedText("hoặc")); kiểm tra ngày nghỉ bù",
                "\(year) has \(found ?? 0) holidays and days in lieu from Monday to Friday, by law \(expectedText("or")); look at the days in lieu")
        case .swapUnpaired:
            language.choose(
                "năm \(year) có \(found ?? 0) ngày nghỉ hoán đổi và \(expectedText("hoặc")) ngày làm bù; mỗi ngày nghỉ cần một ngày làm bù (swaps)",
                "\(year) has \(found ?? 0) days off by swap and \(expectedText("or")) weekend days worked; each day off needs one (swaps)")
        }
    }

    /// Before the law a year's days cannot be computed, so they must be written.
    private func missing(_ language: Language) -> String {
        let entry = StatutoryHoliday.years.contains(year) ? "- {year: \(year), status: estimated}" : "year: \(year), status, days_off"
        return language.choose(
            "thiếu năm \(year), nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '\(entry)'",
            "\(year) is missing, so deadlines and working days in it cannot be counted; add '\(entry)'")
    }

    private func shownDay(_ language: Language) -> String {
        day.map { language.choose("ngày \($0.vietnamese) (\($0.weekdayName(language)))", "\($0) (\($0.weekdayName(language)))") } ?? ""
    }

    private func expectedText(_ or: String) -> String {
        guard let expected else { return "" }
        return expected.count == 1 ? "\(expected.lowerBound)" : "\(expected.lowerBound) \(or) \(expected.upperBound)"
    }
}
