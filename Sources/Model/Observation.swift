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
public struct Cell: Hashable, Sendable {
    public let range: DayRange
    public let value: Int64?
    public let delivery: DeliveryID

    public init(range: DayRange, value: Int64?, delivery: DeliveryID) {
        self.range = range
        self.value = value
        self.delivery = delivery
    }
}
