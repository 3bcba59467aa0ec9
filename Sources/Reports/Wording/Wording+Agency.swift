import Model

extension Agency.Level {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .province: language.choose("Tỉnh", "Province")
        case .department: language.choose("Sở, ban, ngành", "Department")
        case .district: language.choose("Huyện", "District")
        case .commune: language.choose("Xã, phường", "Commune")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: .plain) }
}

extension PeriodScheme {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .calendar: language.choose("Dương lịch", "Calendar")
        case .admin15: language.choose("Báo cáo (15–14)", "Reporting (15–14)")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: .plain) }
}

extension Period.Kind {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .day: language.choose("Ngày", "Day")
        case .week: language.choose("Tuần", "Week")
        case .month: language.choose("Tháng", "Month")
        case .quarter: language.choose("Quý", "Quarter")
        case .half: language.choose("6 tháng", "Half-year")
        case .nineMonths: language.choose("9 tháng", "Nine months")
        case .year: language.choose("Năm", "Year")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: .plain) }
}

extension Period {
    /// The stable id with the name people read; the scheme stands in a column of its own.
    func cell(_ language: Language) -> Sheet.Value { .code(description, title: title(language), tone: .plain) }
}
