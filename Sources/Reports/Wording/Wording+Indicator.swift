import Model

extension Indicator.Direction {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .higherIsBetter: language.choose("Càng cao càng tốt", "Higher is better")
        case .lowerIsBetter: language.choose("Càng thấp càng tốt", "Lower is better")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: .plain) }
}

extension Indicator.Unit {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .percent: language.choose("Phần trăm", "Percent")
        case .quotient: language.choose("Tỷ số", "Quotient")
        case .perWorkingDay: language.choose("Bình quân ngày làm việc", "Per working day")
        case .count: language.choose("Số lượng", "Count")
        case .daysSince: language.choose("Số ngày kể từ lần gần nhất", "Days since the last")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: .plain) }

    /// A bound or figure in this unit, as people read it in a sentence.
    func words(_ number: ExactDecimal, _ language: Language) -> String {
        let value: Sheet.Value = self == .percent ? .percent(number) : .decimal(number)
        guard self == .daysSince else { return value.words(language) }
        return value.words(language) + language.choose(" ngày", number == ExactDecimal(1) ? " day" : " days")
    }
}
