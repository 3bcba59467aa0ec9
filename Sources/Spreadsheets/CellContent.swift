import Model

/// What stands in a cell: what was typed, or what a formula came to when the file was saved.
public enum CellContent: Hashable, Sendable {
    case text(String)
    /// The digits as the file has them, which may be those of the binary number behind them; `exact` makes of them what people see.
    case number(digits: String, isPercent: Bool)
    /// A number that is formatted as a day.
    case day(Day)
    case boolean(Bool)
    /// `#DIV/0!`, `#REF!` and the like.
    case error(String)
    /// A formula that nobody has calculated, because a program wrote the file that cannot.
    case uncalculated

    /// Whether there is anything to see.
    public var isBlank: Bool {
        if case .text(let text) = self { return text.allSatisfy(\.isWhitespace) }
        return false
    }

    /// What people see in it, without formats: texts as they are, numbers with a decimal point, days as `2026-08-31`.
    public var text: String {
        switch self {
        case .text(let text), .error(let text): text
        case .number(let digits, let isPercent):
            CellNumber.exact(digits, isPercent: isPercent).map { isPercent ? "\($0)%" : "\($0)" } ?? digits
        case .day(let day): day.description
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .uncalculated: ""
        }
    }
}
