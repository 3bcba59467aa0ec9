import ArgumentParser
import Control
import Model

struct RetractCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "retract",
        abstract: "Take a wrong delivery back: the values it had replaced stand again, what it alone had said is gone.",
        discussion: """
            The history keeps both, and --as-of an earlier moment answers as before. What a later delivery has replaced since stays as it is. If the \
            source still says the wrong thing, its next delivery brings it again: have it corrected first.
            """)

    @Argument(help: "The delivery's number, D42.", transform: Parse.delivery) var delivery: DeliveryID
    @Option(help: "Why, for whoever reads it later.") var why: String
    @OptionGroup(title: "Who") var who: ActorOptions
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() throws -> Request { .retract(delivery: delivery, by: try who.actor(why)) }
}
