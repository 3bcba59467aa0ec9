/// A token with which a sender pushes, as operators see it: everything but the token itself, which nobody keeps.
public struct PushToken: Hashable, Sendable, Codable {
    public let id: Int64
    /// Whose it is and what it allows.
    public let sender: PushSender
    /// The token's first characters, by which it is found and told apart from others.
    public let prefix: String
    public let createdAt: Instant
    public let createdBy: String
    /// The moment from which it is no longer accepted; nil means never.
    public let expiresAt: Instant?
    public let revokedAt: Instant?
    /// Who revoked it and why.
    public let revokedBy: AlertActor?
    /// To the minute; nil before the first time.
    public let lastUsed: Instant?

    public init(
        id: Int64, sender: PushSender, prefix: String, createdAt: Instant, createdBy: String, expiresAt: Instant?, revokedAt: Instant? = nil,
        revokedBy: AlertActor? = nil, lastUsed: Instant? = nil
    ) {
        self.id = id
        self.sender = sender
        self.prefix = prefix
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.revokedBy = revokedBy
        self.lastUsed = lastUsed
    }

    /// Whether it is accepted at an instant.
    public func isAccepted(at now: Instant) -> Bool { revokedAt == nil && (expiresAt.map { now < $0 } ?? true) }
}
