import Model

extension Sheet.Value {
    /// How people read the value, in a table or in a sentence.
    func words(_ language: Language) -> String {
        switch self {
        case .missing: ""
        case .text(let text): text
        case .integer(let number): NumberText.integer(number, language: language)
        case .decimal(let number): NumberText.decimal(number, language: language)
        case .percent(let number): NumberText.percent(number, language: language)
        case .day(let day): language.choose(day.vietnamese, day.description)
        case .instant(let instant): language.choose(instant.vietnamese, "\(instant.day) \(instant.clock.prefix(5))")
        case .code(_, let title, _): title
        }
    }

    /// Whether columns of it stand flush right.
    var isNumber: Bool {
        switch self {
        case .integer, .decimal, .percent: true
        default: false
        }
    }

    var tone: Sheet.Tone {
        if case .code(_, _, let tone) = self { tone } else { .plain }
    }
}
