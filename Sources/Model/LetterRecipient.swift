/// What became of a letter for one of its addresses. Whoever has it never gets it again, whatever becomes of it for the others.
public struct LetterRecipient: Hashable, Sendable {
    public let address: String
    public let state: OutboxItem.State
    /// How often it was handed over for this address.
    public let attempts: Int
    public let sentAt: Instant?
    /// The relay's last answer about this address or the last error, empty when there was none.
    public let lastAnswer: String
    /// The relay that gave it; empty when none did.
    public let relay: String

    public init(address: String, state: OutboxItem.State, attempts: Int, sentAt: Instant?, lastAnswer: String, relay: String) {
        self.address = address
        self.state = state
        self.attempts = attempts
        self.sentAt = sentAt
        self.lastAnswer = lastAnswer
        self.relay = relay
    }
}
