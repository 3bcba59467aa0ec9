extension Day: CustomStringConvertible, LosslessStringConvertible, Codable {
    /// ISO 8601, `2026-08-01`: the form of files, the wire and the command line.
    public var description: String {
        "\(year.padded(to: 4))-\(month.padded(to: 2))-\(dayOfMonth.padded(to: 2))"
    }

    /// The form Vietnamese readers expect, `01/08/2026`.
    public var vietnamese: String {
        "\(dayOfMonth.padded(to: 2))/\(month.padded(to: 2))/\(year.padded(to: 4))"
    }

    /// The day written as `yyyy-MM-dd`; nil for anything else, including days the calendar does not have.
    public init?(_ text: some StringProtocol) {
        self.init(text, pattern: .iso)
    }

    /// The day written in one of the patterns seen in agency systems; nil when the text does not fit it exactly.
    public init?(_ text: some StringProtocol, pattern: Pattern) {
        let parts = text.split(separator: pattern.separator, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 4 && $0.utf8.allSatisfy(\.isDigit) }) else {
            return nil
        }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3, parts[pattern.yearFirst ? 0 : 2].utf8.count == 4 else { return nil }
        if pattern.yearFirst {
            self.init(year: numbers[0], month: numbers[1], day: numbers[2])
        } else {
            self.init(year: numbers[2], month: numbers[1], day: numbers[0])
        }
    }

    /// How a source writes a day.
    public enum Pattern: String, CaseIterable, Sendable {
        /// `2026-08-01`
        case iso = "yyyy-MM-dd"
        /// `2026/08/01`, as edXML writes it.
        case slashed = "yyyy/MM/dd"
        /// `01/08/2026`, as Vietnamese sheets write it.
        case vietnamese = "dd/MM/yyyy"

        var separator: Character { self == .iso ? "-" : "/" }
        var yearFirst: Bool { self != .vietnamese }
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a day: \(text)"))
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
