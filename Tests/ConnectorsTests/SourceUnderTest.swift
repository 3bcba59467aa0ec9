import Model
import Settings
import TestSupport

@testable import Connectors

/// One file of sources.d, loaded the way the daemon loads it.
struct SourceUnderTest {
    let connector: (any Connector)?
    let problems: [Problem]
    let directory: TemporaryDirectory

    init(_ yaml: String, measures: [MeasureID: Measure] = SourceUnderTest.measures) throws {
        directory = try TemporaryDirectory()
        try directory.write(yaml, to: "sources.d/source.yaml")
        let list = ProblemList()
        let context = SourceContext(directory: directory.path, measures: measures, answerBytes: 1_000_000)
        connector = SettingsFiles.sources(in: directory.path, problems: list).first.flatMap { ConnectorCatalogue.make($0, $1, context) }
        problems = list.problems
    }

    /// A source with these lines under `request`, and an answer block that is right.
    init(request: [String]) throws {
        let answer = "answer: {agency: {code: code}, measures: {dossiers.received: n}}"
        try self.init(
            (["id: s", "kind: http", "schedule: \"15 2 * * *\"", "request:"] + request.map { "  \($0)" } + [answer, ""]).joined(separator: "\n"))
    }

    /// A source with these lines under `answer`, and a request block that is right.
    init(answer: [String]) throws {
        let request = "request: {url: \"https://one-stop.example/counts?from=${from}\"}"
        try self.init(
            (["id: s", "kind: http", "schedule: \"15 2 * * *\"", request, "answer:"] + answer.map { "  \($0)" } + [""]).joined(separator: "\n"))
    }

    var http: HTTPConnector? { connector as? HTTPConnector }
    /// The messages without their places.
    var messages: [String] { problems.map(\.message) }

    static let measures: [MeasureID: Measure] = {
        let ids = [
            "dossiers.received", "dossiers.received.online", "dossiers.received.direct", "dossiers.resolved.on_time", "dossiers.resolved.late",
            "dossiers.percent", "documents.issued", "documents.signed", "mail.active", "mail.staff", "mail.percent", "publish.due", "publish.on_time",
        ]
        let measures = ids.map { Measure(id: measure($0), title: LocalizedText(vietnamese: $0, english: $0)) }
        return Dictionary(uniqueKeysWithValues: measures.map { ($0.id, $0) })
    }()
}
