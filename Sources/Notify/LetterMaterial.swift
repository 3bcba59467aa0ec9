import Model

/// What a letter may say and show beside what it tells.
public struct LetterMaterial: Sendable {
    /// Lines that tell where an alert's figure comes from.
    public var provenance: [AlertKey: [String]] = [:]
    /// The readings of the last periods of alerts about figures, the oldest first.
    public var histories: [AlertKey: [Reading]] = [:]
    /// When the addressee was first told of an alert; what is told for the first time is not among it.
    public var firstTold: [AlertKey: Instant] = [:]
    /// What agencies have said to alerts.
    public var answers: StandingAnswers?
    /// The Message-IDs of earlier letters on the matter, the oldest first.
    public var thread: [String] = []
    /// Addresses that letters came back from, in lower case: they are passed over.
    public var bounced: Set<String> = []

    public init() {}
}
