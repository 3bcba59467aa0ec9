import Model

/// Writes sheets as CSV (RFC 4180): column ids, plain numbers with a decimal point, ISO days, stable identifiers instead of words.
///
/// Text that begins with `=`, `+`, `-`, `@`, a tab or a return gets an apostrophe in front, so that no spreadsheet runs it as a formula: names
/// and messages come from outside. Several sheets follow each other with an empty line between; headings, notes and letters are left out.
public struct CSVRenderer: Sendable {
    public init() {}

    /// All sheets of a document; empty when it has none.
    public func render(_ document: Document) -> String {
        document.blocks.compactMap { block in
            if case .sheet(let sheet) = block { render(sheet) } else { nil }
        }.joined(separator: "\r\n")
    }

    /// One sheet with CRLF line ends, the last one included.
    public func render(_ sheet: Sheet) -> String {
        let header = sheet.columns.map { DelimitedText.quoted($0.id) }.joined(separator: ",")
        let rows = sheet.rows.map { row in row.map(field).joined(separator: ",") }
        return ([header] + rows).map { $0 + "\r\n" }.joined()
    }

    private func field(_ value: Sheet.Value) -> String {
        switch value {
        case .missing: ""
        case .text(let text): DelimitedText.quoted(guarded(text))
        case .integer(let number): String(number)
        case .decimal(let number), .percent(let number): number.description
        case .day(let day): day.description
        case .instant(let instant): instant.description
        case .code(let id, _, _): DelimitedText.quoted(id)
        }
    }

    private func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first) else { return text }
        return "'" + text
    }
}
