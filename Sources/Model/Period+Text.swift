extension Period: CustomStringConvertible, Comparable {
    /// The ISO-like id: `2026`, `2026-H1`, `2026-9M`, `2026-Q3`, `2026-08`, `2026-W32`, `2026-08-01`. The scheme is written beside it, never in it.
    public var description: String {
        switch kind {
        case .day: range.start.description
        case .week: "\(year.padded(to: 4))-W\(index.padded(to: 2))"
        case .month: "\(year.padded(to: 4))-\(index.padded(to: 2))"
        case .quarter: "\(year.padded(to: 4))-Q\(index)"
        case .half: "\(year.padded(to: 4))-H\(index)"
        case .nineMonths: "\(year.padded(to: 4))-9M"
        case .year: year.padded(to: 4)
        }
    }

    /// The period an id names in a scheme; nil when it names none.
    public init?(_ text: String, scheme: PeriodScheme = .calendar) {
        if let day = Day(text) {
            self.init(.day, containing: day, scheme: scheme)
            return
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let yearText = parts.first, yearText.utf8.count == 4, yearText.utf8.allSatisfy(\.isDigit), let year = Int(yearText), year >= 1 else {
            return nil
        }
        switch parts.count {
        case 1: self.init(.year, containing: scheme.firstDay(year: year, month: 1), scheme: scheme)
        case 2: self.init(suffix: parts[1], year: year, scheme: scheme)
        default: return nil
        }
    }

    private init?(suffix: Substring, year: Int, scheme: PeriodScheme) {
        let digits = suffix.hasPrefix("W") || suffix.hasPrefix("Q") || suffix.hasPrefix("H") ? suffix.dropFirst() : suffix
        if suffix == "9M" {
            self.init(.nineMonths, containing: scheme.firstDay(year: year, month: 1), scheme: scheme)
            return
        }
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let number = Int(digits), number >= 1 else { return nil }
        switch (suffix.first, digits.utf8.count) {
        case ("W", 2):
            guard let fourth = Day(year: year, month: 1, day: 4), number <= 53 else { return nil }
            self.init(.week, containing: fourth + 7 * (number - 1), scheme: scheme)
            guard self.year == year else { return nil }
        case ("Q", 1) where number <= 4: self.init(.quarter, containing: scheme.firstDay(year: year, month: 3 * number), scheme: scheme)
        case ("H", 1) where number <= 2: self.init(.half, containing: scheme.firstDay(year: year, month: 6 * number), scheme: scheme)
        case (_, 2) where number <= 12 && digits == suffix:
            self.init(.month, containing: scheme.firstDay(year: year, month: number), scheme: scheme)
        default: return nil
        }
    }

    /// As people say it: "Tháng 8/2026", "Quý III/2026", "6 tháng đầu năm 2026"; in English "August 2026", "Q3 2026".
    /// A period of the 15-to-14 scheme adds its days, because the name alone would mislead.
    public func title(_ language: Language) -> String {
        let name = language == .vietnamese ? vietnameseName : englishName
        guard scheme == .admin15, kind != .day, kind != .week else { return name }
        return language == .vietnamese
            ? "\(name) (\(range.start.vietnamese)–\(range.last.vietnamese))" : "\(name) (\(range.start) to \(range.last))"
    }

    private var vietnameseName: String {
        switch kind {
        case .day: "Ngày \(range.start.vietnamese)"
        case .week: "Tuần \(index)/\(year)"
        case .month: "Tháng \(index)/\(year)"
        case .quarter: "Quý \(["I", "II", "III", "IV"][index - 1])/\(year)"
        case .half: index == 1 ? "6 tháng đầu năm \(year)" : "6 tháng cuối năm \(year)"
        case .nineMonths: "9 tháng đầu năm \(year)"
        case .year: "Năm \(year)"
        }
    }

    private var englishName: String {
        let months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
        return switch kind {
        case .day: range.start.description
        case .week: "Week \(index) of \(year)"
        case .month: "\(months[index - 1]) \(year)"
        case .quarter: "Q\(index) \(year)"
        case .half: index == 1 ? "First half of \(year)" : "Second half of \(year)"
        case .nineMonths: "First nine months of \(year)"
        case .year: "Year \(year)"
        }
    }

    /// By first day, then by length: a quarter stands after the month it begins with.
    public static func < (left: Period, right: Period) -> Bool {
        left.range < right.range
    }
}
