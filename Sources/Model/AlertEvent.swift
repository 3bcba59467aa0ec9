/// A change of an alert on its way to another system, made once: a repeat is these bytes with the same id.
public struct AlertEvent: Hashable, Sendable {
    /// The same on every attempt and for every way, so that a receiver knows what it has.
    public let id: String
    /// The id of the way out.
    public let way: String
    public let key: AlertKey
    /// One line for lists of the outbox.
    public let summary: String
    /// JSON, docs/ways-out.md.
    public let body: [UInt8]

    public init(id: String, way: String, key: AlertKey, summary: String, body: [UInt8]) {
        self.id = id
        self.way = way
        self.key = key
        self.summary = summary
        self.body = body
    }
}
