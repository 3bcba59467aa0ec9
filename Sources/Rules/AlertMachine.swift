import Model

/// The life of one alert. A transition comes out only when state or severity changes.
///
///     none ─▶ pending ─▶ firing ◀────────────┐
///                          │  ▲              │ released, or worse
///             silence over │  │ clear, then  │
///        silenced ◀────────┤  │ breach soon: reopened
///        suppressed ◀──────┤  │              │
///        acknowledged ◀────┼──┼──────────────┤ orders of operators
///        closed ◀──────────┘  │              │
///                          resolved ◀────────┘ clear, from every state
public struct AlertMachine: Sendable {
    /// What else is so when a condition is taken in.
    public struct Circumstances: Hashable, Sendable {
        /// An operator has said that nobody is to be told.
        public var isSilenced: Bool
        /// Another alert speaks for it.
        public var isSuppressed: Bool
        /// A breach this soon after the alert was resolved reopens it.
        public var reopensWithin: Duration
        /// The version of the rule that judges.
        public var ruleVersion: String

        public init(isSilenced: Bool = false, isSuppressed: Bool = false, reopensWithin: Duration = .seconds(0), ruleVersion: String = "") {
            self.isSilenced = isSilenced
            self.isSuppressed = isSuppressed
            self.reopensWithin = reopensWithin
            self.ruleVersion = ruleVersion
        }
    }

    public let key: AlertKey
    /// Nil until the first breach.
    public private(set) var alert: Alert?

    public init(key: AlertKey, alert: Alert? = nil) {
        self.key = key
        self.alert = alert
    }

    /// Takes in how things stand. A mere suspicion never weakens an alert that is open, and what is undecided changes nothing.
    public mutating func handle(
        _ condition: Condition, period: Period?, at now: Instant, under circumstances: Circumstances = Circumstances()
    ) -> Transition? {
        switch condition {
        case .undecided:
            return nil
        case .breach(let severity, let reason):
            let state = stateAfterBreach(severity, period, reason, now, circumstances)
            if let alert, alert.state == state, !isNews(severity, period, in: alert) { return nil }
            return move(to: state, severity, reason, period, now, circumstances.ruleVersion)
        case .suspected(let severity, let reason):
            if let alert, alert.state != .resolved, alert.state != .pending || alert.severity == severity { return nil }
            return move(to: .pending, severity, reason, period, now, circumstances.ruleVersion)
        case .clear(let reason):
            guard let alert, alert.state != .resolved else { return nil }
            return move(to: .resolved, alert.severity, reason, period, now, circumstances.ruleVersion)
        }
    }

    /// Takes in whether another alert speaks for this one, and whether a silence is over. What is told is suppressed while somebody speaks for it;
    /// afterwards, and after a silence of which no verdict has made an end, it is told again; each time by what was judged last.
    mutating func handle(isSpokenFor: Bool, last verdict: Verdict?, at now: Instant, under circumstances: Circumstances) -> Transition? {
        guard let alert else { return nil }
        let isOver = alert.state == .suppressed || (alert.state == .silenced && !circumstances.isSilenced)
        guard isSpokenFor ? alert.state.isFiring : isOver else { return nil }
        let state = isSpokenFor ? AlertState.suppressed : circumstances.isSilenced ? .silenced : .firing
        if case .breach(let severity, let reason)? = verdict?.condition {
            return move(to: state, severity, reason, verdict?.period, now, circumstances.ruleVersion)
        }
        return move(to: state, alert.severity, alert.reason, alert.period, now, circumstances.ruleVersion)
    }

    /// Who has taken an alert on, or ended it, has the say until things get worse; an ended one also until a later period is beyond the bound.
    private func stateAfterBreach(
        _ severity: Severity, _ period: Period?, _ reason: Reason, _ now: Instant, _ circumstances: Circumstances
    ) -> AlertState {
        guard let alert else { return circumstances.stateOfBreach(.firing) }
        switch alert.state {
        case .acknowledged:
            return alert.severity < severity ? circumstances.stateOfBreach(.firing) : .acknowledged
        case .closed:
            let isLater = period.map { newer in alert.period.map { $0.range.end <= newer.range.start } ?? false } ?? false
            return isLater || reason.isLater(than: alert.since) || alert.severity < severity ? circumstances.stateOfBreach(.reopened) : .closed
        case .resolved:
            return circumstances.stateOfBreach(now < alert.since + circumstances.reopensWithin ? .reopened : .firing)
        case .reopened:
            return circumstances.stateOfBreach(.reopened)
        case .pending, .firing, .silenced, .suppressed:
            return circumstances.stateOfBreach(.firing)
        }
    }

    /// Whether a breach says something new of an alert that stays in its state. What nobody is told of, because others speak for it or an operator
    /// wants it so, is shown all the same, and as it is.
    private func isNews(_ severity: Severity, _ period: Period?, in alert: Alert) -> Bool {
        switch alert.state {
        case .firing, .reopened: alert.severity != severity
        case .silenced, .suppressed: alert.severity != severity || alert.period != period
        case .pending, .acknowledged, .resolved, .closed: false
        }
    }

    /// Puts other facts to the same state and severity.
    mutating func renew(reason: Reason, period: Period?, at now: Instant, ruleVersion: String) -> Transition? {
        alert.map { move(to: $0.state, $0.severity, reason, period, now, ruleVersion) }
    }

    private mutating func move(
        to state: AlertState, _ severity: Severity, _ reason: Reason, _ period: Period?, _ now: Instant, _ ruleVersion: String,
        by actor: AlertActor? = nil
    ) -> Transition {
        let transition = Transition(
            key: key, from: alert?.state, to: state, severity: severity, at: now, period: period, reason: reason, actor: actor,
            ruleVersion: ruleVersion)
        alert = Alert(transition, assignee: alert?.assignee ?? "")
        return transition
    }
}

extension AlertMachine.Circumstances {
    /// What becomes of a breach that would be told otherwise.
    fileprivate func stateOfBreach(_ told: AlertState) -> AlertState { isSuppressed ? .suppressed : isSilenced ? .silenced : told }
}

extension AlertMachine {
    /// Does what an operator says. The condition stays what it is: the next judging takes it from there.
    public mutating func handle(_ order: AlertOrder, by actor: AlertActor, at now: Instant) throws(AlertOrder.Refused) -> Transition {
        guard let alert else { throw AlertOrder.Refused(order: order, state: nil) }
        let state: AlertState? =
            switch (order, alert.state) {
            case (.acknowledge, .pending), (.acknowledge, .firing), (.acknowledge, .reopened), (.acknowledge, .silenced), (.acknowledge, .suppressed):
                .acknowledged
            case (.close, .closed), (.close, .resolved): nil
            case (.close, _): .closed
            case (.release, .acknowledged), (.release, .closed): .firing
            default: nil
            }
        guard let state else { throw AlertOrder.Refused(order: order, state: alert.state) }
        return move(to: state, alert.severity, alert.reason, alert.period, now, "", by: actor)
    }
}
