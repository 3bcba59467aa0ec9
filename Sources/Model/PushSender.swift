/// Somebody who may push, known by a token or a client certificate.
public struct PushSender: Hashable, Sendable, Codable {
    /// The name that operators gave it; deliveries carry it as their source, `push:NAME`.
    public let name: String
    public let scope: PushScope

    public init(name: String, scope: PushScope) {
        self.name = name
        self.scope = scope
    }

    /// The source its deliveries are kept under.
    public var source: String { "push:\(name)" }
}

/// For whom and of what a sender may speak.
public struct PushScope: Hashable, Sendable, Codable {
    /// At least one; the province's own code together with `includesBelow` is everybody.
    public let agencies: [AgencyCode]
    /// Whether the agencies below these, by the register's parents, are meant too.
    public let includesBelow: Bool
    /// Nil means all measures.
    public let measures: [MeasureID]?

    public init(agencies: [AgencyCode], includesBelow: Bool, measures: [MeasureID]? = nil) {
        self.agencies = agencies
        self.includesBelow = includesBelow
        self.measures = measures
    }

    /// Whether another one allows just the same, in whatever order it was written.
    public func isSame(as other: PushScope) -> Bool {
        Set(agencies) == Set(other.agencies) && includesBelow == other.includesBelow && measures.map { Set($0) } == other.measures.map { Set($0) }
    }
}
