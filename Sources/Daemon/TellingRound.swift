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

    private let owed: [Telling.Owed]
    /// How far each alert was urged before.
    let before: [AlertKey: Urged]
    private let settings: UrgingSettings
    private let isFirstRun: Bool
    private let now: Instant
    private var heldAlert: AlertMachine
    private let register: Register

    /// Works out what is owed and who may be told of it now. `newest` are figures that an alert keeps firing by, later than those it began with.
    init(
        configuration: Configuration, store: Store, alerts: [Alert], transitions: [Transition], newest: [AlertKey: Verdict] = [:],
        isFirstRun: Bool, at now: Instant
    ) throws(StoreError) {
        let core = configuration.core
        settings = core.province.urging
        self.isFirstRun = isFirstRun
        self.now = now
        register = core.register
        before = try store.urged()
        state = try store.urgingState()
        var standing = Dictionary(alerts.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        for transition in transitions { standing[transition.key] = transition.alert }
        for (key, verdict) in newest { standing[key] = standing[key]?.told(by: verdict) }
        heldAlert = AlertMachine(key: .lettersHeld, alert: standing.removeValue(forKey: .lettersHeld))
        let situation = Telling.Situation(
            alerts: standing.values.sorted { $0.key < $1.key }, urged: before, promises: try TellingRound.promises(store),
            answered: try store.lastAnswers(), replyStops: core.province.mail?.mailbox?.replyStops ?? .nextReminder,
            begins: try TellingRound.begins(store, transitions, since: now + .seconds(-30 * 86_400)), settings: settings, calendar: core.calendar,
            now: now)
        let (everything, unknownDays) = Telling.owed(situation)
        let isOpen = settings.isOpen(at: now, calendar: core.calendar, lastTold: state.lastTold)
        owed = everything.filter { isOpen || $0.alert.key.agency == nil }
        let composed = Notices.compose(
            owed, transitions: transitions, register: register, today: now.day, measures: core.measuresOfSubjects)
        findings = composed.findings + unknownDays
        notices = composed.notices
        if isOpen, settings.gathered != nil { state.lastTold = now }
        try keepToLimits(store)
    }

    /// The day until which each agency has promised to mend what an alert is about: what it said last counts.
    private static func promises(_ store: Store) throws(StoreError) -> [AlertKey: Day] {
        var promises: [AlertKey: Day] = [:]
        for answer in try store.remediations() { promises[answer.key] = answer.due ?? promises[answer.key] }
        return promises
    }

    /// How often alerts began to fire, what is not stored yet among it.
    private static func begins(_ store: Store, _ transitions: [Transition], since: Instant) throws(StoreError) -> [AlertKey: Int] {
        var begins = try store.begins(since: since)
        for transition in transitions where transition.to.isFiring && !(transition.from?.isFiring ?? false) {
            begins[transition.key, default: 0] += 1
        }
        return begins
    }

    /// Leaves out what an agency, or all together, would get too much of today.
    private mutating func keepToLimits(_ store: Store) throws(StoreError) {
        if let most = settings.perAgencyAndDay {
            let written = try store.lettersWritten(since: now.day.start)
            notices.removeAll { notice in notice.agency.map { written[$0.code] ?? 0 >= most } ?? false }
        }
        if let most = settings.perHour {
            var room = max(0, most - (try store.lettersWritten(since: now + .seconds(-3600)).values.reduce(0, +)))
            notices.removeAll { notice in
                guard notice.agency != nil else { return false }
                room -= 1
                return room < 0
            }
        }
    }

    /// Stops when more letters are owed than may be written without an operator's word, and tells the operators instead.
    mutating func hold() {
        let letters = notices.count { $0.agency != nil }
        let ceiling = isFirstRun ? min(settings.firstCeiling, settings.ceiling ?? .max) : settings.ceiling ?? .max
        let facts = Reason.Held(letters: letters, ceiling: ceiling, isFirstRun: isFirstRun)
        let wasHeld = state.heldSince != nil
        let isHeld = letters > 0 && !state.isReleased && (wasHeld || letters > ceiling)
        if isHeld {
            notices.removeAll { $0.agency != nil }
            state.heldSince = state.heldSince ?? now
            state.heldLetters = letters
        } else if letters > 0 {
            state.isReleased = false
            state.heldSince = nil
            state.heldLetters = 0
        }
        let change = heldAlert.handle(isHeld ? .breach(.warning, .lettersHeld(facts)) : .clear(.lettersReleased(facts)), period: nil, at: now)
        guard let change, isHeld || heldAlert.alert?.state == .resolved else { return }
        ownTransitions.append(change)
        guard change.to.isFiring else { return }
        let own = Telling.Owed(alert: change.alert, occasion: .news, step: 0, audience: .operators)
        let others = notices.filter { $0.agency == nil }.flatMap(\.transitions)
        notices.removeAll { $0.agency == nil }
        let merged = Notices.compose([own], transitions: [change], register: register, today: now.day).notices
        notices += merged.map { Notice(agency: nil, addressees: [], transitions: $0.transitions + others, audience: .operators, step: $0.step) }
    }

    /// How far each alert is urged once these were told; steps that tell nobody are taken too.
    func urged(told: Set<AlertKey>) -> [AlertKey: Urged?] {
        var urged: [AlertKey: Urged?] = [:]
        for item in owed where item.audience == .summary || told.contains(item.alert.key) {
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
