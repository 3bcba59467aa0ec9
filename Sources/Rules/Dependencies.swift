import Model

/// Which alerts another one speaks for, so that an agency is not written to three times about one thing.
///
/// * What has not been reported silences everything else about the same indicator and agency: thresholds would rest on old figures.
/// * A source that has stopped answering silences what its agencies have not reported: the operators are told, once, and not they.
/// * What a child with an address of its own is told of, its parent is not told of.
public struct Dependencies {
    /// What is known of the sources: what each delivers and for which agencies, as `Scene` has it.
    public struct Sources: Sendable {
        let measures: [String: Set<MeasureID>]
        let agencies: [String: Set<AgencyCode>]

        public init(measures: [String: Set<MeasureID>], agencies: [String: Set<AgencyCode>]) {
            self.measures = measures
            self.agencies = agencies
        }
    }

    private struct Subject: Hashable {
        let subject: String
        let agency: AgencyCode?
    }

    private struct Family: Hashable {
        let rule: String
        let subject: String
        let parent: AgencyCode
    }

    /// A source that does not answer, by its alert.
    private struct Silent {
        let alert: AlertKey
        /// Indicators and measures that rest on it.
        let subjects: Set<String>
        /// Nil: it may deliver for all.
        let agencies: Set<AgencyCode>?

        func concerns(_ key: AlertKey, of agency: AgencyCode) -> Bool {
            subjects.contains(key.subject) && agencies?.contains(agency) ?? true
        }
    }

    private let rules: [String: any Rule]
    private let missingRules: Set<String>
    private let missing: [Subject: AlertKey]
    private let silent: [Silent]
    private var told: [Family: AlertKey] = [:]

    /// - Parameter alerts: as they stand after judging.
    init(_ alerts: [Alert], rules: [any Rule], scene: Scene) {
        let sources = Sources(measures: scene.sourceMeasures, agencies: scene.sourceAgencies)
        self.init(alerts, rules: rules, sources: sources, register: scene.register, today: scene.today)
    }

    /// - Parameter alerts: as they stand; those that speak are among them.
    public init(_ alerts: [Alert], rules: [any Rule], sources: Sources, register: Register, today: Day) {
        let missingRules = Set(rules.compactMap { ($0 as? NotReportedRule)?.id })
        let sourceRules = Set(rules.compactMap { ($0 as? StaleRule).flatMap { $0.watchedMeasure == nil ? $0.id : nil } })
        let speaking = alerts.filter { $0.state.isOpen && $0.state != .pending }
        self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.missingRules = missingRules
        missing = Dictionary(
            speaking.filter { missingRules.contains($0.key.rule) }.map { (Subject(subject: $0.key.subject, agency: $0.key.agency), $0.key) },
            uniquingKeysWith: { first, _ in first })
        let indicators = rules.flatMap { rule in rule.cadences.flatMap { rule.indicators(of: $0) } }
        silent = speaking.filter { sourceRules.contains($0.key.rule) }.map { alert in
            let measures = sources.measures[alert.key.subject] ?? []
            let resting = indicators.filter(Touched(measures: measures).contains).map(\.id)
            return Silent(
                alert: alert.key, subjects: Set(resting).union(measures.map(\.text)), agencies: sources.agencies[alert.key.subject])
        }
        // Only a child that is told itself speaks for its parent; what an operator has taken on, it was told of.
        for alert in speaking where alert.state != .silenced && speakerOfAbsence(for: alert.key) == nil {
            guard let agency = alert.key.agency.flatMap({ register.agency($0, on: today) }), !agency.contacts.isEmpty, let parent = agency.parent
            else { continue }
            let family = Family(rule: alert.key.rule, subject: alert.key.subject, parent: parent)
            if told[family] == nil { told[family] = alert.key }
        }
    }

    /// The alert that speaks for another one, if one does. The operators' own alerts always speak for themselves.
    public func speaker(for key: AlertKey) -> AlertKey? {
        guard let agency = key.agency else { return nil }
        return speakerOfAbsence(for: key) ?? told[Family(rule: key.rule, subject: key.subject, parent: agency)]
    }

    /// The alert that says that there are no figures to speak of, from the agency or from its source.
    private func speakerOfAbsence(for key: AlertKey) -> AlertKey? {
        guard let agency = key.agency else { return nil }
        let isStaleMeasure = (rules[key.rule] as? StaleRule)?.watchedMeasure != nil
        guard missingRules.contains(key.rule) || isStaleMeasure else {
            return missing[Subject(subject: key.subject, agency: key.agency)]
        }
        return silent.first { $0.concerns(key, of: agency) }?.alert
    }
}
