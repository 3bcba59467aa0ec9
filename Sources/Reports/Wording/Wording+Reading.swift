import Model

extension Reading.State {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .figure: language.choose("Có số liệu", "Reported")
        case .notReported: language.choose("Chưa báo cáo", "Not reported")
        case .unknown: language.choose("Thiếu số liệu", "Incomplete")
        case .nothingToCount: language.choose("Không phát sinh", "Nothing to count")
        case .inconsistent: language.choose("Số liệu mâu thuẫn", "Inconsistent")
        case .definitionBreak: language.choose("Thay đổi định nghĩa", "Definition changed")
        }
    }

    /// Never reported is the loudest state.
    var tone: Sheet.Tone {
        switch self {
        case .figure: .plain
        case .notReported, .inconsistent: .critical
        case .unknown, .definitionBreak: .warning
        case .nothingToCount: .faint
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: tone) }
}

extension Reading {
    /// The printed figure in the indicator's unit; missing unless the state is `figure`.
    func value(_ unit: Indicator.Unit) -> Sheet.Value {
        guard state == .figure else { return .missing }
        switch unit {
        case .percent: return .percent(ratio?.percent())
        case .quotient, .perWorkingDay: return .decimal(ratio?.quotient())
        case .count, .daysSince: return .integer(numerator)
        }
    }

    /// The figure as people read it in a sentence, `85,00%`; nil when there is none.
    func figure(_ unit: Indicator.Unit, _ language: Language) -> String? {
        let value = value(unit)
        return value == .missing ? nil : value.words(language)
    }
}

extension Coverage {
    /// The share of days as a whole percentage, cut off so that 100 means complete.
    var percent: ExactDecimal? { Ratio(Int64(days), over: Int64(of))?.percent(scale: 0, rounding: .truncated) }
}
