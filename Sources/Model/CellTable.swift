/// The cells that some readings need, by measure and agency: what the store hands to the pure functions.
public struct CellTable: Sendable {
    private let cells: [MeasureID: [AgencyCode: [Cell]]]

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
}
