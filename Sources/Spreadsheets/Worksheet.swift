import Model

/// One sheet of a workbook: what stands where, and which areas are merged.
public struct Worksheet: Hashable, Sendable {
    /// A merged area; its content stands in the top left cell.
    public struct Area: Hashable, Sendable {
        public let first: CellPlace
        public let last: CellPlace

        func contains(_ place: CellPlace) -> Bool {
            (first.row...last.row).contains(place.row) && (first.column...last.column).contains(place.column)
        }
    }

    /// Its number in the order of the tabs, from 1, hidden ones counted: what places name it by.
    public let number: Int
    public let name: String
    public let isHidden: Bool
    /// By row and column.
    private var cells: [Int: [Int: CellContent]] = [:]
    private var merged: [Area] = []

    init(number: Int, name: String, isHidden: Bool) {
        self.number = number
        self.name = name
        self.isHidden = isHidden
    }

    /// The rows with anything in them, in order.
    public var rows: [Int] { cells.keys.sorted() }

    /// The columns of a row with anything in them, in order.
    public func columns(of row: Int) -> [Int] { cells[row]?.keys.sorted() ?? [] }

    /// The last column of a row in which people see something begin: what stands there itself, or an area that is merged downwards into the row.
    public func lastVisibleColumn(of row: Int) -> Int {
        let own = cells[row]?.keys.max() ?? 0
        return merged.reduce(own) { last, area in area.first.row < row && row <= area.last.row ? max(last, area.first.column) : last }
    }

    /// What stands in a cell itself; nil for an empty one.
    public subscript(place: CellPlace) -> CellContent? { cells[place.row]?[place.column] }

    /// What people see at a place: of a merged area everywhere what stands in its top left cell. Numbers are never read by this, because a merged
    /// count would be counted several times.
    public func visible(_ place: CellPlace) -> CellContent? {
        if let content = self[place] { return content }
        return merged.first { $0.contains(place) }.flatMap { self[$0.first] }
    }

    /// How messages name a place: `sheet 2, D17`.
    public func name(_ place: CellPlace) -> String { "sheet \(number), \(place)" }

    mutating func set(_ content: CellContent, at place: CellPlace) -> Bool {
        cells[place.row, default: [:]].updateValue(content, forKey: place.column) == nil
    }

    mutating func merge(_ area: Area) { merged.append(area) }

    var mergeCount: Int { merged.count }
}
