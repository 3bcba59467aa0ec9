/// The cells that some readings need, by measure and agency: what the store hands to the pure functions.
public struct CellTable: Sendable {
    private var cells: [MeasureID: [AgencyCode: [Cell]]]

    public init(_ cells: [MeasureID: [AgencyCode: [Cell]]]) {
        self.cells = cells
    }

    /// The cells of one agency and measure in no particular order; empty when nothing was ever delivered.
    public subscript(measure: MeasureID, agency: AgencyCode) -> [Cell] {
        cells[measure]?[agency] ?? []
    }

    /// All agencies with at least one cell of the measure.
    public func agencies(with measure: MeasureID) -> [AgencyCode] {
        cells[measure].map { Array($0.keys) } ?? []
    }

    public var count: Int { cells.values.reduce(0) { sum, agencies in agencies.values.reduce(sum) { $0 + $1.count } } }

    /// Takes over the cells of the measures of another table, of which this one has none.
    public mutating func add(_ other: CellTable) {
        cells.merge(other.cells) { own, _ in own }
    }

    /// Puts other cells of a measure in the place of those that lie wholly inside an interval.
    ///
    /// - Parameter newer: holds all cells of the measure inside the interval, and none outside.
    public mutating func replace(_ measure: MeasureID, in range: DayRange, with newer: CellTable) {
        var own = cells.removeValue(forKey: measure) ?? [:]
        for index in own.values.indices { own.values[index].removeAll { range.contains($0.range) } }
        for (agency, list) in newer.cells[measure] ?? [:] {
            own[agency, default: []] += list
            // Adding up is quickest in the order of the days.
            own[agency]?.sort { $0.range.start < $1.range.start }
        }
        cells[measure] = own.values.contains(where: \.isEmpty) ? own.filter { !$0.value.isEmpty } : own
    }
}
