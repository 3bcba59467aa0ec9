import Model
import Rules
import Store

extension Configuration {
    /// The changed figures of closed periods that some rules look at, the newest first; none, without asking, when no rule does.
    public func closedRestatements(for rules: [any Rule], _ store: Store, at now: Instant) throws(StoreError) -> [Reason.Restated.Change] {
        guard let since = rules.compactMap({ ($0 as? RestatedRule)?.begin(at: now) }).min() else { return [] }
        let closing = core.closing
        let found = try store.restatements(RestatementQuery(since: since, until: now), limit: Configuration.mostRestatements) { cell, at in
            closing.isClosed(cell, on: at.day)
        }
        return found.map {
            Reason.Restated.Change(
                agency: $0.cell.agency, measure: $0.cell.measure, range: $0.cell.range, old: $0.old, new: $0.new, at: $0.at)
        }
    }

    /// A restatement of whole years by one source is told by its newest figures.
    private static let mostRestatements = 100_000
}
