/// How far one exact figure lies from another: multiplied out in 128 bits, nothing is rounded.
public struct ExactGap: Hashable, Sendable {
    /// The gap as a fraction: percentage points, or the unit's own, or percent of the older figure. The denominator is positive.
    private let numerator: Int128
    private let denominator: Int128

    /// The newer figure less the older one. Nil without two figures, when the older one is zero and the gap is relative, or when the counts are so
    /// large that the products do not fit.
    public init?(from older: Reading, to newer: Reading, in unit: Indicator.Unit, isRelative: Bool) {
        guard let (a, b) = ExactGap.fraction(newer, unit), let (c, d) = ExactGap.fraction(older, unit) else { return nil }
        let factor: Int128 = isRelative || unit == .percent ? 100 : 1
        guard let left = ExactGap.product(a, d), let right = ExactGap.product(c, b), let top = ExactGap.product(left - right, factor) else {
            return nil
        }
        guard let bottom = isRelative ? ExactGap.product(c, b) : ExactGap.product(b, d), bottom > 0 else { return nil }
        numerator = top
        denominator = bottom
    }

    /// -1 when the gap is smaller than a number, 0 when it equals it, 1 when it is larger; nil when that does not fit 128 bits.
    public func comparison(with bound: ExactDecimal) -> Int? {
        guard let left = ExactGap.product(numerator, Int128(ExactDecimal.powerOfTen(bound.scale))),
            let right = ExactGap.product(Int128(bound.units), denominator)
        else { return nil }
        return left < right ? -1 : (left == right ? 0 : 1)
    }

    /// For eyes: rounded half up to two decimals, without its sign.
    public var size: ExactDecimal? {
        guard let scaled = ExactGap.product(numerator.magnitude > UInt128(Int128.max) ? Int128.max : Int128(numerator.magnitude), 100) else {
            return nil
        }
        let rounded = scaled / denominator + (scaled % denominator * 2 >= denominator ? 1 : 0)
        return Int64(exactly: rounded).flatMap { ExactDecimal(units: $0, scale: 2) }
    }

    public var isFall: Bool { numerator < 0 }

    private static func fraction(_ reading: Reading, _ unit: Indicator.Unit) -> (Int128, Int128)? {
        guard reading.state == .figure, let numerator = reading.numerator else { return nil }
        guard unit.isRatio else { return (Int128(numerator), 1) }
        guard let denominator = reading.denominator, denominator > 0 else { return nil }
        return (Int128(numerator), Int128(denominator))
    }

    private static func product(_ left: Int128, _ right: Int128) -> Int128? {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? nil : product
    }
}
