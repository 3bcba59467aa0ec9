import Model
import Settings

/// The kinds of sources. A new kind is a folder and one line here.
public enum ConnectorCatalogue {
    public struct Kind: Sendable {
        public let name: String
        /// One sentence for the documentation.
        public let summary: LocalizedText
        /// Reads the kind's own keys; `directory` is what relative paths in them begin from.
        let make: @Sendable (SourceContext, SettingsReader) -> (any Connector)?
    }

    public static let kinds: [Kind] = [
        Kind(
            name: "http",
            summary: LocalizedText(
                vietnamese: "hỏi một hệ thống qua HTTP, đọc JSON, CSV hoặc XLSX", english: "asks a system over HTTP, reads JSON, CSV or XLSX"),
            make: { HTTPConnector($0, $1) })
    ]

    /// The connector of one file in sources.d; nil when it has problems, which are with the reader. Unread keys are among them.
    public static func make(_ source: SourceSettings, _ reader: SettingsReader, _ context: SourceContext) -> (any Connector)? {
        guard let kind = kinds.first(where: { $0.name == source.kind }) else {
            let hint = TextFolding.didYouMean(source.kind, among: kinds.map(\.name))
            reader.problem("kind", "unknown kind '\(source.kind)', expected one of \(kinds.map(\.name).joined(separator: ", "))\(hint)")
            return nil
        }
        let connector = kind.make(context, reader)
        reader.finish()
        return connector
    }
}

/// What a source's block may refer to.
public struct SourceContext: Sendable {
    /// The configuration directory; relative paths begin there.
    public let directory: String
    public let measures: [MeasureID: Measure]
    /// The most bytes any answer may have.
    public let answerBytes: Int

    public init(directory: String, measures: [MeasureID: Measure], answerBytes: Int) {
        self.directory = directory
        self.measures = measures
        self.answerBytes = answerBytes
    }
}
