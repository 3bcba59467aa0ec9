extension Reading {
    /// The number people read, in the indicator's unit and rounded half up to two decimals; nil without a figure. For printing only: judging
    /// and ranking use the exact counts.
    public func figure(in unit: Indicator.Unit) -> ExactDecimal? {
        guard state == .figure else { return nil }
        return switch unit {
        case .percent: ratio?.percent()
        case .quotient, .perWorkingDay: ratio?.quotient()
        case .count, .daysSince: numerator.map { ExactDecimal($0) }
        }
    }

    /// How the exact figure stands to a number in the indicator's unit: -1 below, 0 equal, 1 above. Nil without a figure. Both sides are
    /// multiplied out in 128 bits, so a figure that is printed like the bound but lies beside it is told apart.
    public func comparison(with bound: ExactDecimal, in unit: Indicator.Unit) -> Int? {
        guard state == .figure, let numerator else { return nil }
        let divisor: Int64
        if unit.isRatio {
            guard let denominator, denominator > 0 else { return nil }
            divisor = denominator
        } else {
            divisor = 1
        }
        let left = Int128(numerator) * (unit == .percent ? 100 : 1) * Int128(ExactDecimal.powerOfTen(bound.scale))
        let right = Int128(bound.units) * Int128(divisor)
        return left < right ? -1 : (left == right ? 0 : 1)
    }
}
