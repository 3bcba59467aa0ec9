import ArgumentParser
import Control
import Model

/// Who may push.
struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: "The tokens with which agencies push their figures.",
        subcommands: [Create.self, List.self, Revoke.self, Rotate.self])

    struct Create: Question {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, this once.",
            discussion: """
                The sender may speak for the agencies named, with --below for those below them too, and of the measures named, or of all. Hand it over by a way \
                that others do not read; dondoc keeps only its digest.
                """)

        @Option(help: "The sender's name; its deliveries are kept under push:NAME.", transform: Parse.identifier) var name: String
        @Option(parsing: .upToNextOption, help: "The agencies it may speak for.", transform: Parse.agency) var agency: [AgencyCode]
        @Flag(help: "The agencies below these too.") var below = false
        @Option(parsing: .upToNextOption, help: "The measures it may send (default: all).", transform: Parse.measure) var measure: [MeasureID] = []
        @Option(help: "The last day on which it is accepted, 2027-12-31 (default: no end).", transform: Parse.day) var expires: Day?
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request {
            let scope = PushScope(agencies: agency, includesBelow: below, measures: measure.isEmpty ? nil : measure)
            return .tokenCreate(order: TokenOrder(name: name, scope: scope, expires: expires, by: try who.name()))
        }
    }

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the tokens: whose, for whom, until when, when last used.")

        @Flag(help: "Those that were revoked too.") var all = false
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .tokenList(all: all) }
    }

    struct Revoke: Question {
        static let configuration = CommandConfiguration(abstract: "End all tokens of a sender at once.")

        @Argument(help: "The sender's name, as tokens list prints it.", transform: Parse.identifier) var name: String
        @Option(help: "Why, for whoever reads it later.") var why: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .tokenRevoke(name: name, by: try who.actor(why)) }
    }

    struct Rotate: Question {
        static let configuration = CommandConfiguration(
            abstract: "Make another token for a sender and print it, this once; the old one ends after the grace.")

        @Argument(help: "The sender's name, as tokens list prints it.", transform: Parse.identifier) var name: String
        @Option(help: "How long the old token is still accepted: 0, 30m, 12h, 7d.", transform: Parse.grace) var grace: Duration = .seconds(86_400)
        @Option(help: "The last day of the new token (default: as long as the old one was made for).", transform: Parse.day) var expires: Day?
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .tokenRotate(order: RotationOrder(name: name, grace: grace, expires: expires, by: try who.name())) }
    }
}
