import Model
import Rules
import Settings

extension Configuration {
    /// What people read for the subjects of alerts: indicators, measures, sources, documents owed, identities.
    var subjectTitles: [String: LocalizedText] {
        let all: [(String, LocalizedText)] =
            core.indicators.map { ($0.id, $0.title) } + core.measures.values.map { ($0.id.text, $0.title) }
            + sources.map { ($0.settings.id, $0.settings.title) } + rules.compactMap { $0 as? ObligationRule }.map { ($0.id, $0.title) }
            + rules.compactMap { $0 as? IdentityRule }.map { ($0.id, $0.title) }
        return Dictionary(all, uniquingKeysWith: { first, _ in first })
    }

    /// Rules and agencies that `only` of a way out names and nobody knows: whoever mistyped one would think that its alerts leave.
    static func checkScopes(_ core: CoreSettings, rules: [any Rule], problems: ProblemList) {
        let ids = Set(rules.map(\.id)).union([AlertKey.lettersHeld.rule])
        for way in core.province.waysOut {
            for rule in (way.scope.rules ?? []).subtracting(ids).sorted() {
                let hint = TextFolding.didYouMean(rule, among: ids.sorted())
                problems.add(Problem(file: "dondoc.yaml", message: "ways_out '\(way.id)': there is no rule '\(rule)'\(hint)"))
            }
            for agency in (way.scope.agencies ?? []).sorted() where !core.register.knows(agency) {
                problems.add(Problem(file: "dondoc.yaml", message: "ways_out '\(way.id)': there is no agency '\(agency)' in agencies.csv"))
            }
        }
    }
}
