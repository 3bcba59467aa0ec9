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

    /// Where an observation or one of its fields stood: `line 4, value` or `observations[3].value`.
    public static func place(index: Int, line: Int, noun: String = "observations", field: String? = nil) -> LocalizedText {
        guard line > 0 else { return LocalizedText(verbatim: "\(noun)[\(index)]" + (field.map { ".\($0)" } ?? "")) }
        let rest = field.map { ", \($0)" } ?? ""
        return LocalizedText(vietnamese: "dòng \(line)\(rest)", english: "line \(line)\(rest)")
    }
}

/// Why one observation of a push is not stored; the others are.
public struct PushRefusal: Error, Hashable, Sendable {
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
    public let place: LocalizedText
    /// What stood there, short and printable.
    public let found: LocalizedText
    /// What was expected instead; empty when nothing helps.
    public let expected: LocalizedText

    public init(
        index: Int, code: Code, place: LocalizedText, found: LocalizedText = LocalizedText(verbatim: ""),
        expected: LocalizedText = LocalizedText(verbatim: "")
    ) {
        self.index = index
        self.code = code
        self.place = place
        self.found = found
        self.expected = expected
    }
}

extension PushRefusal: Codable {
    private enum CodingKeys: String, CodingKey { case index, code, place, found, expected }

    /// As JSON the words are one text where both languages have the same, and where an earlier version kept only English.
    private struct Words: Codable {
        let text: LocalizedText

        init(_ text: LocalizedText) { self.text = text }

        init(from decoder: any Decoder) throws {
            // Which of the two it is the second attempt says, and throws when it is neither.
            if let plain = try? decoder.singleValueContainer().decode(String.self) {
                text = LocalizedText(verbatim: plain)
            } else {
                text = try LocalizedText(from: decoder)
            }
        }

        func encode(to encoder: any Encoder) throws {
            guard text.vietnamese == text.english else { return try text.encode(to: encoder) }
            var container = encoder.singleValueContainer()
            try container.encode(text.english)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            index: try container.decode(Int.self, forKey: .index), code: try container.decode(Code.self, forKey: .code),
            place: try container.decode(Words.self, forKey: .place).text, found: try container.decode(Words.self, forKey: .found).text,
            expected: try container.decode(Words.self, forKey: .expected).text)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(code, forKey: .code)
        try container.encode(Words(place), forKey: .place)
        try container.encode(Words(found), forKey: .found)
        try container.encode(Words(expected), forKey: .expected)
    }
}
