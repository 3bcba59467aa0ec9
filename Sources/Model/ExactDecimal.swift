/// An exact decimal number, `units / 10^scale`: thresholds, printed percentages, measures with decimals.
///
/// No `Double` decides anything in dondoc; this is what stands where others would use one.
public struct ExactDecimal: Sendable {
    public let units: Int64
    /// Digits behind the decimal mark, 0 to 9. It is kept as written: "98,70" has scale 2 although it equals "98,7".
    public let scale: Int

    public static let largestScale = 9

    /// Nil when the scale is outside 0…9.
    public init?(units: Int64, scale: Int) {
        guard (0...ExactDecimal.largestScale).contains(scale) else { return nil }
        self.units = units
        self.scale = scale
    }

    public init(_ whole: Int64) {
        units = whole
        scale = 0
    }

    /// The number written with ASCII digits and a decimal point, `-12.50`; nil for exponents, spaces, separators or too many digits.
    public init?(_ text: some StringProtocol) {
        let negative = text.hasPrefix("-")
        let parts = text.dropFirst(negative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }) else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard let units = Int64((negative ? "-" : "") + parts[0] + fraction) else { return nil }
        self.init(units: units, scale: fraction.utf8.count)
    }

    /// The same number at another scale; nil when digits would be lost or the units overflow.
    public func rescaled(to scale: Int) -> ExactDecimal? {
        if scale >= self.scale {
            let (units, overflow) = self.units.multipliedReportingOverflow(by: ExactDecimal.powerOfTen(scale - self.scale))
            return overflow ? nil : ExactDecimal(units: units, scale: scale)
        }
        let divisor = ExactDecimal.powerOfTen(self.scale - scale)
        return units % divisor == 0 ? ExactDecimal(units: units / divisor, scale: scale) : nil
    }

    /// 10 to the power of `exponent`, for exponents 0…18; larger ones are a bug of ours.
    public static func powerOfTen(_ exponent: Int) -> Int64 {
        precondition((0...18).contains(exponent), "10^\(exponent) does not fit 64 bits")
        return (0..<exponent).reduce(into: Int64(1)) { power, _ in power *= 10 }
    }
}

extension ExactDecimal: Comparable, Hashable {
    /// By value: 98.70 equals 98.7. Exact for every pair, because the products are taken in 128 bits.
    public static func == (left: ExactDecimal, right: ExactDecimal) -> Bool { left.aligned(with: right) == right.aligned(with: left) }
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool { left.aligned(with: right) < right.aligned(with: left) }

    public func hash(into hasher: inout Hasher) {
        var units = units
        var scale = scale
        while scale > 0, units % 10 == 0 {
            units /= 10
            scale -= 1
        }
        hasher.combine(units)
        hasher.combine(units == 0 ? 0 : scale)
    }

    private func aligned(with other: ExactDecimal) -> Int128 {
        Int128(units) * Int128(ExactDecimal.powerOfTen(max(0, other.scale - scale)))
    }
}

extension ExactDecimal: CustomStringConvertible, Codable {
    /// With a decimal point and all its digits, `98.70`.
    public var description: String {
        guard scale > 0 else { return String(units) }
        let digits = units.magnitude.padded(to: scale + 1)
        return (units < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let number = ExactDecimal(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a decimal number: \(text)"))
        }
        self = number
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
