import Model
import Rules

extension Configuration {
    /// What the alerts of a rule may be about, as their keys name it.
    func subjects(of rule: any Rule) -> [String] {
        if !rule.scope.indicators.isEmpty { return rule.scope.indicators.map(\.id) }
        if let stale = rule as? StaleRule { return stale.watchedMeasure.map { [$0.text] } ?? sources.map(\.settings.id) }
        return [rule.id]
    }

    /// Everything that a key may name as its subject, the daemon's own alert included: what is not among it no alert will ever be about.
    var allSubjects: Set<String> {
        Set(core.indicators.map(\.id) + core.measures.keys.map(\.text) + sources.map(\.settings.id))
            .union(rules.flatMap { subjects(of: $0) }).union([AlertKey.lettersHeld.subject])
    }

    /// The rules that a key may name, the daemon's own alert included.
    var allRules: Set<String> { Set(rules.map(\.id) + [AlertKey.lettersHeld.rule]) }
}
