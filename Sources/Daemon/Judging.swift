import Assembly
import Control
import Indicators
import Model
import Notify
import Reports
import Rules
import Settings
import Store

/// Holds the rules against the figures, and writes the letters that follow: transitions and letters are stored in one transaction.
struct Judging: Sendable {
    struct Result: Sendable {
        var transitions = 0
        var letters = 0

        var isNews: Bool { transitions > 0 || letters > 0 }
    }

    let configuration: Configuration
    let store: Store
    let shelf: CellShelf
    let reached: @Sendable (Stage) async -> Void

    /// Judges everything, or what deliveries have touched since the last judging alone; then what depends on time alone is left to the next judging
    /// of everything. Up to which delivery was judged is stored with what it led to, so a crash in between loses no late figure.
    ///
    /// Ids of letters and events are made from the instant, so one in which something was written already is passed by: two judgings within one
    /// millisecond would otherwise give two letters one Message-ID.
    func run(at instant: Instant, onlyTouched: Bool = false) async throws(StoreError) -> Result {
        let judgement = try await store.reading { [self] store throws(StoreError) -> Judgement in
            var now = instant
            while !(try store.isUnwritten(now)) { now = now + .milliseconds(1) }
            let before = try store.alerts()
            var judgement = try self.judgement(store, before: before, at: now, onlyTouched: onlyTouched)
            judgement.events = EventWriter(configuration: configuration).events(of: judgement.transitions, before: before)
            return judgement
        }
        await reached(.judged)
        try await store.commit(judgement)
        await reached(.committed)
        return Result(transitions: judgement.transitions.count, letters: judgement.letters.count)
    }

    /// Judges, and writes what must be told.
    private func judgement(_ store: Store, before: [Alert], at now: Instant, onlyTouched: Bool) throws(StoreError) -> Judgement {
        let newest = try store.newestDelivery()
        let judged = try store.judgedDelivery()
        let touched = try judged.map { last throws(StoreError) in Touched(try store.reaches(after: last, through: newest, limit: .max)) }
        let onlyTouched = onlyTouched && touched != nil
        let (outcome, totals) = try judge(store, alerts: before, at: now, touched: touched ?? .nothing, onlyTouched: onlyTouched)
        var judgement = Judgement(
            transitions: outcome.transitions,
            findings: outcome.findings + totals + (onlyTouched ? [] : missingYears(on: now.day, besides: outcome.findings)),
            judgedThrough: outcome.judgedThrough, at: now)
        judgement.judgedDelivery = newest
        guard let writer = configuration.letterWriter else { return judgement }
        let round = try TellingRound(
            configuration: configuration, store: store, alerts: before, transitions: outcome.transitions, newest: outcome.newest, at: now)
        judgement.transitions += round.ownTransitions
        judgement.findings += round.findings
        judgement.urgingState = round.state
        var told: Set<AlertKey> = []
        let materials = LetterMaterials(configuration: configuration, store: store)
        for notice in round.notices {
            let material = try materials.material(for: notice, urged: round.before, answers: round.answers, at: now)
            do throws(NotifyError) {
                let written = try writer.letter(for: notice, at: now, material: material)
                judgement.findings += written.findings
                guard judgement.add(written.letter, of: notice.transitions.map(\.key), signer: configuration.letterSigner) else { continue }
                told.formUnion(notice.transitions.map(\.key))
            } catch {
                // The alert stands and is shown; who could not be told is an operator's matter.
                judgement.findings.append(Finding(.noContact, agency: notice.agency?.code.text, found: error.description))
            }
        }
        judgement.urged = round.urged(told: told)
        if !onlyTouched { try ReportRound(configuration: configuration, store: store, writer: writer, at: now).add(to: &judgement, before: before) }
        return judgement
    }

    /// The calendar's years that are needed and missing, before a deadline in them is asked for: the next year's from October.
    private func missingYears(on today: Day, besides found: [Finding]) -> [Finding] {
        let known = Set(found.filter { $0.kind == .calendarYearMissing }.map(\.range))
        return configuration.calendarRemarks(on: today).filter(\.isProblem).map { .missingYear($0.year, askedBy: "calendar.yaml") }
            .filter { !known.contains($0.range) }
    }

    /// What sources said of whole groups, against the sums over the agencies below, for the periods that are judged.
    private func totals(_ needed: [(indicator: Indicator, period: Period)], _ room: ReadingRoom) -> [Finding] {
        needed.flatMap { indicator, period -> [Finding] in
            let present = configuration.core.register.agencies(in: period.range)
            return Dictionary(grouping: present.filter { $0.parent != nil }, by: \.parent).compactMap { parent, children in
                guard let parent else { return nil }
                let parts = Set(children.map(\.code)).sorted().map { room.reading(of: indicator, agency: $0, over: period) }
                return TotalsCheck.finding(room.reading(of: indicator, agency: parent, over: period), parts, unit: indicator.unit)
            }
        }
    }

    /// Blocks its thread while the store reads.
    private func judge(
        _ store: Store, alerts: [Alert], at now: Instant, touched: Touched, onlyTouched: Bool
    ) throws(StoreError) -> (outcome: Judge.Outcome, totals: [Finding]) {
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
        let due = Judge.runs(
            rules, judgedThrough: judgedThrough, firstDay: try store.firstDay(of: measures), today: now.day, calendar: core.calendar,
            touched: touched, onlyTouched: onlyTouched)
        let runs = Judge.runs(due, heeding: alerts, register: core.register)
        let needed = Judge.neededPeriods(runs)
        let room = try ReadingRoom(core: core, shelf: shelf, for: needed, today: now.day)
        var lastDays: [MeasureID: [AgencyCode: Day]] = [:]
        for measure in runs.compactMap({ ($0.rule as? StaleRule)?.watchedMeasure }) {
            lastDays[measure] = try store.lastDayAboveZero(measure, until: now.day)
        }
        let sources = configuration.enabled(try store.sourceStates())
        let scene = Scene(
            register: core.register, targets: core.targets, calendar: core.calendar, now: now,
            reading: { room.reading(of: $0, agency: $1, over: $2) }, lastDays: lastDays,
            sources: sources, reportedEver: try store.reportedEver(measures), sourceMeasures: configuration.sourceMeasures,
            sourceAgencies: try configuration.agencies(ofSilentAmong: sources, store, on: now.day),
            restatements: try configuration.closedRestatements(for: runs.map(\.rule), store, at: now),
            silences: try store.silences(endingAfter: now), reopensWithin: core.province.urging.reopensWithin,
            ruleVersion: configuration.rulesVersion)
        return (Judge.judge(runs, rules: rules, alerts: alerts, scene: scene), totals(Judge.neededPeriods(due), room))
    }
}

extension Judgement {
    /// Adds a letter, signed where the province signs. False when it could not be signed: then nobody is told, a finding says why, and what it
    /// tells of is still owed.
    mutating func add(_ letter: Letter, of alerts: [AlertKey], signer: LetterSigner?) -> Bool {
        // A key that is missing now is missing for the next letter too, and one wait for a program that hangs is enough for a judging.
        guard signer == nil || !findings.contains(where: { $0.kind == .signingFailed }) else { return false }
        do throws(Failure) {
            letters.append(Telling(try signer?.signed(letter) ?? letter, of: alerts))
            return true
        } catch {
            findings.append(Finding(.signingFailed, found: error.message))
            return false
        }
    }
}
