import Model

/// Reads one sheet's XML: cells row by row, merged areas behind them.
struct WorksheetReader {
    let texts: SharedTexts
    let styles: CellStyles
    let uses1904: Bool
    let limits: WorkbookLimits

    /// One cell while its element is open.
    private struct Open {
        let place: CellPlace
        let type: String
        let style: Int
        var value = ""
        var isFormula = false
        var inline = RichText()
    }

    /// Fills a sheet from its part; `budget` is how many cells may still be read of the whole workbook.
    func read(_ bytes: [UInt8], into sheet: inout Worksheet, part: String, budget: inout Int) throws(SpreadsheetError) {
        var reader = try XMLReader(bytes, part: part, limits: limits)
        var row = 0
        var column = 0
        var cell: Open?
        var isInValue = false
        while let event = try reader.next() {
            switch event {
            case .start("row", let attributes):
                row = attributes["r"].flatMap { Int($0) } ?? row + 1
                column = 0
                guard (1...limits.rows).contains(row) else { throw SpreadsheetError("has no row \(row)", at: "sheet \(sheet.number)") }
            case .start("c", let attributes):
                let place = attributes["r"].map { CellPlace($0) } ?? CellPlace(row: max(1, row), column: column + 1)
                guard let place, place.column <= limits.columns, place.row <= limits.rows else {
                    throw SpreadsheetError("has no cell '\((attributes["r"] ?? "").prefix(20))'", at: "sheet \(sheet.number)")
                }
                column = place.column
                cell = Open(place: place, type: attributes["t"] ?? "n", style: attributes["s"].flatMap { Int($0) } ?? 0)
            case .start("f", _): cell?.isFormula = true
            case .start("v", _): isInValue = true
            case .end("v"): isInValue = false
            case .text(let text) where isInValue:
                guard (cell?.value.utf8.count ?? 0) + text.utf8.count <= limits.textLength * 3 else {
                    throw SpreadsheetError("a text of more than \(limits.textLength) characters", at: cell.map { sheet.name($0.place) })
                }
                cell?.value += text
            case .end("c"):
                if let cell { try close(cell, in: &sheet, &budget) }
                cell = nil
            case .start("mergeCell", let attributes): try merge(attributes["ref"] ?? "", in: &sheet)
            default:
                guard cell?.inline.handle(event, most: limits.textLength) ?? true else {
                    throw SpreadsheetError("a text of more than \(limits.textLength) characters", at: cell.map { sheet.name($0.place) })
                }
            }
        }
    }

    private func close(_ cell: Open, in sheet: inout Worksheet, _ budget: inout Int) throws(SpreadsheetError) {
        guard let content = try content(of: cell, in: sheet) else { return }
        budget -= 1
        guard budget >= 0 else { throw SpreadsheetError("the file has more than \(limits.cells) filled cells", at: sheet.name(cell.place)) }
        guard sheet.set(content, at: cell.place) else { throw SpreadsheetError("the cell stands in the file twice", at: sheet.name(cell.place)) }
    }

    /// Nil for a cell that has a look and nothing else.
    private func content(of cell: Open, in sheet: Worksheet) throws(SpreadsheetError) -> CellContent? {
        switch cell.type {
        case "inlineStr": return cell.inline.text.isEmpty ? nil : .text(cell.inline.text)
        case "str": return cell.value.isEmpty && !cell.isFormula ? nil : .text(cell.value)
        case _ where cell.value.isEmpty: return cell.isFormula ? .uncalculated : nil
        case "s":
            guard let text = Int(cell.value).flatMap({ texts[$0] }) else {
                throw SpreadsheetError("the cell refers to a text that is not there; save the file anew", at: sheet.name(cell.place))
            }
            return text.isEmpty ? nil : .text(text)
        case "b": return .boolean(cell.value == "1" || cell.value == "true")
        case "e": return .error(String(cell.value.prefix(20)))
        case "d": return Day(cell.value.prefix(10)).map { .day($0) } ?? .text(cell.value)
        default:
            switch styles[cell.style] {
            case .day: return CellStyles.day(serial: cell.value, uses1904: uses1904).map { .day($0) } ?? .number(digits: cell.value, isPercent: false)
            case .percent: return .number(digits: cell.value, isPercent: true)
            case .plain: return .number(digits: cell.value, isPercent: false)
            }
        }
    }

    private func merge(_ reference: String, in sheet: inout Worksheet) throws(SpreadsheetError) {
        let ends = reference.split(separator: ":").compactMap { CellPlace($0) }
        guard ends.count == 2, ends[0].row <= ends[1].row, ends[0].column <= ends[1].column else { return }
        guard sheet.mergeCount < limits.merges else {
            throw SpreadsheetError("has more than \(limits.merges) merged areas", at: "sheet \(sheet.number)")
        }
        sheet.merge(Worksheet.Area(first: ends[0], last: ends[1]))
    }
}
