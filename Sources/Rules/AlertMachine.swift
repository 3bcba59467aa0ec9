import Model

/// The life of one alert: none → pending → firing → resolved → firing again. A transition comes out only when state or severity changes.
public struct AlertMachine: Sendable {
    public let key: AlertKey
    /// Nil until the first breach.
    public private(set) var alert: Alert?

    public init(key: AlertKey, alert: Alert? = nil) {
        self.key = key
        self.alert = alert
    }

    /// Takes in how things stand. A mere suspicion never weakens an alert that fires, and what is undecided changes nothing.
    public mutating func handle(_ condition: Condition, period: Period?, at now: Instant) -> Transition? {
        switch condition {
        case .undecided:
            return nil
        case .breach(let severity, let reason):
            if alert?.state == .firing, alert?.severity == severity { return nil }
            return move(to: .firing, severity, reason, period, now)
        case .suspected(let severity, let reason):
            if alert?.state == .firing || (alert?.state == .pending && alert?.severity == severity) { return nil }
            return move(to: .pending, severity, reason, period, now)
        case .clear(let reason):
            guard let alert, alert.state != .resolved else { return nil }
            return move(to: .resolved, alert.severity, reason, period, now)
        }
    }

    /// Puts newer facts of the same state into a transition that is not stored yet, so that catching up with many periods tells the newest one.
    mutating func renew(_ transition: Transition, reason: Reason, period: Period?) -> Transition {
        let renewed = Transition(
            key: key, from: transition.from, to: transition.to, severity: transition.severity, at: transition.at, period: period, reason: reason)
        alert = renewed.alert
        return renewed
    }

    private mutating func move(to state: AlertState, _ severity: Severity, _ reason: Reason, _ period: Period?, _ now: Instant) -> Transition {
        let transition = Transition(key: key, from: alert?.state, to: state, severity: severity, at: now, period: period, reason: reason)
        alert = transition.alert
        return transition
    }
}
