import ArgumentParser
import Control

/// What can be asked of the catalogue of indicators.
struct IndicatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators", abstract: "The catalogue: what is measured, how, and against which targets.", subcommands: [List.self, Show.self])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print all indicators.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .indicatorsList }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(abstract: "Print one indicator with its definitions and targets.")

        @Argument(help: "The indicator's id.", transform: Parse.identifier) var id: String
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .indicatorsShow(id: id) }
    }
}
