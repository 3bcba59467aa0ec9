import Model

/// All that a reading rests on, gathered by whoever can read the store.
public struct Explanation: Sendable {
    public let reading: Reading
    public let indicator: Indicator
    /// How the reading comes about; empty where nothing was delivered.
    public let account: Account
    /// What is known of the measures of the account.
    public let measures: [MeasureID: Measure]
    /// The deliveries that brought the values, the oldest first.
    public let deliveries: [DeliveryRecord]
    /// Those of them whose bytes are still there.
    public let kept: Set<DeliveryID>

    public init(
        reading: Reading, indicator: Indicator, account: Account, measures: [MeasureID: Measure], deliveries: [DeliveryRecord],
        kept: Set<DeliveryID>
    ) {
        self.reading = reading
        self.indicator = indicator
        self.account = account
        self.measures = measures
        self.deliveries = deliveries
        self.kept = kept
    }
}

/// All that an alert rests on.
public struct AlertExplanation: Sendable {
    public let alert: Alert
    /// What the figure that was judged rests on, as it was known then; nil for alerts whose rule looks at no indicator.
    public let basis: Explanation?
    /// For alerts without a figure: the newest deliveries of a silent source.
    public let deliveries: [DeliveryRecord]
    /// Those of `deliveries` whose bytes are still there.
    public let kept: Set<DeliveryID>
    /// The same reading as it is known at the time of the question, to show a restatement since the alert.
    public let current: Reading?
    public let transitions: [TransitionEntry]

    public init(
        alert: Alert, basis: Explanation?, deliveries: [DeliveryRecord] = [], kept: Set<DeliveryID> = [], current: Reading?,
        transitions: [TransitionEntry]
    ) {
        self.alert = alert
        self.basis = basis
        self.deliveries = deliveries
        self.kept = kept
        self.current = current
        self.transitions = transitions
    }
}
