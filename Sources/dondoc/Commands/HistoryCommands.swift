import ArgumentParser
import Control
import Model

struct HistoryCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Print every value that a measure of an agency has had for a day, and who said so.",
        discussion: "Values of longer intervals that hold the day, such as its month, are listed too. Nothing is ever overwritten.")

    @Argument(help: "The agency's code, H52.07.", transform: Parse.agency) var agency: AgencyCode
    @Argument(help: "The measure's id, dossiers.received.", transform: Parse.measure) var measure: MeasureID
    @Argument(help: "The day, 2026-08-31.", transform: Parse.day) var day: Day
    @Option(help: "What was known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request { .history(agency: agency, measure: measure, day: day, asOf: asOf) }
}

struct RestatementsCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "restatements", abstract: "Print who changed which figure by how much, the newest change first.")

    @Option(help: "Only figures changed since: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.beginning) var since: Instant?
    @Option(help: "Only figures of this agency.", transform: Parse.agency) var agency: AgencyCode?
    @Option(help: "Only this measure, dossiers.received.", transform: Parse.measure) var measure: MeasureID?
    @Option(help: "Only figures changed by this source.", transform: Parse.source) var source: String?
    @Flag(help: "Only figures of months that were closed when they were changed.") var closed = false
    @Option(help: "Only changes that were known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request {
        .restatements(since: since, agency: agency, measure: measure, source: source, closed: closed, asOf: asOf)
    }

    func validate() throws {
        if let since, let asOf, asOf < since { throw ValidationError("--as-of \(asOf) is before --since \(since).") }
    }
}
