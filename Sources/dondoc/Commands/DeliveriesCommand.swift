import ArgumentParser
import Control
import Model

/// What can be asked of the deliveries.
struct DeliveriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "What came from the sources, as it came.", subcommands: [Show.self])

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
