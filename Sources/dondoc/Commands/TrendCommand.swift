import ArgumentParser
import Control
import Model

struct TrendCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "trend", abstract: "Print one indicator of one agency period by period, without joining what cannot be compared.",
        discussion: """
            Where the definition of the indicator changes, the series is cut: with --from it ends there, without it begins there. The notes say \
            how to go on. With --join-breaks it goes on, with a row that marks the break. For a period across the change nothing is computed.
            """)

    @Argument(help: "The agency's code, H52.07.", transform: Parse.agency) var agency: AgencyCode
    @Argument(help: "The indicator's id, as dondoc indicators list prints it.", transform: Parse.identifier) var indicator: String
    @Option(help: "The first period: 2026-01, 2026-Q1, 2026 (default: where its figures begin).", transform: Parse.period) var from: PeriodName?
    @Option(help: "The last period, of the same kind (default: the newest closed one).", transform: Parse.period) var through: PeriodName?
    @Option(
        help: "Calendar periods or those from the 15th to the 14th: calendar, admin15 (default: the indicator's own).",
        completion: .list(PeriodScheme.allCases.map(\.rawValue)), transform: Parse.scheme) var scheme: PeriodScheme?
    @Option(help: "The figures as they were known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @Flag(help: "Go on where the definition changes, with a marked row.") var joinBreaks = false
    @Flag(help: "Add the agencies that this one was formed from; where only a part came over, the notes mark the break.")
    var withPredecessors = false
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request {
        .trend(
            question: TrendQuestion(
                agency: agency, indicator: indicator, from: from, through: through, scheme: scheme, asOf: asOf, joinsBreaks: joinBreaks,
                withPredecessors: withPredecessors))
    }
}
