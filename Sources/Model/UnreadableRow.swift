/// A line of a file that says no row: its days cannot be read, or a part of it is missing. It is refused with its place; the lines around it are not.
public struct UnreadableRow: Error, Hashable, Sendable {
    /// The agency as it was written, as far as it was.
    public let agency: String?
    public let measure: String?
    /// Where in the delivery it stood, down to the part that is wrong: `line 17, column 'from'`, `$.observations[3].to`.
    public let place: String
    /// What stood there, short; nil when nothing did.
    public let found: String?
    public let expected: String

    public init(agency: String? = nil, measure: String? = nil, place: String, found: String? = nil, expected: String) {
        self.agency = agency
        self.measure = measure
        self.place = place
        self.found = found
        self.expected = expected
    }
}
