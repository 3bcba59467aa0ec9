import Model

extension AlertMachine {
    /// The same state by newer facts, where a breach tells something that the alert does not yet: of what an alert asks for some has come, or what
    /// it looks at has changed and is beyond the bound all the same. Nil when only days have passed; reminders tell those.
    mutating func moveOn(to verdict: Verdict, at now: Instant, ruleVersion: String) -> Transition? {
        guard let alert, alert.state.isOpen, case .breach(_, let reason) = verdict.condition, reason.isNews(beside: alert.reason) else { return nil }
        return renew(reason: reason, period: verdict.period, at: now, ruleVersion: ruleVersion)
    }
}

extension Reason {
    /// Whether it tells of something that an older reason of the same alert does not.
    fileprivate func isNews(beside older: Reason) -> Bool {
        switch (older, self) {
        case (.notReported(let asked), .notReported(let missing)): !Set(asked.periods).isSubset(of: missing.periods)
        case (.stale(let then), .stale(let now)): then.last != now.last
        case (.owed(let then), .owed(let now)): then.due != now.due
        case (.restated(let then), .restated): then.newest.map { isLater(than: $0.at) } ?? true
        default: false
        }
    }

    /// Whether it tells of something that was done after an instant.
    func isLater(than instant: Instant) -> Bool {
        if case .restated(let facts) = self { facts.newest.map { $0.at > instant } ?? false } else { false }
    }
}
