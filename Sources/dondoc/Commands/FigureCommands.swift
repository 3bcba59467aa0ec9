import ArgumentParser
import Control
import Model

struct SeriesCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "series", abstract: "Print one measure of one agency over time, value by value with its delivery.")

    @Argument(help: "The agency's code, H52.07.", transform: Parse.agency) var agency: AgencyCode
    @Argument(help: "The measure's id, dossiers.received.", transform: Parse.measure) var measure: MeasureID
    @Option(help: "The first day (default: all there is).", transform: Parse.day) var from: Day?
    @Option(help: "The last day, inclusive (default: all there is).", transform: Parse.day) var through: Day?
    @Option(help: "The figures as they were known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request { .series(agency: agency, measure: measure, from: from, through: through, asOf: asOf) }

    func validate() throws { try DaySpan.check(from: from, through: through) }
}

struct ReadingsCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "readings", abstract: "Print the indicators of one agency: counts, figure, coverage and state.")

    @Argument(help: "The agency's code, H52.07.", transform: Parse.agency) var agency: AgencyCode
    @Option(help: "Only this indicator.", transform: Parse.identifier) var indicator: String?
    @Option(help: "The period: 2026-08, 2026-Q3, 2026-H1, 2026 (default: each indicator's newest closed one).", transform: Parse.period)
    var period: PeriodName?
    @Option(
        help: "Calendar periods or those from the 15th to the 14th: calendar, admin15 (default: each indicator's own).",
        completion: .list(PeriodScheme.allCases.map(\.rawValue)), transform: Parse.scheme) var scheme: PeriodScheme?
    @Option(help: "The figures as they were known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request { .readings(agency: agency, indicator: indicator, period: period, scheme: scheme, asOf: asOf) }
}

struct RankCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "rank", abstract: "Print the agencies in order of one indicator, the best first.",
        discussion: "Equal figures share a place. Agencies without a figure stand last, each with the reason.")

    @Argument(help: "The indicator's id, as dondoc indicators list prints it.", transform: Parse.identifier) var indicator: String
    @Option(help: "The period: 2026-08, 2026-Q3, 2026-H1, 2026 (default: the newest closed one).", transform: Parse.period)
    var period: PeriodName?
    @Option(
        help: "Calendar periods or those from the 15th to the 14th: calendar, admin15 (default: the indicator's own).",
        completion: .list(PeriodScheme.allCases.map(\.rawValue)), transform: Parse.scheme) var scheme: PeriodScheme?
    @Option(
        help: "Only agencies of this level: department, district, commune.", completion: .list(Agency.Level.allCases.map(\.rawValue)),
        transform: Parse.level) var level: Agency.Level?
    @Option(help: "The figures as they were known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request { .rank(indicator: indicator, period: period, scheme: scheme, level: level, asOf: asOf) }
}

struct RollupCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "rollup", abstract: "Print the figure of a group of agencies: the ratio of sums, never a mean of rates.",
        discussion: """
            Without a group it is the agencies directly below the province. Agencies whose counts are missing are named. What was delivered for \
            the group itself stands beside the sums, with the difference.
            """)

    @Argument(help: "The indicator's id, as dondoc indicators list prints it.", transform: Parse.identifier) var indicator: String
    @Option(help: "The agencies below this one.", transform: Parse.agency) var parent: AgencyCode?
    @Option(
        help: "The agencies of this level: department, district, commune.", completion: .list(Agency.Level.allCases.map(\.rawValue)),
        transform: Parse.level) var level: Agency.Level?
    @Option(name: .customLong("agency"), help: "One agency of the group; give it once for each.", transform: Parse.agency)
    var agencies: [AgencyCode] = []
    @Flag(help: "With --agency: add those that it was formed from in the period, where all they did has come to it.")
    var withPredecessors = false
    @Option(help: "The period: 2026-08, 2026-Q3, 2026-H1, 2026 (default: the newest closed one).", transform: Parse.period)
    var period: PeriodName?
    @Option(
        help: "Calendar periods or those from the 15th to the 14th: calendar, admin15 (default: the indicator's own).",
        completion: .list(PeriodScheme.allCases.map(\.rawValue)), transform: Parse.scheme) var scheme: PeriodScheme?
    @Option(help: "The figures as they were known then: 2026-08-31 or 2026-08-31T07:30.", transform: Parse.instant) var asOf: Instant?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func validate() throws {
        guard [parent != nil, level != nil, !agencies.isEmpty].count(where: { $0 }) <= 1 else {
            throw ValidationError("Name the group once: with --parent, with --level or with --agency.")
        }
        guard !withPredecessors || !agencies.isEmpty else { throw ValidationError("--with-predecessors goes with --agency.") }
    }

    func request() -> Request {
        .rollup(
            question: RollupQuestion(
                indicator: indicator, agencies: agencies, withPredecessors: withPredecessors, parent: parent, level: level, period: period,
                scheme: scheme, asOf: asOf))
    }
}
