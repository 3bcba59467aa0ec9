import ArgumentParser
import Control
import Model

/// What can be asked of the alerts.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Who is urged, since when and why.",
        subcommands: [
            List.self, Changes.self, Show.self, Explain.self, Acknowledge.self, Release.self, Close.self, Comment.self, Assign.self,
        ])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the open alerts, the worst first.")

        @Option(
            help: "Only alerts in this state: \(AlertState.allCases.map(\.rawValue).joined(separator: ", ")).",
            completion: .list(AlertState.allCases.map(\.rawValue)),
            transform: Parse.alertState) var state: AlertState?
        @Option(help: "Only alerts of this agency.", transform: Parse.agency) var agency: AgencyCode?
        @Option(help: "Only alerts of this rule.", transform: Parse.identifier) var rule: String?
        @Option(help: "Only alerts about this indicator, measure or source.", transform: Parse.identifier) var subject: String?
        @Option(help: "Only warning, or only critical.", completion: .list(Severity.allCases.map(\.rawValue)), transform: Parse.severity)
        var severity: Severity?
        @Option(help: "Only alerts that this person looks after.") var assignee: String?
        @Flag(help: "Resolved and closed alerts too.") var all = false
        @Option(help: "The alerts as they stood then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request {
            let filter = AlertFilter(rule: rule, subject: subject, severity: severity, assignee: assignee)
            return .alertsList(state: state, agency: agency, all: all, asOf: asOf, filter: filter == AlertFilter() ? nil : filter)
        }

        func validate() throws {
            if all, let state { throw ValidationError("--all and --state \(state.rawValue) contradict each other: leave one out.") }
        }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(abstract: "Print one alert with its history and the letters that told of it.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Option(help: "The alert as it stood then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .alertsShow(key: key, asOf: asOf) }
    }

    struct Explain: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print what an alert rests on: figure, counts, values, deliveries and their SHA-256. The same as dondoc explain KEY.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Option(help: "The alert as it stood then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .alertsExplain(key: key, asOf: asOf) }
    }
}
