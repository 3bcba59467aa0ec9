import ArgumentParser
import Control
import Model

/// What can be asked of the deliveries.
struct DeliveriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "What came from the sources, as it came.", subcommands: [List.self, Show.self])

    struct List: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print the newest deliveries, the newest first.",
            discussion: "With --source import:csv those of files, push:NAME a sender's, retraction what took others back.")

        @Option(help: "Only those of this source, of a sender as push:NAME, of files as import:NAME.", transform: Parse.source) var source: String?
        @Option(help: "How many at most, 1 to 500.", transform: Parse.listLength) var limit = 50
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .deliveriesList(source: source, limit: limit) }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print what is known of a delivery, or with --raw its bytes.",
            discussion: "The bytes are printed as they came: dondoc deliveries show D42 --raw | sha256sum gives the SHA-256 that is on record.")

        @Argument(help: "The delivery's number, D42.", transform: Parse.delivery) var id: DeliveryID
        @Flag(help: "Print the bytes as they came, and nothing else.") var raw = false
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .deliveryShow(id: id, raw: raw) }
    }
}
