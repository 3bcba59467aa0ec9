import Model

/// Something that is judged again and again: reads a scene, gives a verdict per subject and agency, and remembers nothing.
public protocol Rule: Sendable {
    /// The form of `Identifier`; part of every alert's key.
    var id: String { get }
    /// What the letter asks the agency to do; nil when the operator has not written it.
    var action: LocalizedText? { get }
    /// The kinds and schemes of periods it judges one after another; empty for rules that look at today.
    var cadences: [Cadence] { get }
    /// Whom and what it is about; that it is not about some agencies for some days, the caller sees to.
    var scope: RuleScope { get }
    /// How many periods before the judged one it also reads.
    var lookBack: Int { get }
    /// What must have passed before a breach is told.
    var patience: Patience { get }
    /// Whether its verdicts depend on which of its alerts are open, so that the scene must hold them.
    var asksForItsAlerts: Bool { get }
    /// Whether a period of one of its cadences may be judged on a day. A period that is not closed never may.
    func isRipe(_ period: Period, on today: Day, calendar: WorkCalendar) -> Bool
    /// The indicators it reads over periods of a cadence, so that the caller can load their cells.
    func indicators(of cadence: Cadence) -> [Indicator]
    /// The periods that an alert still asks for when `period` is judged; the newest is `period` itself, and all of them are loaded.
    func asked(by alert: Alert, through period: Period) -> [Period]
    /// The rule for a part of its scope, with the same id: its verdicts on that part must be those of the whole rule.
    func narrowed(to scope: RuleScope) -> any Rule
    /// The rule for what was touched alone; nil when it has nothing to say about it.
    func restricted(to touched: Touched) -> (any Rule)?
    /// Verdicts on one period, or on today when `period` is nil.
    func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation
}

extension Rule {
    public var exemptions: [Exemption] { scope.exemptions }

    public var lookBack: Int { 0 }

    public var patience: Patience { Patience() }

    public var asksForItsAlerts: Bool { false }

    public func asked(by alert: Alert, through period: Period) -> [Period] { [period] }

    public func restricted(to touched: Touched) -> (any Rule)? { scope.touched(by: touched).map(narrowed) }

    public func isRipe(_ period: Period, on today: Day, calendar: WorkCalendar) -> Bool { period.isClosed(on: today) }
}

/// One kind of period in one scheme: indicators of one cadence are judged period by period together.
public struct Cadence: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let kind: Period.Kind
    public let scheme: PeriodScheme

    public init(kind: Period.Kind, scheme: PeriodScheme) {
        self.kind = kind
        self.scheme = scheme
    }

    public init(of indicator: Indicator) {
        self.init(kind: indicator.period, scheme: indicator.scheme)
    }

    /// `month/admin15`
    public var description: String { "\(kind.rawValue)/\(scheme.rawValue)" }

    public static func < (left: Cadence, right: Cadence) -> Bool { left.description < right.description }
}

/// What a rule found about one subject and agency.
public struct Verdict: Hashable, Sendable {
    public let key: AlertKey
    public let condition: Condition
    /// The period judged, nil for rules that look at today.
    public let period: Period?

    public init(key: AlertKey, condition: Condition, period: Period?) {
        self.key = key
        self.condition = condition
        self.period = period
    }
}

/// How things stand, as far as the rule can tell.
public enum Condition: Hashable, Sendable {
    /// The agency must be told.
    case breach(Severity, Reason)
    /// It looks like a breach, but not yet for as long as the rule asks, or on figures that are not complete.
    case suspected(Severity, Reason)
    /// All is well.
    case clear(Reason)
    /// Nothing can be said; an alert stays as it is.
    case undecided

    /// The province has set no target that is in force.
    static let withoutTarget = Condition.clear(.noLongerJudged("target"))

    /// Whether it says how things stand.
    var isDecided: Bool {
        switch self {
        case .breach, .clear: true
        case .suspected, .undecided: false
        }
    }
}

/// All a rule has to say about one scene.
public struct Evaluation: Hashable, Sendable {
    public var verdicts: [Verdict]
    public var findings: [Finding]

    public init(verdicts: [Verdict] = [], findings: [Finding] = []) {
        self.verdicts = verdicts
        self.findings = findings
    }
}
