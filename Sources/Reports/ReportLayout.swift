import Model

/// One column of a report: its stable identifier, what people read above it, and what docs/cli.md says it means.
public struct ReportColumn: Hashable, Sendable {
    public let id: String
    public let title: LocalizedText
    /// One English sentence fragment, for the documentation.
    public let meaning: String
    /// Left out of tables that do not fit the terminal.
    public let isDetail: Bool

    init(_ id: String, _ vietnamese: String, _ english: String, _ meaning: String, isDetail: Bool = false) {
        self.id = id
        self.isDetail = isDetail
        title = LocalizedText(vietnamese: vietnamese, english: english)
        self.meaning = meaning
    }
}

/// The columns of one kind of sheet. Whoever fills it must give each row as many values, in this order.
public struct ReportLayout: Hashable, Sendable {
    public let id: String
    public let columns: [ReportColumn]

    init(_ id: String, _ columns: [ReportColumn]) {
        self.id = id
        self.columns = columns
    }

    func sheet(_ title: String, _ language: Language, rows: [[Sheet.Value]], notes: [String] = [], shape: Sheet.Shape = .table) -> Sheet {
        Sheet(
            id: id, title: title, columns: columns.map { Sheet.Column($0.id, $0.title[language], isDetail: $0.isDetail) }, rows: rows, notes: notes,
            shape: shape)
    }

    func record(_ title: String, _ language: Language, _ values: [Sheet.Value], notes: [String] = []) -> Sheet {
        sheet(title, language, rows: [values], notes: notes, shape: .record)
    }
}

extension Sheet.Value {
    /// Text, or `missing` where there is none.
    static func text(_ text: String?) -> Sheet.Value { text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .missing }
    static func integer(_ number: Int64?) -> Sheet.Value { number.map { .integer($0) } ?? .missing }
    static func count(_ number: Int) -> Sheet.Value { .integer(Int64(number)) }
    static func percent(_ number: ExactDecimal?) -> Sheet.Value { number.map { .percent($0) } ?? .missing }
    static func decimal(_ number: ExactDecimal?) -> Sheet.Value { number.map { .decimal($0) } ?? .missing }
    static func day(_ day: Day?) -> Sheet.Value { day.map { .day($0) } ?? .missing }
    static func instant(_ instant: Instant?) -> Sheet.Value { instant.map { .instant($0) } ?? .missing }
    /// A yes or no that people read in their language and programs as `yes` and `no`.
    static func flag(_ flag: Bool, _ language: Language, tone: Sheet.Tone = .plain) -> Sheet.Value {
        .code(flag ? "yes" : "no", title: flag ? language.choose("có", "yes") : language.choose("không", "no"), tone: tone)
    }
}

extension Language {
    /// One of two texts; the writing of every sentence in this module comes down to it.
    func choose(_ vietnamese: String, _ english: String) -> String { self == .vietnamese ? vietnamese : english }
}
