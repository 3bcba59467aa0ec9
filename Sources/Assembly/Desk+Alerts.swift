import Control
import Model
import Reports
import Rules
import Store

extension Desk {
    /// Alerts that are open, or those asked for; the worst first.
    func alertsList(
        state: AlertState?, agency: AgencyCode?, all: Bool, asOf: Instant?, filter: AlertFilter
    ) throws(Failure) -> Document {
        let known = try reading { () throws(StoreError) in try store.alerts(asOf: asOf) }
        if let agency, !known.contains(where: { $0.key.agency == agency }) { _ = try self.agency(agency) }
        try requireNames(rule: filter.rule, subject: filter.subject, alerts: known)
        let alerts = known.filter { alert in
            (state.map { alert.state == $0 } ?? (all || alert.state.isOpen)) && (agency.map { alert.key.agency == $0 } ?? true)
                && filter.contains(alert)
        }
        let ordered = alerts.sorted { left, right in
            left.severity != right.severity ? left.severity > right.severity : (left.since, left.key) < (right.since, right.key)
        }
        let flapping = try asOf == nil ? self.flapping(among: ordered) : []
        return Document([
            .sheet(AlertsReport.sheet(ordered, flapping: flapping, register: core.register, asOf: asOf, language: language))
        ])
    }

    /// That a rule and a subject are those of the configuration, or of one of some alerts, whose rule may have gone.
    public func requireNames(rule: String?, subject: String?, alerts: [Alert]) throws(Failure) {
        let rules = configuration.allRules.union(alerts.map(\.key.rule))
        if let rule, !rules.contains(rule) {
            throw unknown(LocalizedText(vietnamese: "quy tắc", english: "rule"), rule, among: rules)
        }
        let subjects = configuration.allSubjects.union(alerts.map(\.key.subject))
        if let subject, !subjects.contains(subject) {
            throw unknown(
                LocalizedText(vietnamese: "chỉ số, chỉ tiêu, nguồn hoặc quy tắc", english: "indicator, measure, source or rule"), subject,
                among: subjects)
        }
    }

    func alertsShow(_ key: AlertKey, asOf: Instant?) throws(Failure) -> Document {
        let alert = try self.alert(key, asOf: asOf)
        return AlertsReport.document(
            alert, transitions: try transitions(of: key, asOf: asOf), notes: try notes(at: key, asOf: asOf),
            answers: try answers(to: alert, asOf: asOf), register: core.register, asOf: asOf, language: language
        ).adding(try speaker(for: alert, asOf: asOf), language)
    }

    /// Walks from the figure that was judged to the cells, deliveries and hashes it rests on, as they were known when it was judged.
    func alertsExplain(_ key: AlertKey, asOf: Instant?) throws(Failure) -> Document {
        let alert = try self.alert(key, asOf: asOf)
        let transitions = try self.transitions(of: key, asOf: asOf)
        var basis: Explanation?
        var deliveries: [DeliveryRecord] = []
        var current: Reading?
        if let indicator = core.indicators.first(where: { $0.id == key.subject }), let agency = key.agency, let period = alert.reason.period {
            basis = try explanation(of: indicator, agency: agency, over: period, asOf: alert.since)
            current = try readingRoom(for: [(indicator, period)], agencies: [agency], asOf: asOf).reading(of: indicator, agency: agency, over: period)
        } else if key.agency == nil {
            deliveries = try reading { () throws(StoreError) in try store.deliveries(source: key.subject, asOf: asOf ?? now, limit: 5) }
        }
        let kept = try reading { () throws(StoreError) in try store.keptBodies(of: deliveries.map(\.id)) }
        let explanation = AlertExplanation(
            alert: alert, basis: basis, deliveries: deliveries, kept: kept, current: current, transitions: transitions)
        return ExplanationReport.document(explanation, register: core.register, asOf: asOf, language: language)
            .adding(try speaker(for: alert, asOf: asOf), language)
    }

    /// The alert that speaks for a suppressed one, found as judging finds it.
    private func speaker(for alert: Alert, asOf: Instant?) throws(Failure) -> AlertKey? {
        guard alert.state == .suppressed else { return nil }
        let day = today(asOf: asOf)
        return try reading { () throws(StoreError) in
            let states = if let asOf { try store.sourceStates(asOf: asOf) } else { try store.sourceStates() }
            let sources = Dependencies.Sources(
                measures: configuration.sourceMeasures,
                agencies: try configuration.agencies(ofSilentAmong: configuration.enabled(states), store, on: day, asOf: asOf))
            return Dependencies(
                try store.alerts(asOf: asOf), rules: configuration.rules, sources: sources, register: core.register, today: day
            ).speaker(for: alert.key)
        }
    }

    /// The alerts that went up and down so often lately that letters about them wait until they have settled.
    private func flapping(among alerts: [Alert]) throws(Failure) -> [AlertKey] {
        let begins = try reading { () throws(StoreError) in try store.begins(since: now + .seconds(-30 * 86_400)) }
        return alerts.map(\.key).filter { begins[$0] ?? 0 >= core.province.urging.flapping }
    }

    private func notes(at key: AlertKey, asOf: Instant?) throws(Failure) -> [AlertNoteEntry] {
        try reading { () throws(StoreError) in try store.notes(at: key) }.filter { note in asOf.map { note.at <= $0 } ?? true }
            .map { AlertNoteEntry(at: $0.at, author: $0.author, kind: $0.kind.rawValue, text: $0.text) }
    }

    private func answers(to alert: Alert, asOf: Instant?) throws(Failure) -> [RemediationEntry] {
        let answers = try reading { () throws(StoreError) in try store.remediations(of: alert.key) }
        // What was promised before the alert last ended says nothing of what began anew.
        let end = try transitions(of: alert.key, asOf: asOf).map(\.transition).filter { !$0.to.isOpen }.map(\.at).max()
        let ends = end.map { [alert.key: $0] } ?? [:]
        return answers.filter { answer in asOf.map { answer.at <= $0 } ?? true }
            .map { RemediationEntry(answer: $0, state: $0.state(on: today(asOf: asOf), alertIsOpen: alert.state.isOpen && !$0.isPast(ends))) }
    }

    /// As it stood then. An alert that did not exist yet is not known.
    private func alert(_ key: AlertKey, asOf: Instant?) throws(Failure) -> Alert {
        let alerts = try reading { () throws(StoreError) in try store.alerts(asOf: asOf) }
        guard let alert = alerts.first(where: { $0.key == key }) else {
            throw unknown(LocalizedText(vietnamese: "cảnh báo", english: "alert"), key.description, among: alerts.map(\.key.description))
        }
        return alert
    }

    private func transitions(of key: AlertKey, asOf: Instant?) throws(Failure) -> [TransitionEntry] {
        try reading { () throws(StoreError) in try store.transitions(of: key) }
            .filter { record in asOf.map { record.transition.at <= $0 } ?? true }
            .map { TransitionEntry(transition: $0.transition, letter: $0.letter) }
    }
}

extension Document {
    /// With the alert that speaks for the one it is about, if one does.
    fileprivate func adding(_ speaker: AlertKey?, _ language: Language) -> Document {
        Document(blocks + (speaker.map { [AlertsReport.spokenFor(by: $0, language)] } ?? []))
    }
}

extension Reason {
    /// The period of the reading behind it; nil for reasons that rest on none.
    fileprivate var period: Period? {
        switch self {
        case .beyondThreshold(let judged), .withinThreshold(let judged): judged.reading.period
        case .notReported(let missing), .reported(let missing): missing.period
        case .moved(let facts): facts.reading.period
        case .worsened(let facts): facts.readings.last?.period
        case .ranked(let facts): facts.reading.period
        case .contradicted(let facts): facts.reading.period
        case .budget(let facts): facts.period
        case .unbalanced(let facts): facts.period
        case .owed, .restated, .stale, .fresh, .noLongerJudged, .excepted, .lettersHeld, .lettersReleased: nil
        }
    }
}
