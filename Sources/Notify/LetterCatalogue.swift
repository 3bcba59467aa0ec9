import Model

/// The texts that letters quote: names, titles, wordings, and what the rules ask for.
public struct LetterCatalogue: Sendable {
    public let register: Register
    public let calendar: WorkCalendar
    public let indicators: [String: Indicator]
    public let measures: [MeasureID: Measure]
    /// What each rule asks the agency to do, by rule id.
    public let actions: [String: LocalizedText]
    /// Titles of sources, by id.
    public let sources: [String: LocalizedText]

    public init(
        register: Register, calendar: WorkCalendar, indicators: [Indicator], measures: [MeasureID: Measure] = [:],
        actions: [String: LocalizedText] = [:], sources: [String: LocalizedText] = [:]
    ) {
        self.register = register
        self.calendar = calendar
        self.indicators = Dictionary(indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.measures = measures
        self.actions = actions
        self.sources = sources
    }

    /// The title people know a subject by; its id when nothing is known about it.
    func title(of subject: String, _ language: Language) -> String {
        indicators[subject]?.title[language] ?? MeasureID(subject).flatMap { measures[$0]?.title[language] } ?? sources[subject]?[language]
            ?? (subject == AlertKey.lettersHeld.subject ? LetterCatalogue.heldLetters[language] : subject)
    }

    /// The title of the daemon's own alert that letters wait.
    private static let heldLetters = LocalizedText(vietnamese: "Thư đôn đốc đang chờ duyệt", english: "Letters that wait for an operator")

    /// The name of an agency, also of one that is gone.
    func name(of code: AgencyCode) -> String { register.newest(code)?.name ?? code.text }
}
