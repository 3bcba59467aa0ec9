import ArgumentParser
import Control
import Model

/// What can be asked of the findings.
struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "Values refused, figures in doubt, sources in trouble.", subcommands: [List.self])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the findings, the newest first, with what to do about each kind.")

        @Option(
            help: "Only this kind, such as unknown-agency.", completion: .list(Finding.Kind.allCases.map(\.rawValue)),
            transform: Parse.findingKind) var kind: Finding.Kind?
        @Option(help: "Only findings of this source, or of a sender as push:NAME.", transform: Parse.source) var source: String?
        @Option(help: "Only findings seen since: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.beginning) var since: Instant?
        @Option(help: "Only findings that were known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .findingsList(kind: kind, source: source, since: since, asOf: asOf) }
    }
}
