import Model

/// Prints documents for people: aligned tables that fit the terminal, records as one line for each property.
///
/// Columns without any value are left out. Of a table that is too wide only the details are shown that fit, and below it stands which are not; one that
/// is still too wide becomes a record for each row.
public struct TableRenderer: Sendable {
    public let language: Language
    /// Columns of the terminal; nil for as many as it takes, when the output goes to a file or a pipe.
    public let width: Int?
    public let usesColour: Bool

    static let gap = 2

    public init(language: Language, width: Int?, usesColour: Bool) {
        self.language = language
        self.width = width.map { max(20, $0) }
        self.usesColour = usesColour
    }

    /// The whole document, each block after an empty line, ending with a line end.
    public func render(_ document: Document) -> String {
        document.blocks.map { block in
            switch block {
            case .sheet(let sheet): render(sheet)
            case .heading(let text): heading(TerminalText.harmless(text)) + "\n"
            case .text(let text): paragraph(text)
            case .verbatim(let text): TerminalText.harmless(text, keepingLines: true) + (text.hasSuffix("\n") ? "" : "\n")
            }
        }.joined(separator: "\n")
    }

    /// One sheet with its title and notes.
    public func render(_ sheet: Sheet) -> String {
        var lines = sheet.title.isEmpty ? [] : TextWrap.lines(TerminalText.harmless(sheet.title), width: width ?? .max).map(heading)
        if sheet.rows.isEmpty {
            lines.append(tinted(language.choose("(không có)", "(none)"), .faint))
        } else {
            let table = TableLayout(sheet, language: language)
            let fitting = table.withDetails(within: width)
            if sheet.shape == .table, let widths = fitting.widths(fitting: width) {
                lines += grid(fitting, widths) + leftOut(from: table, in: fitting)
            } else {
                lines += records(table)
            }
        }
        let notes = sheet.notes.isEmpty ? "" : "\n" + sheet.notes.map(paragraph).joined()
        return lines.joined(separator: "\n") + "\n" + notes
    }

    /// Which columns a table has and does not show, with the way to see them; nothing when it shows them all.
    private func leftOut(from table: TableLayout, in shown: TableLayout) -> [String] {
        let titles = table.columns.map(\.title).filter { title in !shown.columns.contains { $0.title == title } }
        guard !titles.isEmpty else { return [] }
        let names = titles.joined(separator: ", ")
        let remark = language.choose("(không hiện: \(names); --output csv có đủ)", "(not shown: \(names); --output csv has them all)")
        return TextWrap.lines(remark, width: width ?? .max).map { tinted($0, .faint) }
    }

    private func grid(_ table: TableLayout, _ widths: [Int]) -> [String] {
        var lines = row(table.columns.map { ($0.title, Sheet.Tone.plain) }, table, widths, isHeader: true)
        lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: String(repeating: " ", count: Self.gap)))
        for index in table.rowIndices {
            lines += row(table.columns.map { ($0.cells[index].text, $0.cells[index].tone) }, table, widths, isHeader: false)
        }
        return lines
    }

    /// A row as the lines it wraps into; the header stands at the bottom of its lines, values at the top.
    private func row(_ cells: [(text: String, tone: Sheet.Tone)], _ table: TableLayout, _ widths: [Int], isHeader: Bool) -> [String] {
        let wrapped = zip(cells, widths).map { TextWrap.lines($0.text, width: $1) }
        let height = wrapped.map(\.count).max() ?? 1
        return (0..<height).map { line in
            let fields = wrapped.indices.map { column -> String in
                let offset = isHeader ? line - (height - wrapped[column].count) : line
                let text = wrapped[column].indices.contains(offset) ? wrapped[column][offset] : ""
                let padding = String(repeating: " ", count: max(0, widths[column] - DisplayWidth.of(text)))
                let shown = isHeader || text.isEmpty ? text : tinted(text, cells[column].tone)
                return table.columns[column].isNumeric ? padding + shown : shown + padding
            }
            return trimmed(fields.joined(separator: String(repeating: " ", count: Self.gap)))
        }
    }

    private func records(_ table: TableLayout) -> [String] {
        let titles = table.columns.map { DisplayWidth.of($0.title) }.max() ?? 0
        let indent = String(repeating: " ", count: titles + Self.gap)
        let room = width.map { max(10, $0 - titles - Self.gap) } ?? .max
        var lines: [String] = []
        for index in table.rowIndices {
            if index > 0 { lines.append("") }
            for column in table.columns where !column.cells[index].text.isEmpty {
                let cell = column.cells[index]
                let padding = String(repeating: " ", count: titles - DisplayWidth.of(column.title) + Self.gap)
                for (number, line) in TextWrap.lines(cell.text, width: room).enumerated() {
                    lines.append((number == 0 ? column.title + padding : indent) + tinted(line, cell.tone))
                }
            }
        }
        return lines
    }

    private func paragraph(_ text: String) -> String {
        TextWrap.lines(TerminalText.harmless(text), width: width ?? .max).joined(separator: "\n") + "\n"
    }

    private func heading(_ text: String) -> String { usesColour ? TerminalText.bold(text) : text }
    private func tinted(_ text: String, _ tone: Sheet.Tone) -> String { usesColour ? TerminalText.coloured(text, tone) : text }

    private func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
