import Model

/// Everything a rule may look at, loaded beforehand: rules read no clock and no database.
public struct Scene: Sendable {
    public let register: Register
    public let targets: Targets
    public let calendar: WorkCalendar
    public let now: Instant
    /// Readings on demand; the caller has loaded the cells of every period that the judged rules name.
    public let reading: @Sendable (Indicator, AgencyCode, Period) -> Reading
    /// The last day, up to today, on which a measure was above zero.
    public let lastDays: [MeasureID: [AgencyCode: Day]]
    /// The sources that are switched on.
    public let sources: [String: SourceState]
    /// Which agencies have ever delivered a measure.
    public let reportedEver: [MeasureID: Set<AgencyCode>]
    /// What each source delivers, so that its silence is told from that of its agencies.
    public let sourceMeasures: [String: Set<MeasureID>]
    /// For which agencies each source delivers, as far as that is known; one that is not here may for all.
    public let sourceAgencies: [String: Set<AgencyCode>]
    /// Figures of closed periods that were changed lately.
    public let restatements: [Reason.Restated.Change]
    /// What operators have said nobody is to be told of.
    public let silences: [Silence]
    /// A breach this soon after an alert was resolved reopens it.
    public let reopensWithin: Duration
    /// The version of the rules that judge.
    public let ruleVersion: String
    /// How the alerts of the rule that is judging stand, where it asks for them; `Judge` fills them in, rule by rule.
    public internal(set) var alerts: [AlertKey: Alert] = [:]

    public init(
        register: Register, targets: Targets, calendar: WorkCalendar, now: Instant,
        reading: @escaping @Sendable (Indicator, AgencyCode, Period) -> Reading, lastDays: [MeasureID: [AgencyCode: Day]] = [:],
        sources: [String: SourceState] = [:], reportedEver: [MeasureID: Set<AgencyCode>] = [:],
        sourceMeasures: [String: Set<MeasureID>] = [:], sourceAgencies: [String: Set<AgencyCode>] = [:],
        restatements: [Reason.Restated.Change] = [], silences: [Silence] = [], reopensWithin: Duration = .seconds(0), ruleVersion: String = ""
    ) {
        self.register = register
        self.targets = targets
        self.calendar = calendar
        self.now = now
        self.reading = reading
        self.lastDays = lastDays
        self.sources = sources
        self.reportedEver = reportedEver
        self.sourceMeasures = sourceMeasures
        self.sourceAgencies = sourceAgencies
        self.restatements = restatements
        self.silences = silences
        self.reopensWithin = reopensWithin
        self.ruleVersion = ruleVersion
    }

    /// The civil day of `now`.
    public var today: Day { now.day }

    /// The keys of the rule's alerts that are not over and whose agency exists no longer, in their order.
    var keysOfTheGone: [AlertKey] {
        alerts.values.filter { $0.state != .resolved }.map(\.key).filter { key in
            key.agency.map { register.agency($0, on: today) == nil } ?? false
        }.sorted()
    }

    /// What else is so for an alert now.
    func circumstances(of key: AlertKey) -> AlertMachine.Circumstances {
        AlertMachine.Circumstances(
            isSilenced: silences.contains { $0.holds(for: key, at: now) }, reopensWithin: reopensWithin, ruleVersion: ruleVersion)
    }

    /// Whether enough of the days of a reading's period are counted, of those on which there was such an agency: it has no figures of the others.
    func isComplete(_ reading: Reading, minimumCoverage: Int) -> Bool {
        func isEnough(of days: Int) -> Bool { reading.coverage.days * 100 >= minimumCoverage * days }
        return isEnough(of: reading.coverage.of) || isEnough(of: register.days(of: reading.agency, in: reading.period.range))
    }

    /// Whether an agency has ever delivered anything for an indicator, under any of its definitions.
    func hasEverReported(_ indicator: Indicator, _ agency: AgencyCode) -> Bool {
        indicator.definitions.contains { $0.measures.contains { reportedEver[$0]?.contains(agency) ?? false } }
    }
}
