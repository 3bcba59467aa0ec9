/// One value that a connector has read out of a delivery, before anything is known to be true about it.
///
/// Connectors decode bytes to rows; `Ingest` turns rows into observations and findings.
public struct Row: Hashable, Sendable {
    /// How the source names the agency.
    public enum Subject: Hashable, Sendable {
        /// By code, new or old form, as it was written.
        case code(String)
        /// By a name, to be looked up among names and aliases.
        case name(String)
    }

    public let subject: Subject
    public let measure: String
    public let range: DayRange
    public let value: RowValue
    /// Where in the delivery it stood, for messages: `$.data.children[3].totalReceived`, `line 17, column 'value'`.
    public let place: String

    public init(subject: Subject, measure: String, range: DayRange, value: RowValue, place: String) {
        self.subject = subject
        self.measure = measure
        self.range = range
        self.value = value
        self.place = place
    }
}

/// A value as it stood in a delivery.
public enum RowValue: Hashable, Sendable {
    /// The source says it does not know (JSON null, an agreed blank). It is not zero.
    case unknown
    case number(ExactDecimal)
    /// Not a number that can be read without guessing; the text as it was written.
    case unreadable(String)
}
