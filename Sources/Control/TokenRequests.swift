import Model

/// A token to be made: whose, for whom and what it may speak, until when.
public struct TokenOrder: Hashable, Sendable, Codable {
    public var name: String
    public var scope: PushScope
    /// The last day on which it is accepted; nil for no end.
    public var expires: Day?
    public var by: String

    public init(name: String, scope: PushScope, expires: Day? = nil, by: String) {
        self.name = name
        self.scope = scope
        self.expires = expires
        self.by = by
    }
}

/// A token to be replaced by another of the same sender and scope.
public struct RotationOrder: Hashable, Sendable, Codable {
    public var name: String
    /// The last day of the new token; nil lets it live as long as the old one was made for.
    public var expires: Day?
    public var by: String
    /// On the wire a number people can read and write.
    private var graceSeconds: Int64

    public init(name: String, grace: Duration, expires: Day? = nil, by: String) {
        self.name = name
        self.expires = expires
        self.by = by
        graceSeconds = grace.components.seconds
    }

    /// How long the old token is still accepted.
    public var grace: Duration { .seconds(graceSeconds) }
}
