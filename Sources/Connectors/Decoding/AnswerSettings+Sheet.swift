import Model
import Spreadsheets

extension AnswerSettings {
    /// The rows of a workbook's sheet: below the header, every row in which a measure is filled in, except sums and headings of sections.
    /// Numbers are taken from the cell itself; agencies and days are read through merged areas.
    func sheetRows(_ bytes: [UInt8], asked: DayRange?) throws(DecodeError) -> MappedRows {
        let sheet = try worksheet(bytes)
        let table = try table(in: sheet)
        let places = Set(measures.map(\.place))
        var result = MappedRows()
        for row in sheet.rows where row > table.lastHeaderRow {
            let filled = places.contains { place in
                table.column(place).flatMap { sheet[CellPlace(row: row, column: $0)] }.map { !$0.isBlank } ?? false
            }
            guard filled, !isPassedOver(row, in: sheet, table) else { continue }
            do throws(MappingTrouble) {
                let subject = try subject(of: row, in: sheet, table)
                let range = try range(of: row, in: sheet, table, asked: asked)
                for (measure, place) in measures {
                    guard let column = table.column(place) else { continue }
                    let cell = CellPlace(row: row, column: column)
                    guard let value = value(of: sheet[cell]) else { continue }
                    result.append(Row(subject: subject, measure: measure, range: range, value: value, place: sheet.name(cell)))
                }
            } catch {
                try result.refuse(error)
            }
        }
        return result
    }

    /// The sheet that the settings pick.
    private func worksheet(_ bytes: [UInt8]) throws(DecodeError) -> Worksheet {
        let workbook: Workbook
        do throws(SpreadsheetError) {
            workbook = try Workbook(bytes, only: { names in self.sheet.picked(names).map { [$0] } ?? [] })
        } catch {
            throw DecodeError(error.problem, at: error.place)
        }
        let names = workbook.sheets.map { SheetName(number: $0.number, name: $0.name, isHidden: $0.isHidden) }
        guard let number = self.sheet.picked(names) else {
            let all = names.prefix(20).map { "\($0.number) '\($0.name)'" }.joined(separator: ", ")
            throw DecodeError(
                "there is no sheet \(self.sheet.wanted[.english]); the workbook has \(all)",
                vietnamese: "không có trang \(self.sheet.wanted[.vietnamese]); bảng tính có các trang \(all)")
        }
        return workbook.sheets[number - 1]
    }

    /// Where the columns are.
    private func table(in sheet: Worksheet) throws(DecodeError) -> SheetTable {
        guard self.sheet.columns == .header else { return SheetTable(lettersBelow: self.sheet.header?.upperBound ?? 0) }
        let wanted = columns
        if let header = self.sheet.header {
            let table = SheetTable(header, in: sheet)
            if let missing = wanted.first(where: { table.count($0) == 0 }) {
                let found = table.names.prefix(20).joined(separator: ", ")
                throw DecodeError(
                    "there is no column '\(missing)'; the header is \(found)", vietnamese: "không có cột '\(missing)'; dòng tiêu đề là \(found)",
                    at: "sheet \(sheet.number), row \(header.lowerBound)")
            }
            return try checked(table, wanted, in: sheet)
        }
        // A header stands near the top; below it the same words may be names of agencies.
        let candidates = sheet.rows.prefix(AnswerSettings.longestTop).map { SheetTable($0...$0, in: sheet) }
        if let table = candidates.first(where: { candidate in wanted.allSatisfy { candidate.count($0) > 0 } }) {
            return try checked(table, wanted, in: sheet)
        }
        let best = candidates.max { left, right in wanted.count { left.count($0) > 0 } < wanted.count { right.count($0) > 0 } }
        let missing = wanted.first { best?.count($0) == 0 } ?? wanted.first ?? ""
        let found = best.map { (row: $0.lastHeaderRow, names: $0.names.prefix(20).joined(separator: ", ")) }
        throw DecodeError(
            "no row is a header with the column '\(missing)'\(found.map { "; row \($0.row) has \($0.names)" } ?? "")",
            vietnamese: "không dòng nào là tiêu đề có cột '\(missing)'\(found.map { "; dòng \($0.row) có \($0.names)" } ?? "")",
            at: "sheet \(sheet.number)")
    }

    private static let longestTop = 50

    private func checked(_ table: SheetTable, _ wanted: [String], in sheet: Worksheet) throws(DecodeError) -> SheetTable {
        for column in wanted where table.count(column) > 1 {
            throw DecodeError(
                "there are \(table.count(column)) columns '\(column)'; which one is meant cannot be told; use columns: letters",
                at: "sheet \(sheet.number), row \(table.lastHeaderRow)")
        }
        return table
    }

    /// Whether a text of the row says that it is no agency's.
    private func isPassedOver(_ row: Int, in sheet: Worksheet, _ table: SheetTable) -> Bool {
        sheet.columns(of: row).contains { column in
            guard case .text(let text)? = sheet[CellPlace(row: row, column: column)] else { return false }
            return self.sheet.isSumOrSection(text)
        }
    }

    private func subject(of row: Int, in sheet: Worksheet, _ table: SheetTable) throws(MappingTrouble) -> Row.Subject {
        let hint = LocalizedText(
            vietnamese: "; nếu là dòng tổng thì thêm chữ đầu dòng vào skip của answer",
            english: "; is it a sum? Then add how it begins to skip under answer")
        return try subject(at: { sheet.name(CellPlace(row: row, column: table.column($0) ?? 1)) }, hint: hint) { name in
            sheet.visible(CellPlace(row: row, column: table.column(name) ?? 1)).map { AnswerSettings.trimmed($0.text) }
        }
    }

    private func range(of row: Int, in sheet: Worksheet, _ table: SheetTable, asked: DayRange?) throws(MappingTrouble) -> DayRange {
        // A cell that is a day is one whatever the texts' pattern is.
        let pattern: Day.Pattern =
            switch days {
            case .asked: .iso
            case .day(_, let pattern), .interval(_, _, let pattern): pattern
            }
        return try range(asked: asked, at: { sheet.name(CellPlace(row: row, column: table.column($0) ?? 1)) }) { name in
            switch table.column(name).flatMap({ sheet.visible(CellPlace(row: row, column: $0)) }) {
            case .day(let day)?: day.written(pattern)
            case let content?: AnswerSettings.trimmed(content.text)
            case nil: nil
            }
        }
    }

    /// The value of a cell; nil when it is blank and blanks are skipped.
    private func value(of content: CellContent?) -> RowValue? {
        switch content {
        case nil: numbers.valueOfBlank
        case .text(let text)?: numbers.value(of: text)
        case .number(let digits, let isPercent)?:
            CellNumber.exact(digits, isPercent: isPercent).map { .number($0) } ?? .unreadable(String(digits.prefix(40)))
        case .uncalculated?: .unreadable("a formula that was never calculated")
        case let other?: .unreadable(other.text)
        }
    }
}

extension SheetSettings {
    /// The number of the sheet that is meant; nil when the workbook has none such.
    func picked(_ names: [SheetName]) -> Int? {
        switch pick {
        case .first: names.first { !$0.isHidden }?.number
        case .number(let number): names.contains { $0.number == number } ? number : nil
        case .name(let name): names.first { TextFolding.key($0.name) == TextFolding.key(name) }?.number
        }
    }

    /// How messages call the sheet that is wanted.
    fileprivate var wanted: LocalizedText {
        switch pick {
        case .first: LocalizedText(vietnamese: "nào không bị ẩn", english: "to see")
        case .number(let number): LocalizedText(vietnamese: "\(number)", english: "\(number)")
        case .name(let name): LocalizedText(vietnamese: "'\(name)'", english: "'\(name)'")
        }
    }
}
