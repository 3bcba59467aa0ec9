import Assembly
import Model
import Notify
import Rules
import Settings
import Store

/// What one judging leads to telling: everything that is owed, less what must wait for the hour, for room in a limit, or for an operator's word.
///
/// What waits is not marked, so the next judging finds it owed again.
struct TellingRound {
    /// What is told now.
    private(set) var notices: [Notice]
    private(set) var findings: [Finding]
    private(set) var state: UrgingState
    /// Changes of the daemon's own alert that letters wait.
    private(set) var ownTransitions: [Transition] = []

    /// What is owed, less what waits.
    private var owed: [Telling.Owed]
    /// How far each alert was urged before.
    let before: [AlertKey: Urged]
    let answers: StandingAnswers
    private let configuration: Configuration
    private let transitions: [Transition]
    private let now: Instant

    /// Works out what is owed and who may be told of it now. `newest` are figures that an alert keeps firing by, later than those it began with.
    init(
        configuration: Configuration, store: Store, alerts: [Alert], transitions: [Transition], newest: [AlertKey: Verdict] = [:], at now: Instant
    ) throws(StoreError) {
        let core = configuration.core
        let settings = core.province.urging
        self.configuration = configuration
        self.transitions = transitions
        self.now = now
        before = try store.urged()
        state = try store.urgingState()
        answers = try store.standingAnswers()
        var standing = Dictionary(alerts.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        for transition in transitions { standing[transition.key] = transition.alert }
        for (key, verdict) in newest { standing[key] = standing[key]?.told(by: verdict) }
        let held = AlertMachine(key: .lettersHeld, alert: standing.removeValue(forKey: .lettersHeld))
        let over = before.filter { standing[$0.key]?.state == .resolved }.mapValues(\.toldAt)
        let situation = Telling.Situation(
            alerts: standing.values.sorted { $0.key < $1.key }, urged: before, unheard: try store.unheard(among: over),
            silences: try store.silences(endingAfter: now), promises: answers.promises, answered: answers.enteredAt,
            replyStops: core.province.mail?.mailbox?.replyStops ?? .nextReminder,
            begins: try TellingRound.begins(store, transitions, since: now + .seconds(-30 * 86_400)), settings: settings, calendar: core.calendar,
            now: now)
        let (everything, unknownDays) = Telling.owed(situation)
        let isOpen = settings.isOpen(at: now, calendar: core.calendar, lastTold: state.lastTold)
        owed = everything.filter { isOpen || !$0.waitsForHours }
        let composed = TellingRound.compose(owed, transitions, configuration, at: now)
        findings = composed.findings + unknownDays
        notices = composed.notices
        guard isOpen else { return }
        try hold(held, isFirstRun: try isFirstRun(store))
        let isWhole = try keepToLimits(store)
        // What was gathered and must wait for room, or for the operator, does not wait for the next gathering too.
        if settings.gathered != nil, isWhole, state.heldSince == nil { state.lastTold = now }
    }

    private static func compose(
        _ owed: [Telling.Owed], _ transitions: [Transition], _ configuration: Configuration, at now: Instant
    ) -> Notices.Composed {
        Notices.compose(
            owed, transitions: transitions, register: configuration.core.register, today: now.day, measures: configuration.core.measuresOfSubjects)
    }

    /// Whether what is owed may look back over years: until a day has passed since the first letter to an agency, because sources bring their
    /// history one after the other.
    private func isFirstRun(_ store: Store) throws(StoreError) -> Bool {
        guard let first = try store.firstLetterWritten() else { return before.keys.allSatisfy { $0.agency == nil } }
        return now < first + .seconds(86_400)
    }

    /// How often alerts began to fire, what is not stored yet among it.
    private static func begins(_ store: Store, _ transitions: [Transition], since: Instant) throws(StoreError) -> [AlertKey: Int] {
        var begins = try store.begins(since: since)
        for transition in transitions where transition.begins { begins[transition.key, default: 0] += 1 }
        return begins
    }

    /// Stops when more letters are owed than may be written without an operator's word, and tells the operators instead. What was released is
    /// not held again before all of it is written.
    private mutating func hold(_ alert: AlertMachine, isFirstRun: Bool) throws(StoreError) {
        let settings = configuration.core.province.urging
        let addressees = Set(notices.compactMap { $0.agency?.code })
        let ceiling = isFirstRun ? min(settings.firstCeiling, settings.ceiling ?? .max) : settings.ceiling ?? .max
        let facts = Reason.Held(letters: addressees.count, ceiling: ceiling, isFirstRun: isFirstRun)
        let isHeld = !addressees.isEmpty && !state.isReleased && (state.heldSince != nil || addressees.count > ceiling)
        state.heldSince = isHeld ? state.heldSince ?? now : nil
        state.heldLetters = isHeld ? addressees.count : 0
        if isHeld { leaveOut(addressees) }
        var machine = alert
        let change = machine.handle(isHeld ? .breach(.warning, .lettersHeld(facts)) : .clear(.lettersReleased(facts)), period: nil, at: now)
        guard let change, isHeld || machine.alert?.state == .resolved else { return }
        ownTransitions.append(change)
        guard change.to.isFiring else { return }
        let own = Telling.Owed(alert: change.alert, occasion: .news, step: 0, audience: .operators)
        let others = notices.filter { $0.agency == nil }.flatMap(\.transitions)
        notices.removeAll { $0.agency == nil }
        let merged = Notices.compose([own], transitions: [change], register: configuration.core.register, today: now.day).notices
        notices += merged.map { Notice(agency: nil, addressees: [], transitions: $0.transitions + others, audience: .operators, step: $0.step) }
    }

    /// Leaves out what an agency, or all together, would get too much of today. False when letters wait for room within the hour.
    private mutating func keepToLimits(_ store: Store) throws(StoreError) -> Bool {
        let settings = configuration.core.province.urging
        if let most = settings.perAgencyAndDay {
            let written = try store.lettersWritten(since: now.day.start)
            leaveOut(Set(notices.compactMap { $0.agency?.code }.filter { written[$0] ?? 0 >= most }))
        }
        var mustWait: Set<AgencyCode> = []
        if let most = settings.perHour {
            let room = max(0, most - (try store.lettersWritten(since: now + .seconds(-3600)).values.reduce(0, +)))
            mustWait = Set(notices.compactMap { $0.agency?.code }.dropFirst(room))
            leaveOut(mustWait)
        }
        if mustWait.isEmpty { state.isReleased = false }
        return mustWait.isEmpty
    }

    /// Leaves out the letters to some agencies, with all that others would hear of the same alerts: an alert counts as told once, when everybody
    /// who must hear of it does.
    private mutating func leaveOut(_ agencies: Set<AgencyCode>) {
        let left = notices.filter { $0.agency.map { agencies.contains($0.code) } ?? false }
        guard !left.isEmpty else { return }
        let keys = Set(left.flatMap(\.transitions).map(\.key))
        owed.removeAll { keys.contains($0.alert.key) }
        notices = TellingRound.compose(owed, transitions, configuration, at: now).notices
    }

    /// How far each alert is urged once these were told; steps that tell nobody are taken too.
    func urged(told: Set<AlertKey>) -> [AlertKey: Urged?] {
        var urged: [AlertKey: Urged?] = [:]
        for item in owed where !item.isTold || told.contains(item.alert.key) {
            urged[item.alert.key] = .some(Telling.urged(after: item, before: before[item.alert.key], at: now))
        }
        return urged
    }
}

extension Alert {
    /// The same alert with the figures of a later breach, as reminders tell it.
    fileprivate func told(by verdict: Verdict) -> Alert {
        guard case .breach(_, let reason) = verdict.condition else { return self }
        return Alert(key: key, state: state, severity: severity, since: since, period: verdict.period, reason: reason, assignee: assignee)
    }
}
