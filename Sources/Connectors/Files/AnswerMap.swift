import Model
import Settings

/// A mapping that an operator hands in with a file: the `answer` block of a source, without whom to ask and when.
public struct AnswerMap: Sendable {
    /// What deliveries by it are kept under, `import:ID`; by default the name of the map's file without its ending.
    public let id: String
    private let answer: AnswerSettings

    /// Nil with every problem in the list, as for a file of sources.d.
    public init?(_ text: String, named name: String, measures: [MeasureID: Measure], problems: ProblemList) {
        guard let reader = SettingsFiles.mapping(of: text, named: name, problems: problems) else { return nil }
        defer { reader.finish() }
        let id = reader.value("id", expected: "1 to 64 of a-z 0-9 . _ -, beginning with a letter") { Identifier.isValid($0) ? $0 : nil }
        if !reader.has("answer") { reader.problem(nil, "'answer' is missing: what in the file is which agency and measure (docs/sources.md)") }
        let context = SourceContext(directory: "", measures: measures, answerBytes: .max)
        guard let answer = reader.reader("answer").flatMap({ AnswerSettings($0, context) }) else { return nil }
        self.id = id ?? AnswerMap.identifier(from: name)
        self.answer = answer
    }

    /// The ids of the measures it maps.
    public var measures: Set<String> { Set(answer.measures.map(\.measure)) }

    /// Reads rows out of a file, as a connector does.
    public func decode(_ delivery: Delivery) throws(DecodeError) -> [Result<Row, UnreadableRow>] { try answer.rows(in: delivery) }

    /// A file's name as an identifier: what cannot stand in one becomes a hyphen.
    private static func identifier(from name: String) -> String {
        let stem = name.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
        let id = String(stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) ? $0 : "-" }.prefix(64))
        return Identifier.isValid(id) ? id : "map"
    }
}
