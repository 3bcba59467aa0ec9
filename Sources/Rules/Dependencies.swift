import Model

/// Which alerts another one speaks for, so that an agency is not written to three times about one thing.
///
/// * What has not been reported silences everything else about the same indicator and agency: thresholds would rest on old figures.
/// * A source that has stopped answering silences what its agencies have not reported: the operators are told, once, and not they.
/// * What a child with an address of its own is told of, its parent is not told of.
struct Dependencies {
    private struct Subject: Hashable {
        let subject: String
        let agency: AgencyCode?
    }

    private struct Family: Hashable {
        let rule: String
        let subject: String
        let parent: AgencyCode
    }

    private let rules: [String: any Rule]
    private let missingRules: Set<String>
    private let missing: Set<Subject>
    /// Indicators and measures that rest on a source which does not answer.
    private let silent: Set<String>
    private var told: Set<Family> = []

    /// - Parameter alerts: as they stand after judging.
    init(_ alerts: [Alert], rules: [any Rule], scene: Scene) {
        let missingRules = Set(rules.compactMap { ($0 as? NotReportedRule)?.id })
        let sourceRules = Set(rules.compactMap { ($0 as? StaleRule).flatMap { $0.watchedMeasure == nil ? $0.id : nil } })
        let speaking = alerts.filter { $0.state.isOpen && $0.state != .pending }
        self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.missingRules = missingRules
        missing = Set(
            speaking.filter { missingRules.contains($0.key.rule) }.map { Subject(subject: $0.key.subject, agency: $0.key.agency) })
        let measures = speaking.filter { sourceRules.contains($0.key.rule) }
            .reduce(into: Set<MeasureID>()) { $0.formUnion(scene.sourceMeasures[$1.key.subject] ?? []) }
        let indicators = rules.flatMap { rule in rule.cadences.flatMap { rule.indicators(of: $0) } }
        silent = Set(indicators.filter { Touched(measures: measures).contains($0) }.map(\.id)).union(measures.map(\.text))
        // Only a child that is told itself speaks for its parent.
        told = Set(
            speaking.filter { !isSilencedByAbsence($0.key) }.compactMap { alert in
                guard let agency = alert.key.agency.flatMap({ scene.register.agency($0, on: scene.today) }), !agency.contacts.isEmpty else {
                    return nil
                }
                return agency.parent.map { Family(rule: alert.key.rule, subject: alert.key.subject, parent: $0) }
            })
    }

    /// Whether another alert speaks for this one. The operators' own alerts always speak for themselves.
    func suppresses(_ key: AlertKey) -> Bool {
        guard let agency = key.agency else { return false }
        return isSilencedByAbsence(key) || told.contains(Family(rule: key.rule, subject: key.subject, parent: agency))
    }

    /// Whether there are no figures to speak of, for the agency or from its source.
    private func isSilencedByAbsence(_ key: AlertKey) -> Bool {
        guard key.agency != nil else { return false }
        if missingRules.contains(key.rule) { return silent.contains(key.subject) }
        if let stale = rules[key.rule] as? StaleRule { return stale.watchedMeasure != nil && silent.contains(key.subject) }
        return missing.contains(Subject(subject: key.subject, agency: key.agency))
    }
}
