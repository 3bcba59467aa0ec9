/// A numerator over a positive denominator, kept as two counts: comparing and printing are the only places where they meet.
public struct Ratio: Hashable, Sendable, Codable {
    public let numerator: Int64
    public let denominator: Int64

    /// Nil when the denominator is not positive: 0/0 is "no data", and nothing over 0 is a figure.
    public init?(_ numerator: Int64, over denominator: Int64) {
        guard denominator > 0 else { return nil }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// How the ratio, as a percentage, stands to a number of percent. Exact: both sides are multiplied out in 128 bits.
    public func isBelow(percent: ExactDecimal) -> Bool {
        Int128(numerator) * 100 * Int128(ExactDecimal.powerOfTen(percent.scale)) < Int128(percent.units) * Int128(denominator)
    }

    /// The counterpart of `isBelow`; a ratio that equals the percentage is neither.
    public func isAbove(percent: ExactDecimal) -> Bool {
        Int128(numerator) * 100 * Int128(ExactDecimal.powerOfTen(percent.scale)) > Int128(percent.units) * Int128(denominator)
    }

    /// The percentage rounded half up (away from zero) to `scale` decimals, for printing only. Nil when it does not fit 64 bits.
    public func percent(scale: Int = 2, rounding: Rounding = .halfUp) -> ExactDecimal? {
        rounded(times: 100, scale: scale, rounding: rounding)
    }

    /// The plain quotient rounded to `scale` decimals, for indicators that are not percentages.
    public func quotient(scale: Int = 2, rounding: Rounding = .halfUp) -> ExactDecimal? {
        rounded(times: 1, scale: scale, rounding: rounding)
    }

    private func rounded(times factor: Int128, scale: Int, rounding: Rounding) -> ExactDecimal? {
        let scaled = Int128(numerator) * factor * Int128(ExactDecimal.powerOfTen(scale))
        let magnitude = scaled.magnitude
        let divisor = UInt128(denominator)
        var quotient = magnitude / divisor
        if rounding == .halfUp, (magnitude % divisor) * 2 >= divisor { quotient += 1 }
        guard let units = Int64(exactly: quotient) else { return nil }
        return ExactDecimal(units: scaled < 0 ? -units : units, scale: scale)
    }

    public enum Rounding: Sendable {
        /// What dondoc prints.
        case halfUp
        /// What some sources print; only used to recognise them.
        case truncated
    }

    /// By value, cross-multiplied: 1/2 equals 2/4 here although they are different readings.
    public static func isLess(_ left: Ratio, than right: Ratio) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }

    /// Whether a percentage that a source printed contradicts these counts.
    ///
    /// It does not when it lies within 0.01 point of the exact value, or is the exact value rounded half up or cut off at the decimals the
    /// source prints: published tables do all three (docs/indicators.md, "The source's own percentage").
    public func isContradicted(byPercent printed: ExactDecimal) -> Bool {
        let power = Int128(ExactDecimal.powerOfTen(printed.scale))
        let difference = Int128(numerator) * 100 * power - Int128(printed.units) * Int128(denominator)
        if difference.magnitude * 100 <= (power * Int128(denominator)).magnitude { return false }
        return percent(scale: printed.scale) != printed && percent(scale: printed.scale, rounding: .truncated) != printed
    }
}
