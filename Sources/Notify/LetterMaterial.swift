import Model

/// What a letter may say and show beside what it tells.
public struct LetterMaterial: Sendable {
    /// Lines that tell where an alert's figure comes from.
    public var provenance: [AlertKey: [String]] = [:]
    /// The readings of the last periods of alerts about figures, the oldest first.
    public var histories: [AlertKey: [Reading]] = [:]
    /// When the first letter was written that the addressee got of an alert; what is told for the first time is not among it.
    public var firstTold: [AlertKey: Instant] = [:]
    /// What agencies have said to alerts.
    public var answers: StandingAnswers?
    /// How many letters the addressee has got on what it was told of most often.
    public var earlierLetters = 0
    /// The Message-IDs of the letters on the matter that the addressee has got, the oldest first.
    public var thread: [String] = []
    /// Addresses that letters came back from, in lower case: they are passed over.
    public var bounced: Set<String> = []

    public init() {}
}
