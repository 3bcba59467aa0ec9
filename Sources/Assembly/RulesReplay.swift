import Connectors
import Indicators
import Model
import Notify
import Rules
import Settings
import Store

/// Judges days that have passed by the code that judges live, from the figures as they were known each morning at eight. Nothing is stored and
/// nothing is sent.
///
/// It begins with the alerts as they stood. Sources are judged by their deliveries. What the store does not keep as of an instant is taken as it is
/// today: the last day on which a measure was above zero is today's knowledge of those days.
public struct RulesReplay: Sendable {
    /// An alert changed its state on a day, by these rules.
    public struct Event: Hashable, Sendable {
        public let day: Day
        public let transition: Transition
    }

    /// A letter that would have been written.
    public struct Letter: Hashable, Sendable {
        public let day: Day
        /// Nil for the operators.
        public let agency: AgencyCode?
        public let alerts: [AlertKey]
    }

    public struct Outcome: Sendable {
        public var events: [Event] = []
        public var letters: [Letter] = []
        /// How the alerts stand at the end.
        public var alerts: [AlertKey: Alert] = [:]
    }

    let configuration: Configuration
    let store: Store

    public init(configuration: Configuration, store: Store) {
        self.configuration = configuration
        self.store = store
    }

    /// What is carried from one morning to the next.
    private struct Memory {
        var alerts: Standing
        var urged: [AlertKey: Urged]
        var judgedThrough: [String: Period]
        var begins: [(key: AlertKey, at: Instant)] = []
        var lastDelivery = DeliveryID(0)
        var judged: [String] = []
        /// Who has reported what by then, and who will.
        var reported: [MeasureID: Set<AgencyCode>] = [:]
        var unreported: ArraySlice<FirstReport>

        /// Learns of the deliveries up to one.
        mutating func learn(through delivery: DeliveryID) {
            lastDelivery = delivery
            while let next = unreported.first, next.delivery <= delivery {
                reported[next.measure, default: []].insert(next.agency)
                unreported.removeFirst()
            }
        }
    }

    /// Replays the days from one through another.
    public func run(from first: Day, through last: Day) throws(StoreError) -> Outcome {
        var memory = try begin(at: first)
        var outcome = Outcome()
        for number in 0...max(0, last - first) {
            let now = Instant(first + number, hour: 8, minute: 0)
            let transitions = try judge(&memory, at: now)
            outcome.events += transitions.map { Event(day: now.day, transition: $0) }
            outcome.letters += try tell(&memory, transitions, at: now)
        }
        outcome.alerts = Dictionary(memory.alerts.ordered.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return outcome
    }

    private var rules: [any Rule] { configuration.rules }

    /// The measures of which it matters who has ever reported them.
    private var asked: [MeasureID] {
        let indicators = rules.compactMap { $0 as? NotReportedRule }.flatMap(\.scope.indicators)
        return Array(Set(indicators.flatMap(\.definitions).flatMap(\.measures)))
    }

    /// The alerts of these rules as they stood before the first morning; those that fired then count as told.
    private func begin(at first: Day) throws(StoreError) -> Memory {
        let before = first.start + .seconds(-1)
        let ids = Set(rules.map(\.id))
        let alerts = try store.alerts(asOf: before).filter { ids.contains($0.key.rule) }
        var judgedThrough: [String: Period] = [:]
        for rule in rules {
            for cadence in rule.cadences {
                judgedThrough[Judge.track(rule, cadence)] = Period.lastClosed(cadence.kind, scheme: cadence.scheme, on: first)
            }
        }
        let told = alerts.filter(\.state.isFiring).map { ($0.key, Urged(toldAt: $0.since, severity: $0.severity, step: 0, stepAt: $0.since)) }
        return Memory(
            alerts: Standing(alerts),
            urged: Dictionary(told, uniquingKeysWith: { first, _ in first }), judgedThrough: judgedThrough,
            unreported: try store.firstReports(asked)[...])
    }

    /// Judges what may have changed: everything when figures came or another period became due, otherwise what depends on the day alone.
    private func judge(_ memory: inout Memory, at now: Instant) throws(StoreError) -> [Transition] {
        let core = configuration.core
        let all = Judge.runs(rules, judgedThrough: memory.judgedThrough, firstDay: nil, today: now.day, calendar: core.calendar)
        let due = all.compactMap { run in run.period.map { "\(run.rule.id) \($0)" } }
        let newest = try store.newestDelivery(until: now)
        let isNew = newest != memory.lastDelivery || due != memory.judged
        let runs = Judge.runs(isNew ? all : all.filter { $0.period == nil }, heeding: memory.alerts.ordered, register: core.register)
        memory.learn(through: newest)
        memory.judged = due
        guard !runs.isEmpty else { return [] }
        let scene = try scene(for: runs, reported: memory.reported, at: now)
        let outcome = Judge.judge(runs, rules: rules, alerts: memory.alerts.ordered, scene: scene)
        for (track, period) in outcome.judgedThrough { memory.judgedThrough[track] = period }
        for transition in outcome.transitions {
            if transition.to.isFiring, !(transition.from?.isFiring ?? false) { memory.begins.append((transition.key, now)) }
        }
        memory.alerts.apply(outcome.transitions)
        return outcome.transitions
    }

    private func scene(
        for runs: [Judge.Run], reported: [MeasureID: Set<AgencyCode>], at now: Instant
    ) throws(StoreError) -> Scene {
        let core = configuration.core
        let room = try ReadingRoom(core: core, store: store, for: Judge.neededPeriods(runs), today: now.day, asOf: now)
        let enabled = Set(configuration.sources.filter(\.settings.isEnabled).map(\.settings.id))
        var lastDays: [MeasureID: [AgencyCode: Day]] = [:]
        for measure in runs.compactMap({ ($0.rule as? StaleRule)?.watchedMeasure }) {
            lastDays[measure] = try store.lastDayAboveZero(measure, until: now.day)
        }
        return Scene(
            register: core.register, targets: core.targets, calendar: core.calendar, now: now,
            reading: { room.reading(of: $0, agency: $1, over: $2) }, lastDays: lastDays,
            sources: try store.sourceStates(asOf: now).filter { enabled.contains($0.key) },
            reportedEver: reported,
            sourceMeasures: Dictionary(
                configuration.sources.map { ($0.settings.id, Set($0.connector.measures.compactMap { MeasureID($0) })) },
                uniquingKeysWith: { first, _ in first }),
            restatements: try configuration.closedRestatements(for: runs.map(\.rule), store, at: now), silences: try store.silences(endingAfter: now),
            reopensWithin: core.province.urging.reopensWithin, ruleVersion: configuration.rulesVersion)
    }

    /// The letters of one morning, by the same decision as live; limits and ceilings that ask an operator are not applied.
    private func tell(_ memory: inout Memory, _ transitions: [Transition], at now: Instant) throws(StoreError) -> [Letter] {
        let core = configuration.core
        guard core.province.urging.isOpen(at: now, calendar: core.calendar, lastTold: nil) else { return [] }
        // They are in the order of time: what is too old now is so on every later day.
        memory.begins.removeFirst(memory.begins.prefix { $0.at < now + .seconds(-30 * 86_400) }.count)
        let situation = Telling.Situation(
            alerts: memory.alerts.ordered, urged: memory.urged,
            begins: Dictionary(memory.begins.map { ($0.key, 1) }, uniquingKeysWith: +), settings: core.province.urging, calendar: core.calendar,
            now: now)
        let owed = Telling.owed(situation).owed
        let composed = Notices.compose(
            owed, transitions: transitions, register: core.register, today: now.day,
            measures: core.measuresOfSubjects)
        for item in owed { memory.urged[item.alert.key] = Telling.urged(after: item, before: memory.urged[item.alert.key], at: now) }
        return composed.notices.map { Letter(day: now.day, agency: $0.agency?.code, alerts: $0.transitions.map(\.key)) }
    }
}
