import Model
import Settings

/// Names agencies where nothing has happened for longer than allowed (a portal gone quiet), or sources that have stopped answering.
public struct StaleRule: Rule {
    /// What must not fall silent.
    public enum Watched: Hashable, Sendable {
        /// A measure, for each agency in scope; working days are counted when asked for.
        case measure(MeasureID, workingDays: Bool)
        /// Sources by id, nil for all; the operator is told.
        case sources(Set<String>?)
    }

    public let id: String
    public let scope: RuleScope
    public let action: LocalizedText?
    public let watched: Watched
    public let severity: Severity
    /// Days that may pass.
    public let limit: Int
    public let legalBasis: String

    public init(
        id: String, scope: RuleScope, action: LocalizedText? = nil, watched: Watched, severity: Severity = .warning, limit: Int,
        legalBasis: String = ""
    ) {
        self.id = id
        self.scope = scope
        self.action = action
        self.watched = watched
        self.severity = severity
        self.limit = limit
        self.legalBasis = legalBasis
    }

    public var cadences: [Cadence] { [] }
    public var asksForItsAlerts: Bool { true }

    public func indicators(of cadence: Cadence) -> [Indicator] { [] }

    /// The measure whose last days the scene must hold; nil when sources are watched.
    public var watchedMeasure: MeasureID? {
        guard case .measure(let measure, _) = watched else { return nil }
        return measure
    }

    /// Of some sources those that it would name on a day, whatever else is so.
    public func silent(among sources: [String: SourceState], on today: Day) -> [String] {
        guard case .sources(let ids) = watched else { return [] }
        return sources.filter { source, state in
            ids?.contains(source) ?? true && today - (state.lastSuccess?.day ?? state.registeredAt.day) > limit
        }.keys.sorted()
    }

    public func narrowed(to scope: RuleScope) -> any Rule {
        StaleRule(id: id, scope: scope, action: action, watched: watched, severity: severity, limit: limit, legalBasis: legalBasis)
    }

    /// Whether sources answer is asked each time: a delivery is the best sign that one does.
    public func restricted(to touched: Touched) -> (any Rule)? {
        guard let measure = watchedMeasure else { return self }
        return touched.measures.contains(measure) ? self : nil
    }

    public func evaluate(_ period: Period?, _ scene: Scene) -> Evaluation {
        var evaluation = Evaluation()
        switch watched {
        case .measure(let measure, let workingDays):
            for agency in scope.agencies(in: DayRange(scene.today), register: scene.register) {
                let last = scene.lastDays[measure]?[agency.code]
                let condition = judge(last: last, since: agency.validFrom, workingDays: workingDays, scene, &evaluation.findings)
                let key = AlertKey(rule: id, subject: measure.text, agency: agency.code)
                evaluation.verdicts.append(Verdict(key: key, condition: condition, period: nil))
            }
            // Whoever is gone will do nothing any more.
            evaluation.verdicts += scene.keysOfTheGone.map { Verdict(key: $0, condition: .clear(.noLongerJudged("agency")), period: nil) }
        case .sources(let ids):
            for (source, state) in scene.sources.sorted(by: { $0.key < $1.key }) where ids?.contains(source) ?? true {
                let last = state.lastSuccess?.day
                let condition = judge(last: last, since: state.registeredAt.day, workingDays: false, scene, &evaluation.findings)
                evaluation.verdicts.append(Verdict(key: AlertKey(rule: id, subject: source, agency: nil), condition: condition, period: nil))
            }
        }
        return evaluation
    }

    /// Something that never happened is measured from the first day it could have.
    private func judge(last: Day?, since: Day, workingDays: Bool, _ scene: Scene, _ findings: inout [Finding]) -> Condition {
        let today = scene.today
        guard let age = age(from: last ?? since, to: today, workingDays: workingDays, scene, &findings) else { return .undecided }
        let facts = Reason.Stale(
            last: last, today: today, limit: limit, countsWorkingDays: workingDays, age: last == nil ? nil : age, legalBasis: legalBasis)
        if age > limit { return .breach(severity, .stale(facts)) }
        return last == nil ? .undecided : .clear(.fresh(facts))
    }

    /// Days after `start` up to `today`. Working days are counted backwards: when the calendar does not reach back to `start` but the limit is
    /// passed already, the silence is certain and the days counted so far are given.
    private func age(from start: Day, to today: Day, workingDays: Bool, _ scene: Scene, _ findings: inout [Finding]) -> Int? {
        guard workingDays else { return max(0, today - start) }
        guard start < today else { return 0 }
        var reached = today
        return CalendarCheck.answer(scene.calendar, rule: id, &findings) { () throws(WorkCalendar.MissingYear) in
            var count = 0
            while reached > start {
                do throws(WorkCalendar.MissingYear) {
                    if try scene.calendar.isWorkingDay(reached) { count += 1 }
                } catch {
                    guard count > limit else { throw error }
                    return count
                }
                reached = reached - 1
            }
            return count
        } restsOn: { _ in
            min(reached + 1, today)...today
        }
    }
}

extension StaleRule {
    init?(_ id: String, _ reader: SettingsReader, _ context: RuleContext) {
        let action = reader.localized("action")
        let legalBasis = reader.string("legal_basis") ?? ""
        let severity = reader.has("severity") ? reader.choice("severity", Severity.self) : .warning
        if !reader.has("limit") { reader.problem(nil, "missing 'limit': the days that may pass without anything new") }
        let limit = reader.integer("limit", in: 1...3650)
        let watched = StaleRule.watched(reader, context)
        var scope: RuleScope? = RuleScope(indicators: [])
        if case .measure? = watched { scope = RuleScope(reader, context, readsIndicators: false) }
        guard let severity, let limit, let watched, let scope else { return nil }
        self.init(id: id, scope: scope, action: action, watched: watched, severity: severity, limit: limit, legalBasis: legalBasis)
    }

    private static func watched(_ reader: SettingsReader, _ context: RuleContext) -> Watched? {
        guard reader.has("measure") != reader.has("sources") else {
            reader.problem(
                nil, "a rule of kind 'stale' needs either 'measure' (what agencies must not stop doing) or 'sources' (all, or a list of ids)")
            return nil
        }
        if reader.has("measure") {
            guard let name = reader.string("measure") else { return nil }
            let known = context.measures.keys.map(\.text).sorted()
            let measure = RuleScope.resolve([name], key: "measure", known: known, what: "measure", reader) { text in
                MeasureID(text).flatMap { context.measures[$0] == nil ? nil : $0 }
            }
            let workingDays = reader.has("working_days") ? reader.bool("working_days") : false
            guard let found = measure?.first, let workingDays else { return nil }
            return .measure(found, workingDays: workingDays)
        }
        guard let ids = reader.strings("sources") else { return nil }
        if ids == ["all"] { return .sources(nil) }
        let found = RuleScope.resolve(ids, key: "sources", known: context.sources, what: "source", reader) { id in
            context.sources.contains(id) ? id : nil
        }
        return found.map { .sources(Set($0)) }
    }
}
