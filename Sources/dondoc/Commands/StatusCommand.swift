import ArgumentParser
import Control

struct StatusCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Print how the daemon, its configuration, its store and its sources are.")

    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request { .status }
}
