import Model

/// A period as an operator names it, `2026-08`, before it is known which scheme lays it over days.
public struct PeriodName: Hashable, Sendable, Codable {
    public let text: String

    /// Nil unless the text names a period: `2026-08`, `2026-Q3`, `2026-H1`, `2026-9M`, `2026`, `2026-W32`, `2026-08-01`, or one of these as people
    /// write it, "Tháng 8/2026"; kept as the id.
    public init?(_ text: String) {
        // A name exists in both schemes or in neither; only the days differ.
        guard let period = Period(typed: text), Day.supported.contains(period.range.start) else { return nil }
        self.text = period.description
    }

    /// The period of this name in a scheme.
    public func period(in scheme: PeriodScheme) -> Period? { Period(text, scheme: scheme) }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let name = PeriodName(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a period: '\(text)'; write 2026-08, 2026-Q3, 2026-H1 or 2026"))
        }
        self = name
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension PeriodName: CustomStringConvertible {
    public var description: String { text }
}
