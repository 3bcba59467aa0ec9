/// What the observations of one push say, decoded and not yet believed. Equal names are kept once, so that a thousand observations of eight
/// measures hold eight names, and each name is looked up once.
public struct PushedObservations: Hashable, Sendable {
    /// One observation as it was pushed.
    public struct Item: Hashable, Sendable {
        /// The place of its agency's name in `agencies`.
        public let agency: Int
        /// The place of its measure's name in `measures`.
        public let measure: Int
        public let range: DayRange
        /// Nil means known to be unknown, which is not zero.
        public let value: ExactDecimal?
        /// The how-manieth observation of the body it is, from 0; what a refusal names it by.
        public let index: Int
        /// The line it stood on, from 1; 0 in bodies that have no lines.
        public let line: Int

        public init(agency: Int, measure: Int, range: DayRange, value: ExactDecimal?, index: Int, line: Int = 0) {
            self.agency = agency
            self.measure = measure
            self.range = range
            self.value = value
            self.index = index
            self.line = line
        }
    }

    /// The agencies' codes as they were written, each once.
    public var agencies: [String] = []
    /// The measures' names as they were written, each once.
    public var measures: [String] = []
    /// In the order of the body.
    public var items: [Item] = []
    /// Observations that could not be read at all, in the order of the body.
    public var unreadable: [PushRefusal] = []
    /// What one observation of a body without lines is called in places: `observations`, `samples`, `dataPoints`.
    public var noun = "observations"
    /// How many observations the body holds, readable or not.
    public var count: Int { items.count + unreadable.count }

    public init() {}

    /// Where an observation stood, for refusals and findings: `line 4` or `observations[3]`.
    public static func place(index: Int, line: Int, noun: String = "observations") -> String {
        line > 0 ? "line \(line)" : "\(noun)[\(index)]"
    }
}

/// Why one observation of a push is not stored; the others are.
public struct PushRefusal: Error, Hashable, Sendable, Codable {
    /// Stable identifiers, as the interface's answers print them.
    public enum Code: String, CaseIterable, Sendable, Codable {
        /// A field is missing, stands twice, or has another type.
        case malformed
        /// A day or period that is none, or lies outside the days that can be stored.
        case badDay = "bad-day"
        /// A number that is none, is negative, has decimals where none are counted, or is too large.
        case badValue = "bad-value"
        case unknownAgency = "unknown-agency"
        case agencyNotInForce = "agency-not-in-force"
        case unknownMeasure = "unknown-measure"
        /// The interval is neither a day nor a reporting period of the measure's scheme.
        case misalignedInterval = "misaligned-interval"
        case futureDay = "future-day"
        /// The sender may not speak for the agency, or not of the measure.
        case outOfScope = "out-of-scope"
        /// Two observations of one push give one cell two values; neither is stored.
        case duplicate
        /// A part is larger than its whole; neither is stored.
        case partAboveWhole = "part-above-whole"
    }

    /// The how-manieth observation of the body, from 0.
    public let index: Int
    public let code: Code
    /// Where it stood, `line 4` or `observations[3].value`.
    public let place: String
    /// What stood there, short and printable.
    public let found: String
    /// What was expected instead; empty when nothing helps.
    public let expected: String

    public init(index: Int, code: Code, place: String, found: String = "", expected: String = "") {
        self.index = index
        self.code = code
        self.place = place
        self.found = found
        self.expected = expected
    }
}
