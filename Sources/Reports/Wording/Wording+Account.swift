import Model

extension Account.Side {
    func title(_ language: Language) -> String {
        switch self {
        case .numerator: language.choose("Tử số", "Numerator")
        case .denominator: language.choose("Mẫu số", "Denominator")
        case .reported: language.choose("Nguồn công bố", "Source's own")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: self == .reported ? .faint : .plain) }
}

extension Account.Role {
    func title(_ language: Language) -> String {
        switch self {
        case .counted: language.choose("Được tính", "Counted")
        case .base: language.choose("Gốc để trừ", "Base")
        case .notCounted: language.choose("Không tính", "Not counted")
        case .unknown: language.choose("Nguồn chưa rõ", "Unknown")
        }
    }

    func cell(_ language: Language) -> Sheet.Value {
        let tone: Sheet.Tone =
            switch self {
            case .counted: .plain
            case .base, .notCounted: .faint
            case .unknown: .warning
            }
        return .code(rawValue, title: title(language), tone: tone)
    }
}

extension Account.Term {
    var signCell: Sheet.Value { .code(term.isSubtracted ? "-" : "+", title: term.isSubtracted ? "−" : "+", tone: .plain) }

    /// Null, zero and absent are three things.
    func stateCell(_ language: Language) -> Sheet.Value {
        if value != nil { return .code("known", title: language.choose("Có số liệu", "Known"), tone: .plain) }
        if isReported { return .code("unknown", title: language.choose("Nguồn chưa rõ", "Unknown"), tone: .warning) }
        return term.isOptional
            ? .code("zero", title: language.choose("Không gửi, tính là 0", "Not delivered, counts 0"), tone: .faint)
            : .code("absent", title: language.choose("Chưa nhận", "Never delivered"), tone: .critical)
    }
}

extension Measure.Kind {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .flow: language.choose("Cộng dồn theo ngày", "Flow")
        case .stock: language.choose("Số cuối kỳ", "Stock")
        case .cumulative: language.choose("Lũy kế từ đầu năm", "Running total")
        }
    }

    func cell(_ language: Language) -> Sheet.Value {
        let id =
            switch self {
            case .flow: "flow"
            case .stock: "stock"
            case .cumulative: "cumulative"
            }
        return .code(id, title: title(language), tone: .plain)
    }
}
