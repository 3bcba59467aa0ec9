/// The id of a measure, such as `dossiers.received`: lower-case words and digits, joined by dots and underscores.
public struct MeasureID: Hashable, Comparable, Sendable, Codable {
    public let text: String

    /// Nil unless the text has the form of `Identifier`.
    public init?(_ text: some StringProtocol) {
        guard Identifier.isValid(text) else { return nil }
        self.text = String(text)
    }

    public static func < (left: MeasureID, right: MeasureID) -> Bool { left.text < right.text }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = MeasureID(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a measure id: \(text)"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension MeasureID: CustomStringConvertible {
    public var description: String { text }
}

/// Something that is counted (chỉ tiêu thống kê), such as dossiers received online.
public struct Measure: Hashable, Sendable {
    /// How values of different days relate.
    public enum Kind: Hashable, Sendable {
        /// Adds over days: dossiers received.
        case flow
        /// Holds at the end of a day; the last value of a period is the period's: staff, open dossiers.
        case stock
        /// A running total since the start of the scheme's year; flows are differences of it, and a fall is a finding.
        case cumulative(since: PeriodScheme)
    }

    public let id: MeasureID
    public let title: LocalizedText
    public let kind: Kind
    /// What one of it is, in both languages: "hồ sơ" / "dossiers".
    public let unit: LocalizedText
    /// Digits behind the decimal mark; a value is stored as an integer of 10^-scale units. Counts have 0.
    public let scale: Int
    /// Which scheme its intervals longer than a day follow. Daily values serve both schemes.
    public let scheme: PeriodScheme

    public init(
        id: MeasureID, title: LocalizedText, kind: Kind = .flow, unit: LocalizedText = LocalizedText(vietnamese: "", english: ""), scale: Int = 0,
        scheme: PeriodScheme = .calendar
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.unit = unit
        self.scale = scale
        self.scheme = scheme
    }
}
