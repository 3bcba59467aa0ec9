import Assembly
import Model
import Notify
import Rules
import Settings
import Store

/// Holds the rules against the figures, and writes the letters that follow: transitions and letters are stored in one transaction.
struct Judging: Sendable {
    struct Result: Sendable {
        var transitions = 0
        var letters = 0

        var isNews: Bool { transitions > 0 }
    }

    let configuration: Configuration
    let store: Store
    let reached: @Sendable (Stage) async -> Void

    func run(at now: Instant) async throws(StoreError) -> Result {
        let core = configuration.core
        let outcome = try await store.reading { [self] store throws(StoreError) in try judge(store, at: now) }

        let notices = Notices.compose(outcome.transitions, register: core.register, today: now.day)
        var findings = outcome.findings + notices.findings
        var letters: [Judgement.Telling] = []
        for notice in notices.notices {
            let written = configuration.letterWriter.letter(for: notice, at: now)
            findings += written.findings
            letters.append(Judgement.Telling(written.letter, of: notice.transitions.map(\.key)))
        }
        await reached(.judged)

        // Nothing new is no transaction: judging runs every quarter of an hour, and a healthy province is the usual case.
        let result = Result(transitions: outcome.transitions.count, letters: letters.count)
        try await store.commit(
            Judgement(transitions: outcome.transitions, letters: letters, findings: findings, judgedThrough: outcome.judgedThrough, at: now))
        await reached(.committed)
        return result
    }

    /// Blocks its thread while the store reads.
    private func judge(_ store: Store, at now: Instant) throws(StoreError) -> Judge.Outcome {
        let core = configuration.core
        let rules = configuration.rules
        var judgedThrough: [String: Period] = [:]
        for rule in rules {
            for cadence in rule.cadences {
                let track = Judge.track(rule, cadence)
                judgedThrough[track] = try store.judgedThrough(rule: track)
            }
        }
        let measures = Array(core.measures.keys)
        let tasks = Judge.tasks(
            rules, judgedThrough: judgedThrough, firstDay: try store.firstDay(of: measures), today: now.day, calendar: core.calendar)
        let room = try ReadingRoom(core: core, store: store, for: Judge.neededPeriods(tasks), today: now.day)
        var lastDays: [MeasureID: [AgencyCode: Day]] = [:]
        for measure in Judge.neededLastDays(tasks) { lastDays[measure] = try store.lastDayAboveZero(measure, until: now.day) }
        let enabled = Set(configuration.sources.filter(\.settings.isEnabled).map(\.settings.id))
        let scene = Scene(
            register: core.register, targets: core.targets, calendar: core.calendar, now: now,
            reading: { room.reading(of: $0, agency: $1, over: $2) }, lastDays: lastDays,
            sources: try store.sourceStates().filter { enabled.contains($0.key) }, reportedEver: try store.reportedEver(measures))
        return Judge.judge(tasks, rules: rules, alerts: try store.alerts(), scene: scene)
    }
}
