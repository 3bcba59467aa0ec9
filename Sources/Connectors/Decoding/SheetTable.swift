import Model
import Spreadsheets

/// Which column of a sheet has which name.
struct SheetTable {
    /// The last row of the header; the table begins below it.
    let lastHeaderRow: Int
    /// The names as they stand, in the order of their columns.
    let names: [String]
    /// By folded name; nil while columns are named by their letters.
    private let columns: [String: [Int]]?

    /// A table whose columns are named by their letters, below a row.
    init(lettersBelow row: Int) {
        lastHeaderRow = row
        names = []
        columns = nil
    }

    /// The table below a header. Merged cells name every column they span; a text that repeats from one row to the next counts once.
    init(_ header: ClosedRange<Int>, in sheet: Worksheet) {
        lastHeaderRow = header.upperBound
        let last = header.map(sheet.lastVisibleColumn).max() ?? 0
        var names: [String] = []
        var columns: [String: [Int]] = [:]
        for column in stride(from: 1, through: last, by: 1) {
            var parts: [String] = []
            for row in header {
                let text = SheetTable.oneLine(sheet.visible(CellPlace(row: row, column: column))?.text ?? "")
                if !text.isEmpty, parts.last != text { parts.append(text) }
            }
            guard !parts.isEmpty else { continue }
            let name = parts.joined(separator: " / ")
            names.append(name)
            columns[TextFolding.key(name), default: []].append(column)
        }
        self.names = names
        self.columns = columns
    }

    /// How many columns have a name.
    func count(_ name: String) -> Int {
        guard let columns else { return 1 }
        return columns[TextFolding.key(name)]?.count ?? 0
    }

    /// The column of a name, or of letters.
    func column(_ name: String) -> Int? {
        guard let columns else { return CellPlace.column(name) }
        return columns[TextFolding.key(name)]?.first
    }

    /// Header cells are broken into lines to be narrow.
    private static func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
