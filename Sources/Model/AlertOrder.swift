/// What an operator can do to an alert's state. The raw values are stable identifiers.
public enum AlertOrder: String, CaseIterable, Sendable, Codable {
    /// Takes it on: no further letters until it gets worse.
    case acknowledge
    /// Ends it, although the condition may hold.
    case close
    /// Takes an acknowledgement or an end back.
    case release

    /// The alert is in a state in which this says nothing.
    public struct Refused: Error, Hashable {
        public let order: AlertOrder
        /// Nil when there is no such alert.
        public let state: AlertState?

        public init(order: AlertOrder, state: AlertState?) {
            self.order = order
            self.state = state
        }
    }
}

extension Transition {
    /// The alert after this transition.
    public var alert: Alert { Alert(self) }
}

extension Alert {
    /// The alert after a transition.
    public init(_ transition: Transition, assignee: String = "") {
        self.init(
            key: transition.key, state: transition.to, severity: transition.severity, since: transition.at, period: transition.period,
            reason: transition.reason, assignee: assignee)
    }
}
