/// A name and value that tell one series from the others of its metric.
public struct Label: Hashable, Sendable, Comparable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// In the order of the bytes of their names, which receivers of remote write demand.
    public static func < (left: Label, right: Label) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}
