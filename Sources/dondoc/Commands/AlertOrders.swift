import ArgumentParser
import Control
import Glibc
import Model

/// Who does something: every change of an alert carries a name.
struct ActorOptions: ParsableArguments {
    @Option(help: "Who does it (default: the user who is logged in).") var by: String?

    /// The name given, otherwise that of the user behind `sudo`, otherwise the user's own.
    func name() throws -> String {
        if let by, by.contains(where: { !$0.isWhitespace }) { return by }
        for variable in ["SUDO_USER", "USER", "LOGNAME"] {
            if let value = getenv(variable).map({ String(cString: $0) }), !value.isEmpty { return value }
        }
        throw ValidationError("Who does it is not known here; give --by NAME.")
    }

    func actor(_ why: String) throws -> AlertActor { AlertActor(name: try name(), why: why) }
}

extension AlertsCommand {
    struct Changes: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print what has changed, a line an alert: since yesterday unless said.")

        @Option(help: "From when on: 2026-08-31 or 2026-08-31T07:30 (default: the beginning of yesterday).", transform: Parse.beginning)
        var since: Instant?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .alertsChanges(since: since) }
    }

    struct Acknowledge: Question {
        static let configuration = CommandConfiguration(
            commandName: "ack", abstract: "Take an alert on: no further letters about it until it gets worse or is well again.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Option(help: "Why, for whoever reads it later.") var why: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .alertOrder(key: key, order: .acknowledge, by: try who.actor(why)) }
    }

    struct Release: Question {
        static let configuration = CommandConfiguration(abstract: "Take an acknowledgement or an end back; the agency is urged again.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Option(help: "Why, for whoever reads it later.") var why: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .alertOrder(key: key, order: .release, by: try who.actor(why)) }
    }

    struct Close: Question {
        static let configuration = CommandConfiguration(
            abstract: "End an alert although its figures may not be well; a later period beyond the bound reopens it.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Option(help: "Why, for whoever reads it later.") var why: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .alertOrder(key: key, order: .close, by: try who.actor(why)) }
    }

    struct Comment: Question {
        static let configuration = CommandConfiguration(abstract: "Leave a remark at an alert.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Argument(help: "The remark.") var text: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .alertComment(key: key, text: text, by: try who.name()) }
    }

    struct Assign: Question {
        static let configuration = CommandConfiguration(abstract: "Put somebody in charge of an alert.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Option(help: "Who looks after it.") var to: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .alertAssign(key: key, to: to, by: try who.name()) }
    }
}
