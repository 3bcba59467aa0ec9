import Model

/// What an operator can ask of a province's figures: one case per question, each with all that its answer depends on.
///
/// On the wire a request is an object with one key, the case's name, holding its labelled values:
/// `{"rank":{"indicator":"dossier.late.national","period":"2026-08"}}`. Optional values may be left out.
public enum Request: Hashable, Sendable, Codable {
    /// How the daemon, its configuration, its sources and its store are.
    case status
    case sourcesList
    case sourcesShow(id: String)
    /// What a source would bring, storing nothing; with a sample, the sample is decoded and the outside system is left alone.
    case sourcesTest(id: String, sample: Payload?)
    /// Pulls a source now, whatever its schedule says.
    case sourcesRun(id: String)
    /// Pulls a source's past; the first day defaults to what the source's settings say, the last to yesterday. Both inclusive.
    case sourcesBackfill(id: String, from: Day?, through: Day?)
    case agenciesList(on: Day?, level: Agency.Level?)
    case agenciesShow(code: AgencyCode)
    /// The agencies of a day from the top down; without a day today's.
    case agenciesTree(on: Day?)
    /// What happened to an agency: its beginnings and ends, what it took over and passed on.
    case agenciesHistory(code: AgencyCode)
    case indicatorsList
    case indicatorsShow(id: String)
    /// The cells of one measure; both days inclusive.
    case series(agency: AgencyCode, measure: MeasureID, from: Day?, through: Day?, asOf: Instant?)
    /// All indicators of an agency, or one; without a period each indicator's newest closed one.
    case readings(agency: AgencyCode, indicator: String?, period: PeriodName?, scheme: PeriodScheme?, asOf: Instant?)
    /// The figure of a group as the ratio of sums.
    case rollup(question: RollupQuestion)
    /// The agencies in order of one indicator; without a period the newest closed one, without a scheme the indicator's own.
    case rank(indicator: String, period: PeriodName?, scheme: PeriodScheme?, level: Agency.Level?, asOf: Instant?)
    /// One indicator of an agency over consecutive periods of one kind; without the first, from where its figures begin.
    case trend(question: TrendQuestion)
    /// Every value that a measure of an agency has had for a day.
    case history(agency: AgencyCode, measure: MeasureID, day: Day, asOf: Instant?)
    /// The figures that were replaced; `closed` leaves out those of months that were still open or just over.
    case restatements(since: Instant?, agency: AgencyCode?, measure: MeasureID?, source: String?, closed: Bool, asOf: Instant?)
    /// A reading walked back to the deliveries it rests on; without a scheme the indicator's own.
    case explain(indicator: String, agency: AgencyCode, period: PeriodName, scheme: PeriodScheme?, asOf: Instant?)
    /// Open alerts; `all` adds the resolved and closed ones.
    case alertsList(state: AlertState?, agency: AgencyCode?, all: Bool, asOf: Instant? = nil, filter: AlertFilter? = nil)
    /// What has changed since an instant, a line an alert; without one since yesterday morning.
    case alertsChanges(since: Instant?)
    case alertsShow(key: AlertKey, asOf: Instant? = nil)
    /// An alert walked back from its figure to the deliveries it rests on.
    case alertsExplain(key: AlertKey, asOf: Instant? = nil)
    /// How the alerts would stand by the files on disk, with texts in the place of some of them, where that differs from the rules in force.
    case rulesDiff(texts: [String: String])
    /// Does something to an alert's state.
    case alertOrder(key: AlertKey, order: AlertOrder, by: AlertActor)
    /// Leaves a remark at an alert.
    case alertComment(key: AlertKey, text: String, by: String)
    /// Puts somebody in charge of an alert.
    case alertAssign(key: AlertKey, to: String, by: String)
    case silenceAdd(order: SilenceOrder)
    /// The silences that hold or will hold; `all` adds those that are over.
    case silenceList(all: Bool)
    case silenceExpire(id: Int64, by: String)
    case remediationAdd(order: RemediationOrder)
    /// What agencies have answered; `overdue` leaves the promises that were broken.
    case remediationList(overdue: Bool, agency: AgencyCode?)
    /// The evidence of an answer, as bytes.
    case remediationEvidence(id: Int64)
    /// Takes a wrong delivery back.
    case retract(delivery: DeliveryID, by: AlertActor)
    /// Makes a token with which a sender may push; the answer is the only place that shows it.
    case tokenCreate(order: TokenOrder)
    /// The tokens without their texts; `all` adds the revoked ones.
    case tokenList(all: Bool)
    case tokenRevoke(name: String, by: AlertActor)
    /// Makes another token for a sender and ends the old one after a while.
    case tokenRotate(order: RotationOrder)
    /// Lets letters go that were held, or drops them.
    case lettersRelease(dropping: Bool)
    /// A letter as it would be written now.
    case letterPreview(question: LetterQuestion)
    /// Sends an invented letter of a kind to an address.
    case letterTest(address: String, kind: String?)
    case findingsList(kind: Finding.Kind?, source: String?, since: Instant?, asOf: Instant? = nil)
    case outboxList(state: OutboxItem.State?)
    case outboxShow(id: Int64)
    /// Puts a letter that was given up back into the queue, with the Message-ID it has.
    case outboxRetry(id: Int64)
    /// What a file would change; nothing is stored.
    case importPreview(order: ImportOrder)
    /// Stores a file, provided that it would still change what the preview of this digest said; otherwise the new preview is the answer.
    case importCommit(order: ImportOrder, digest: String)
    /// A form for agencies, as bytes.
    case importForm(question: FormQuestion)
    /// The newest deliveries, of one source or of all.
    case deliveriesList(source: String?, limit: Int)
    /// What is known of a delivery; `raw` asks for its bytes instead, as they came.
    case deliveryShow(id: DeliveryID, raw: Bool)
    /// The page for Prometheus, as bytes.
    case metrics
    case remoteWriteStatus
    /// Sends everything from a day on to a target once more.
    case remoteWriteReplay(target: String, from: Day)
    /// How far the mailbox is read, and what waits in it.
    case mailboxStatus
    /// Reads the mailbox now.
    case mailboxRun
    /// Mails that wait for an operator's word; `all`, or an agency, shows the others too.
    case answersList(all: Bool, agency: AgencyCode?)
    case answersShow(id: Int64)
    /// A file that came with a mail, from 1, as bytes.
    case answersFile(id: Int64, number: Int)
    /// Takes a mail as the answer to an alert.
    case answersAssign(id: Int64, key: AlertKey, by: String)
    /// The addresses that letters came back from.
    case contactsList
    /// Lets letters go to an address again.
    case contactsClear(address: String, by: String)
    /// The working calendar of a year: its days off, worked weekends and working days.
    case calendarShow(year: Int)
}

extension Request {
    /// Whether the answer can be had from the database file alone. The others make the daemon act.
    public var isReadOnly: Bool {
        switch self {
        case .sourcesRun, .sourcesBackfill, .outboxRetry, .remoteWriteReplay, .alertOrder, .alertComment, .alertAssign, .silenceAdd, .silenceExpire,
            .remediationAdd, .lettersRelease, .letterTest, .retract, .tokenCreate, .tokenRevoke, .tokenRotate,
            .importCommit, .mailboxRun, .answersAssign, .contactsClear:
            false
        default: true
        }
    }
}

/// What is asked of a trend.
public struct TrendQuestion: Hashable, Sendable, Codable {
    public var agency: AgencyCode
    public var indicator: String
    /// The first and the last period, of one kind.
    public var from: PeriodName?
    public var through: PeriodName?
    public var scheme: PeriodScheme?
    public var asOf: Instant?
    /// Whether to go on, visibly, where the definition changes.
    public var joinsBreaks: Bool
    /// Whether the agencies that this one was formed from are added in the periods before.
    public var withPredecessors: Bool

    public init(
        agency: AgencyCode, indicator: String, from: PeriodName? = nil, through: PeriodName? = nil, scheme: PeriodScheme? = nil,
        asOf: Instant? = nil, joinsBreaks: Bool = false, withPredecessors: Bool = false
    ) {
        self.agency = agency
        self.indicator = indicator
        self.from = from
        self.through = through
        self.scheme = scheme
        self.asOf = asOf
        self.joinsBreaks = joinsBreaks
        self.withPredecessors = withPredecessors
    }
}

/// Which group's figure is wanted: agencies by name, the agencies below one, those of a level, or those below the province.
public struct RollupQuestion: Hashable, Sendable, Codable {
    public var indicator: String
    public var agencies: [AgencyCode]
    /// Whether the agencies that these were formed from in the period belong to the group.
    public var withPredecessors: Bool
    public var parent: AgencyCode?
    public var level: Agency.Level?
    public var period: PeriodName?
    public var scheme: PeriodScheme?
    public var asOf: Instant?

    public init(
        indicator: String, agencies: [AgencyCode] = [], withPredecessors: Bool = false, parent: AgencyCode? = nil, level: Agency.Level? = nil,
        period: PeriodName? = nil,
        scheme: PeriodScheme? = nil, asOf: Instant? = nil
    ) {
        self.indicator = indicator
        self.agencies = agencies
        self.withPredecessors = withPredecessors
        self.parent = parent
        self.level = level
        self.period = period
        self.scheme = scheme
        self.asOf = asOf
    }
}

/// A request with the language its answer shall be in: the body of `POST /v1/request`.
public struct Envelope: Hashable, Sendable, Codable {
    public let language: Language
    public let request: Request

    public init(language: Language, request: Request) {
        self.language = language
        self.request = request
    }
}
