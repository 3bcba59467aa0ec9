/// One checked fact: the value of a measure for an agency over an interval of civil days.
public struct Observation: Hashable, Sendable {
    public let cell: CellKey
    /// Units of 10^-scale of the measure; nil means the source knows that it does not know, which is neither zero nor absent.
    public let value: Int64?

    public init(cell: CellKey, value: Int64?) {
        self.cell = cell
        self.value = value
    }
}

/// The natural key of a fact. It makes every path idempotent: the same delivery twice changes nothing.
public struct CellKey: Hashable, Sendable {
    public let agency: AgencyCode
    public let measure: MeasureID
    public let range: DayRange

    public init(agency: AgencyCode, measure: MeasureID, range: DayRange) {
        self.agency = agency
        self.measure = measure
        self.range = range
    }
}

extension CellKey: CustomStringConvertible {
    public var description: String { "\(agency) \(measure) \(range)" }
}

/// A value as the store holds it, with the delivery that brought it.
///
/// Kept in 24 bytes: a month of a large province holds millions of them at once.
public struct Cell: Hashable, Sendable {
    private let start: Int32
    /// Negative when the value is known to be unknown.
    private let signedSpan: Int32
    private let bits: Int64
    public let delivery: DeliveryID

    public init(range: DayRange, value: Int64?, delivery: DeliveryID) {
        start = Int32(clamping: range.start.number)
        let span = Int32(clamping: range.span)
        signedSpan = value == nil ? -span : span
        bits = value ?? 0
        self.delivery = delivery
    }

    public var range: DayRange { DayRange(start: Day(number: Int(start)), span: Int(signedSpan.magnitude)) }
    public var value: Int64? { signedSpan < 0 ? nil : bits }
}
