/// A sheet as it is to be written: texts and numbers with one of a few looks, what may be typed where, and what is locked.
public struct SheetDraft: Sendable {
    /// How a cell looks, and whether it may be typed into while the sheet is protected.
    public enum Look: Hashable, Sendable {
        case plain, title, note, heading, label
        /// A cell to be filled in, for numbers with so many decimals.
        case input(decimals: Int)
    }

    /// Typed contents.
    public enum Content: Hashable, Sendable {
        case empty
        case text(String)
        /// The digits as they go into the file.
        case number(String)
        /// A day's number in Excel's own counting, shown as a day.
        case serial(Int)
        case percent(String)
        case boolean(Bool)
        case formula(String, value: String?)
        case error(String)
    }

    /// What the spreadsheet program lets people type into an area.
    public struct Validation: Sendable {
        let area: String
        let formula: String
        let prompt: (title: String, text: String)
        let error: (title: String, text: String)

        /// - Parameters:
        ///   - area: such as `C8:C20`.
        ///   - formula: true for what may stand in the area's first cell, with references relative to it.
        public init(area: String, formula: String, prompt: (title: String, text: String), error: (title: String, text: String)) {
            self.area = area
            self.formula = formula
            self.prompt = prompt
            self.error = error
        }
    }

    let name: String
    var isHidden = false
    /// Whether only `input` cells can be changed.
    var isProtected = false
    private(set) var cells: [Int: [Int: (content: Content, look: Look)]] = [:]
    private(set) var merged: [String] = []
    private(set) var validations: [Validation] = []
    private(set) var widths: [Int: Int] = [:]
    private(set) var heights: [Int: Int] = [:]
    private(set) var hiddenRows: Set<Int> = []
    /// Rows above it and columns left of it stay where they are.
    var frozen: CellPlace?

    public init(_ name: String, isHidden: Bool = false, isProtected: Bool = false, frozen: CellPlace? = nil) {
        self.name = name
        self.isHidden = isHidden
        self.isProtected = isProtected
        self.frozen = frozen
    }

    public mutating func set(_ row: Int, _ column: Int, _ content: Content, _ look: Look = .plain) {
        cells[row, default: [:]][column] = (content, look)
    }

    public mutating func merge(_ area: String) { merged.append(area) }
    public mutating func validate(_ validation: Validation) { validations.append(validation) }
    public mutating func setWidth(_ column: Int, _ characters: Int) { widths[column] = characters }
    public mutating func setHeight(_ row: Int, _ points: Int) { heights[row] = points }
    public mutating func hideRow(_ row: Int) { hiddenRows.insert(row) }
}
