import ArgumentParser
import Control
import Model

struct ExplainCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Walk from a figure or an alert back to the counts, values, deliveries and bytes it rests on.",
        discussion: """
            A reading is written indicator/agency/period, with @admin15 or @calendar behind it for another scheme than the indicator's own: \
            dossier.late.national/H52.07/2026-08. An alert is written rule/subject/agency, as dondoc alerts list prints it. \
            With --output json the answer is the same sheets by their ids; docs/cli.md lists their columns.
            """)

    @Argument(help: "What to explain: indicator/agency/period[@scheme], or an alert's key.", transform: Parse.explained) var subject: Explained
    @Option(help: "The figure as it was known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request {
        switch subject {
        case .reading(let indicator, let agency, let period, let scheme):
            .explain(indicator: indicator, agency: agency, period: period, scheme: scheme, asOf: asOf)
        case .alert(let key): .alertsExplain(key: key, asOf: asOf)
        }
    }
}

/// What an operator wants explained. A period is never an agency's code, so the third part tells which of both is meant.
enum Explained: Hashable {
    case reading(indicator: String, agency: AgencyCode, period: PeriodName, scheme: PeriodScheme?)
    case alert(AlertKey)
}

extension Parse {
    static func explained(_ text: String) throws -> Explained {
        if let reading = reading(text) { return reading }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, Identifier.isValid(parts[0]), Identifier.isValid(parts[1]), parts[2] == "-" || AgencyCode(parts[2]) != nil else {
            throw ValidationError(
                "'\(text)' is neither a reading nor an alert; write indicator/agency/period such as dossier.late.national/H52.07/2026-08, "
                    + "or an alert's key as dondoc alerts list prints it.")
        }
        return .alert(AlertKey(rule: parts[0], subject: parts[1], agency: AgencyCode(parts[2])))
    }

    private static func reading(_ text: String) -> Explained? {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        let parts = halves[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2, parts.count == 3, Identifier.isValid(parts[0]), let agency = AgencyCode(parts[1]),
            let period = PeriodName(parts[2])
        else { return nil }
        guard halves.count == 2 else { return .reading(indicator: parts[0], agency: agency, period: period, scheme: nil) }
        return PeriodScheme(rawValue: halves[1]).map { .reading(indicator: parts[0], agency: agency, period: period, scheme: $0) }
    }
}
