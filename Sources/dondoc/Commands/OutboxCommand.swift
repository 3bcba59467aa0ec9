import ArgumentParser
import Control
import Model

/// What can be asked of the letters, and what can be done about those that failed.
struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "The letters: on their way, sent, given up.", subcommands: [List.self, Show.self, Retry.self])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the letters, the newest first.")

        @Option(
            help: "Only letters in this state: queued, sent, failed.", completion: .list(OutboxItem.State.allCases.map(\.rawValue)),
            transform: Parse.letterState) var state: OutboxItem.State?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .outboxList(state: state) }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(abstract: "Print one letter as its addressee reads it.")

        @Argument(help: "The letter's number.", transform: Parse.letter) var id: Int64
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .outboxShow(id: id) }
    }

    struct Retry: Question {
        static let configuration = CommandConfiguration(
            abstract: "Put a letter that was given up back into the queue, with the Message-ID it has.")

        @Argument(help: "The letter's number.", transform: Parse.letter) var id: Int64
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .outboxRetry(id: id) }
    }
}
