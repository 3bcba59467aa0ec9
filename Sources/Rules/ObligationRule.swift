import Model
import Settings

/// Names agencies that owe a document since a day: a remediation report (báo cáo khắc phục), a self-review (báo cáo tự kiểm tra).
///
/// What was received is entered with the rule, with what proves it.
public struct ObligationRule: Rule {
    /// A document that came.
    public struct Receipt: Hashable, Sendable {
        public let day: Day
        /// How it is known, such as its number.
        public let evidence: String

        public init(day: Day, evidence: String) {
            self.day = day
            self.evidence = evidence
        }
    }

    public let id: String
    public let scope: RuleScope
    public let action: LocalizedText?
    public let severity: Severity
    public let title: LocalizedText
    /// The last day on which it is in time.
    public let due: Day
    public let received: [AgencyCode: Receipt]
    public let legalBasis: String

    public init(
        id: String, scope: RuleScope, action: LocalizedText? = nil, severity: Severity = .warning, title: LocalizedText, due: Day,
        received: [AgencyCode: Receipt] = [:], legalBasis: String = ""
    ) {
        self.id = id
        self.scope = scope
        self.action = action
        self.severity = severity
        self.title = title
        self.due = due
        self.received = received
        self.legalBasis = legalBasis
    }

    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let scope = RuleScope(reader, context, readsIndicators: false)
        let action = reader.localized("action")
        let severity = reader.has("severity") ? reader.choice("severity", Severity.self) : .warning
        let title = reader.localized("title")
        if !reader.has("title") { reader.problem(nil, "missing 'title': what is owed, {vi: …, en: …}") }
        let due = reader.day("due")
        if !reader.has("due") { reader.problem(nil, "missing 'due': the last day on which it is in time, such as 2026-12-15") }
        let legalBasis = reader.string("legal_basis") ?? ""
        let received = ObligationRule.received(reader, context)
        guard let scope, let severity, let title, let due, let received else { return nil }
        self.init(
            id: id, scope: scope, action: action, severity: severity, title: title, due: due, received: received, legalBasis: legalBasis)
    }

    private static func received(_ reader: SettingsReader, _ context: RuleContext) -> [AgencyCode: Receipt]? {
        guard reader.has("received") else { return [:] }
        guard let readers = reader.readers("received") else { return nil }
        var receipts: [AgencyCode: Receipt] = [:]
        var isSound = true
        for entry in readers {
            defer { entry.finish() }
            let agency = entry.requiredValue("agency", expected: "an agency code such as H52.07") { AgencyCode($0) }
            let day = entry.day("on")
            if !entry.has("on") { entry.problem(nil, "missing 'on': the day it was received") }
            let evidence = entry.string("evidence") ?? ""
            if let agency, !context.register.knows(agency) {
                entry.problem("agency", "no agency has the code '\(agency)' in agencies.csv")
                isSound = false
            }
            guard let agency, let day, receipts.updateValue(Receipt(day: day, evidence: evidence), forKey: agency) == nil else {
                if let agency, receipts[agency] != nil, day != nil { entry.problem("agency", "'\(agency)' stands twice; keep one of them") }
                isSound = false
                continue
            }
        }
        return isSound ? receipts : nil
    }

    public var cadences: [Cadence] { [] }

    public func indicators(of cadence: Cadence) -> [Indicator] { [] }

    public func narrowed(to scope: RuleScope) -> any Rule {
        ObligationRule(
            id: id, scope: scope, action: action, severity: severity, title: title, due: due, received: received, legalBasis: legalBasis)
    }

    /// It rests on no figures; what was sent may have been noted meanwhile.
    public func restricted(to touched: Touched) -> (any Rule)? { self }

    /// Agencies that exist on the due day owe it; after it whoever has not sent it is named, and a document that came late ends it on the day on which
    /// it came: a day that has not come yet says nothing. A due day that was put off ends it too: until then nothing is owed.
    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        let verdicts = scope.agencies(in: DayRange(due), register: scene.register).map { agency in
            let receipt = received[agency.code].flatMap { $0.day <= scene.today ? $0 : nil }
            let facts = Reason.Owed(title: title, due: due, received: receipt?.day, evidence: receipt?.evidence ?? "", legalBasis: legalBasis)
            let condition: Condition =
                receipt != nil ? .clear(.owed(facts)) : scene.today > due ? .breach(severity, .owed(facts)) : .clear(.noLongerJudged("due"))
            return Verdict(key: AlertKey(rule: id, subject: id, agency: agency.code), condition: condition, period: nil)
        }
        return Evaluation(verdicts: verdicts)
    }
}
