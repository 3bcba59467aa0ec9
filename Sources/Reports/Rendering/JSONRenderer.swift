import Model

/// Writes documents as JSON with exact numbers.
///
/// An answer that is one sheet is an array of its rows, each an object keyed by column ids. Any other answer is an array of blocks:
/// `{"sheet":"rank","title":…,"rows":[…],"notes":[…]}`, `{"heading":…}`, `{"text":…}`, `{"verbatim":…}`. A missing value is null.
public struct JSONRenderer: Sendable {
    public init() {}

    /// One line for each row or block, so that a diff of two answers can be read.
    public func render(_ document: Document) -> String {
        if document.blocks.count == 1, case .sheet(let sheet) = document.blocks[0] { return rows(sheet, indent: "") + "\n" }
        return list(document.blocks.map(block), indent: "") + "\n"
    }

    private func block(_ block: Document.Block) -> String {
        switch block {
        case .sheet(let sheet):
            "{\"sheet\":\(string(sheet.id)),\"title\":\(string(sheet.title)),\"rows\":\(rows(sheet, indent: "  ")),"
                + "\"notes\":[\(sheet.notes.map(string).joined(separator: ","))]}"
        case .heading(let text): "{\"heading\":\(string(text))}"
        case .text(let text): "{\"text\":\(string(text))}"
        case .verbatim(let text): "{\"verbatim\":\(string(text))}"
        }
    }

    private func rows(_ sheet: Sheet, indent: String) -> String {
        list(
            sheet.rows.map { row in
                "{" + zip(sheet.columns, row).map { "\(string($0.id)):\(value($1))" }.joined(separator: ",") + "}"
            }, indent: indent)
    }

    private func list(_ items: [String], indent: String) -> String {
        items.isEmpty ? "[]" : "[\n" + items.map { indent + "  " + $0 }.joined(separator: ",\n") + "\n" + indent + "]"
    }

    private func value(_ value: Sheet.Value) -> String {
        switch value {
        case .missing: "null"
        case .text(let text): string(text)
        case .integer(let number): String(number)
        case .decimal(let number), .percent(let number): number.description
        case .day(let day): string(day.description)
        case .instant(let instant): string(instant.description)
        case .code(let id, _, _): string(id)
        }
    }

    /// A JSON string; everything below U+0020 and U+007F is escaped, all else stays as it is.
    private func string(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let hexadecimal = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}
