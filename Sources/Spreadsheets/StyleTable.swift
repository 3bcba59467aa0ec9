/// The looks of a workbook and the XML that describes them. Cells name a look by its number.
struct StyleTable {
    private struct Style: Hashable {
        let look: SheetDraft.Look
        /// What the number format follows from, beside the look.
        let format: Int
    }

    private var numbers: [Style: Int] = [:]
    private var styles: [Style] = []
    private let mostDecimals: Int

    private static let percent = 10
    private static let day = 14
    /// Formats of our own have numbers from here on: `#,##0.0`, `#,##0.00` and so on.
    private static let ownFormats = 164

    /// Number 0 is the look of cells that name none.
    init(_ sheets: [SheetDraft]) {
        let decimals = sheets.flatMap { $0.cells.values.flatMap(\.values) }.map { if case .input(let decimals) = $0.look { decimals } else { 0 } }
        mostDecimals = decimals.max() ?? 0
        _ = number(of: .plain, .empty)
    }

    /// The number that a cell of this look and content names.
    mutating func number(of look: SheetDraft.Look, _ content: SheetDraft.Content) -> Int {
        let format: Int
        switch (look, content) {
        case (_, .percent): format = StyleTable.percent
        case (_, .serial): format = StyleTable.day
        case (.input(let decimals), _): format = decimals == 0 ? 3 : StyleTable.ownFormats + decimals
        default: format = 0
        }
        let style = Style(look: look, format: format)
        if let number = numbers[style] { return number }
        numbers[style] = styles.count
        styles.append(style)
        return styles.count - 1
    }

    var xml: String {
        let formats = (0...max(0, mostDecimals)).dropFirst().map {
            "<numFmt numFmtId=\"\(StyleTable.ownFormats + $0)\" formatCode=\"#,##0.\(String(repeating: "0", count: $0))\"/>"
        }
        let own = formats.isEmpty ? "" : "<numFmts count=\"\(formats.count)\">\(formats.joined())</numFmts>"
        return "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\(own)"
            + "<fonts count=\"3\"><font><sz val=\"12\"/><name val=\"Times New Roman\"/></font><font><b/><sz val=\"14\"/><name val=\"Times New Roman\"/></font>"
            + "<font><b/><sz val=\"12\"/><name val=\"Times New Roman\"/></font></fonts>"
            + "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
            + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7EDF5\"/></patternFill></fill>"
            + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFBE0\"/></patternFill></fill></fills>"
            + "<borders count=\"2\"><border/><border><left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"\(styles.count)\">\(styles.map(StyleTable.xml).joined())</cellXfs>"
            + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    }

    private static func xml(_ style: Style) -> String {
        let parts: (font: Int, fill: Int, border: Int, alignment: String) =
            switch style.look {
            case .plain: (0, 0, 0, "")
            case .title: (1, 0, 0, "<alignment vertical=\"center\" wrapText=\"1\"/>")
            case .note: (0, 0, 0, "<alignment vertical=\"top\" wrapText=\"1\"/>")
            case .heading: (2, 2, 1, "<alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/>")
            case .label: (0, 2, 1, "<alignment vertical=\"center\" wrapText=\"1\"/>")
            case .input: (0, 3, 1, "<alignment horizontal=\"right\" vertical=\"center\"/>")
            }
        let lock = if case .input = style.look { "<protection locked=\"0\"/>" } else { "" }
        return
            "<xf numFmtId=\"\(style.format)\" fontId=\"\(parts.font)\" fillId=\"\(parts.fill)\" borderId=\"\(parts.border)\" applyNumberFormat=\"1\""
            + " applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" applyProtection=\"1\">\(parts.alignment)\(lock)</xf>"
    }
}
