/// What the counts since the beginning of a year lead to by its end, if it goes on as until now: exact, nothing is rounded before it is printed.
public struct YearProjection: Hashable, Sendable, Codable {
    /// The days of the year that are asked about: from its first day, or the day an agency was formed, to its last.
    public let from: Day
    public let last: Day
    /// The last day that the counts can speak of.
    public let through: Day
    /// How many days up to it are counted; at least one.
    public let countedDays: Int
    public let numerator: Int64
    /// Of a percentage; nil of a count.
    public let denominator: Int64?
    public let direction: Indicator.Direction
    /// What the whole year must come to, in percent or as a count; not negative, and at most 100 percent.
    public let target: ExactDecimal

    /// Nil when the parts cannot be true together, so that nothing below can overflow: counts below zero, a part above its whole, nothing below the
    /// line, no counted day, a target that no year can have.
    public init?(
        from: Day, last: Day, through: Day, countedDays: Int, numerator: Int64, denominator: Int64?, direction: Indicator.Direction,
        target: ExactDecimal
    ) {
        guard from <= through, through <= last, (1...(through - from + 1)).contains(countedDays), last - from <= 366 else { return nil }
        guard numerator >= 0, target >= ExactDecimal(0) else { return nil }
        if let denominator { guard denominator > 0, numerator <= denominator, target <= ExactDecimal(100) else { return nil } }
        self.from = from
        self.last = last
        self.through = through
        self.countedDays = countedDays
        self.numerator = numerator
        self.denominator = denominator
        self.direction = direction
        self.target = target
    }

    /// Whether the year ends on the wrong side of its target when it goes on as until now. What equals the target is on the right side.
    public var isOffTarget: Bool {
        if let denominator { return isOnTheWrongSide(Int128(numerator) * 100, over: Int128(denominator)) }
        return isOnTheWrongSide(Int128(numerator) * days, over: Int128(countedDays))
    }

    /// Whether that is so even if everything that is still to come, in the numbers of until now, goes well. A count that must be high can always be
    /// caught up with.
    public var isOutOfReach: Bool {
        if let (part, whole) = best { return isOnTheWrongSide(part * 100, over: whole) }
        return direction == .lowerIsBetter && isOnTheWrongSide(Int128(numerator), over: 1)
    }

    /// What the year comes to as until now, rounded half up to two decimals, for eyes.
    public var projected: ExactDecimal? {
        if let denominator { return YearProjection.rounded(Int128(numerator) * 100, over: Int128(denominator)) }
        return YearProjection.rounded(Int128(numerator) * days, over: Int128(countedDays))
    }

    /// The percentage that the year comes to if all that is still to come goes well, for eyes; nil of a count.
    public var attainable: ExactDecimal? { best.flatMap { YearProjection.rounded($0.part * 100, over: $0.whole) } }

    private var days: Int128 { Int128(last - from + 1) }

    /// The fraction of the whole year, multiplied by the counted days, when everything that is still to come goes well.
    private var best: (part: Int128, whole: Int128)? {
        guard let denominator else { return nil }
        let whole = Int128(denominator) * days
        let bad = direction == .lowerIsBetter ? numerator : denominator - numerator
        let spoiled = Int128(bad) * Int128(countedDays)
        return (direction == .lowerIsBetter ? spoiled : whole - spoiled, whole)
    }

    private func isOnTheWrongSide(_ part: Int128, over whole: Int128) -> Bool {
        let left = part * Int128(ExactDecimal.powerOfTen(target.scale))
        let right = Int128(target.units) * whole
        return direction == .higherIsBetter ? left < right : left > right
    }

    private static func rounded(_ part: Int128, over whole: Int128) -> ExactDecimal? {
        let scaled = part * 100
        let quotient = scaled / whole + (scaled % whole * 2 >= whole ? 1 : 0)
        return Int64(exactly: quotient).flatMap { ExactDecimal(units: $0, scale: 2) }
    }
}
