import ArgumentParser
import Control
import Model

/// What can be asked of the register of agencies.
struct AgenciesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agencies", abstract: "The register: who reports, since when, and who gets the letters.", subcommands: [List.self, Show.self])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the agencies that exist on a day.")

        @Option(help: "The day (default: today).", transform: Parse.day) var on: Day?
        @Option(
            help: "Only agencies of this level: province, department, district, commune.",
            completion: .list(Agency.Level.allCases.map(\.rawValue)), transform: Parse.level) var level: Agency.Level?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .agenciesList(on: on, level: level) }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(abstract: "Print one agency, what it succeeded, and who answers for it today.")

        @Argument(help: "The agency's code, H52.07.", transform: Parse.agency) var code: AgencyCode
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .agenciesShow(code: code) }
    }
}
