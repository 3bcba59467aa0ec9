import Connectors
import Indicators
import Model
import Notify
import Rules
import Settings
import Store

/// Judges days that have passed by the code that judges live, from what was known on each at the moment at which letters could be written first.
/// Nothing is stored and nothing is sent.
///
/// It begins with the alerts as they stood, and hears of deliveries, promises, answers, silences and orders of operators when they came. Sources are
/// judged by their deliveries. What the store does not keep as of an instant is taken as it is today, and what an operator decides about letters is
/// not asked: docs/rules-tests.md says what that leaves out.
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

    /// Replays the days from one through another.
    public func run(from first: Day, through last: Day) throws(StoreError) -> Outcome {
        var memory = try Memory(configuration, store, before: first.start)
        var outcome = Outcome()
        for number in 0...max(0, last - first) {
            try pass(&memory, at: urging.moment(of: first + number, lastTold: memory.lastTold), &outcome)
        }
        // What was ordered after the last of these moments.
        outcome.events += memory.obey(until: (last + 1).start + .milliseconds(-1)).map { Event(day: $0.at.day, transition: $0) }
        outcome.alerts = memory.alerts.byKey
        return outcome
    }

    /// How the alerts would stand at an instant, beginning with those that stand then.
    public func alerts(at now: Instant) throws(StoreError) -> [AlertKey: Alert] {
        var memory = try Memory(configuration, store, before: now + .milliseconds(1))
        _ = try judge(&memory, at: now, isOrdered: false)
        return memory.alerts.byKey
    }

    private var rules: [any Rule] { configuration.rules }
    private var urging: UrgingSettings { configuration.core.province.urging }

    private func pass(_ memory: inout Memory, at now: Instant, _ outcome: inout Outcome) throws(StoreError) {
        let ordered = memory.obey(until: now)
        let transitions = try judge(&memory, at: now, isOrdered: !ordered.isEmpty)
        outcome.events += (ordered + transitions).map { Event(day: $0.at.day, transition: $0) }
        outcome.letters += try tell(&memory, transitions, at: now)
    }

    /// Judges what may have changed: everything when figures came, another period became due, the days to correct one are over, or a silence or an
    /// order of an operator changed what is told; otherwise what depends on the day alone.
    private func judge(_ memory: inout Memory, at now: Instant, isOrdered: Bool) throws(StoreError) -> [Transition] {
        let core = configuration.core
        let newest = try store.newestDelivery(until: now)
        let touched = Touched(try store.reaches(after: memory.judgedDelivery, through: newest, limit: .max))
        let all = Judge.runs(
            rules, judgedThrough: memory.judgedThrough, firstDay: nil, today: now.day, calendar: core.calendar, touched: touched)
        let due = all.filter { $0.track != nil }.compactMap { run in
            run.period.map { "\(run.rule.id) \($0) \(run.rule.patience.isOver(after: $0, on: now.day, calendar: core.calendar))" }
        }
        let isNews = memory.isNews(Grounds(newest: newest, due: due, silences: memory.silences(at: now).map(\.id)))
        let periods = isNews || isOrdered ? all : all.filter { $0.period == nil }
        memory.learn(through: newest, at: now)
        memory.judgedDelivery = newest
        guard !periods.isEmpty else { return [] }
        let runs = Judge.runs(periods, heeding: memory.alerts.ordered, register: core.register, areJudged: memory.hasJudged)
        memory.hasJudged = true
        let scene = try scene(for: runs, memory, at: now)
        let outcome = Judge.judge(runs, rules: rules, alerts: memory.alerts.ordered, scene: scene)
        for (track, period) in outcome.judgedThrough { memory.judgedThrough[track] = period }
        memory.apply(outcome.transitions)
        return outcome.transitions
    }

    private func scene(for runs: [Judge.Run], _ memory: Memory, at now: Instant) throws(StoreError) -> Scene {
        let core = configuration.core
        let room = try ReadingRoom(core: core, store: store, for: Judge.neededPeriods(runs), today: now.day, asOf: now)
        let sources = configuration.enabled(try store.sourceStates(asOf: now))
        var lastDays: [MeasureID: [AgencyCode: Day]] = [:]
        for measure in runs.compactMap({ ($0.rule as? StaleRule)?.watchedMeasure }) {
            lastDays[measure] = try store.lastDayAboveZero(measure, until: now.day)
        }
        return Scene(
            register: core.register, targets: core.targets, calendar: core.calendar, now: now,
            reading: { room.reading(of: $0, agency: $1, over: $2) }, lastDays: lastDays,
            sources: sources, reportedEver: memory.reported, sourceMeasures: configuration.sourceMeasures,
            sourceAgencies: try configuration.agencies(ofSilentAmong: sources, store, on: now.day, asOf: now),
            restatements: try configuration.closedRestatements(for: runs.map(\.rule), store, at: now), silences: memory.silences(at: now),
            reopensWithin: core.province.urging.reopensWithin, ruleVersion: configuration.rulesVersion)
    }

    /// The letters of one day, by the same decision as live; limits and ceilings that ask an operator are not applied.
    private func tell(_ memory: inout Memory, _ transitions: [Transition], at now: Instant) throws(StoreError) -> [Letter] {
        let core = configuration.core
        let isOpen = urging.isOpen(at: now, calendar: core.calendar, lastTold: memory.lastTold)
        if isOpen { memory.lastTold = now }
        memory.begins.forget(before: now + .seconds(-30 * 86_400))
        let situation = Telling.Situation(
            alerts: memory.alerts.ordered, urged: memory.urged, silences: memory.silences(at: now), promises: memory.answers.promises,
            answered: memory.answers.enteredAt, replyStops: core.province.mail?.mailbox?.replyStops ?? .nextReminder,
            begins: memory.begins.counts, settings: urging, calendar: core.calendar, now: now)
        // Only agencies have hours in which they are written to.
        let owed = Telling.owed(situation).owed.filter { isOpen || !$0.waitsForHours }
        let composed = Notices.compose(
            owed, transitions: transitions, register: core.register, today: now.day,
            measures: core.measuresOfSubjects)
        for item in owed { memory.urged[item.alert.key] = Telling.urged(after: item, before: memory.urged[item.alert.key], at: now) }
        return composed.notices.map { Letter(day: now.day, agency: $0.agency?.code, alerts: $0.transitions.map(\.key)) }
    }
}
