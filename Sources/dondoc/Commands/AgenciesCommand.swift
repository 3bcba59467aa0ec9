import ArgumentParser
import Control
import Model

/// What can be asked of the register of agencies.
struct AgenciesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agencies", abstract: "The register: who reports, since when, and who gets the letters.",
        subcommands: [List.self, Show.self, Tree.self, History.self, Import.self])

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

    struct Tree: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print the agencies of a day from the top down, with what they were formed from and what becomes of them.")

        @Option(help: "The day (default: today).", transform: Parse.day) var on: Day?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .agenciesTree(on: on) }
    }

    struct History: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print what happened to an agency: beginnings and ends, what it took over, what it passed on.")

        @Argument(help: "The agency's code, H52.07.", transform: Parse.agency) var code: AgencyCode
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .agenciesHistory(code: code) }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(abstract: "Print one agency, what it succeeded, and who answers for it today.")

        @Argument(help: "The agency's code, H52.07.", transform: Parse.agency) var code: AgencyCode
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .agenciesShow(code: code) }
    }
}
