/// How a reading comes about, term by term and value by value: what an auditor adds up by hand to arrive at the same figure.
public struct Account: Hashable, Sendable {
    /// Where in the fraction a term stands. The raw values are stable identifiers.
    public enum Side: String, CaseIterable, Sendable, Codable {
        case numerator, denominator
        /// The source's own percentage, kept beside the figure and never part of it.
        case reported
    }

    /// What became of a value. The raw values are stable identifiers.
    public enum Role: String, CaseIterable, Sendable, Codable {
        /// It is in the figure, with its contribution.
        case counted
        /// A running total that the next one is subtracted from.
        case base
        /// It is left out, because finer values cover its days completely, a coarser one fills in for it, or a later one holds.
        case notCounted = "not-counted"
        /// The source said that it does not know.
        case unknown
    }

    /// A value with what became of it.
    public struct Entry: Hashable, Sendable {
        public let cell: Cell
        public let role: Role
        /// What it adds to its term, in units of the measure; for a running total the difference to the one before. Nil unless counted.
        public let contribution: Int64?

        public init(cell: Cell, role: Role, contribution: Int64? = nil) {
            self.cell = cell
            self.role = role
            self.contribution = contribution
        }
    }

    /// One term of the definition. The contributions of its entries add up to its value, except where the last day of something is sought.
    public struct Term: Hashable, Sendable {
        public let side: Side
        public let term: Expression.Term
        /// In units of the measure; nil when it is unknown or was never delivered.
        public let value: Int64?
        /// Whether anything was delivered for the period, be it unknown. An optional term that was not counts 0.
        public let isReported: Bool
        /// Days of the period that its known values cover.
        public let days: Int
        /// Whether values of different granularity were put together.
        public let isMixed: Bool
        /// In order of their days.
        public let entries: [Entry]

        public init(side: Side, term: Expression.Term, value: Int64?, isReported: Bool, days: Int, isMixed: Bool, entries: [Entry]) {
            self.side = side
            self.term = term
            self.value = value
            self.isReported = isReported
            self.days = days
            self.isMixed = isMixed
            self.entries = entries
        }
    }

    /// In the order of the definition, the source's own percentage last. Empty when no definition covers the period.
    public let terms: [Term]
    /// The days that the denominator is multiplied by, for figures per working day; nil for others and when the calendar does not know.
    public let workingDays: Int64?

    public init(terms: [Term], workingDays: Int64? = nil) {
        self.terms = terms
        self.workingDays = workingDays
    }

    /// The deliveries that brought the values, those left out among them, in order.
    public var deliveries: [DeliveryID] {
        Set(terms.flatMap { $0.entries.map(\.cell.delivery) }).sorted()
    }
}
