import Model
import Spreadsheets

/// Reads a form that an agency has filled in, by what stands in it itself. An empty cell is no report; a dash is "known to be unknown".
enum FilledForm {
    static func rows(_ bytes: [UInt8]) throws(DecodeError) -> [Row] {
        let workbook: Workbook
        do throws(SpreadsheetError) {
            workbook = try Workbook(bytes)
        } catch {
            throw DecodeError(error.problem, at: error.place)
        }
        let days = try days(in: workbook)
        guard let (sheet, keyRow) = heading(in: workbook) else {
            throw DecodeError("the hidden row above the heading is gone, so columns cannot be told apart; fill in a new form")
        }
        let columns = sheet.columns(of: keyRow).compactMap { column -> (column: Int, measure: String)? in
            guard case .text(let text)? = sheet[CellPlace(row: keyRow, column: column)], text != ReportForm.agencyKey else { return nil }
            return (column, text)
        }
        for measure in days.keys.sorted() where columns.count(where: { $0.measure == measure }) != 1 {
            throw DecodeError(
                "the column of '\(measure)' is gone or stands there twice; fill in a new form", at: "sheet \(sheet.number), row \(keyRow)")
        }
        let agencyColumn = sheet.columns(of: keyRow).first { sheet[CellPlace(row: keyRow, column: $0)] == .text(ReportForm.agencyKey) } ?? 1
        // Right below the hidden row stands the heading.
        var rows: [Row] = []
        for row in sheet.rows where row > keyRow + 1 {
            rows += try self.rows(in: row, of: sheet, agencyColumn: agencyColumn, columns, days)
        }
        return rows
    }

    private static func rows(
        in row: Int, of sheet: Worksheet, agencyColumn: Int, _ columns: [(column: Int, measure: String)], _ days: [String: DayRange]
    ) throws(DecodeError) -> [Row] {
        let agency = sheet[CellPlace(row: row, column: agencyColumn)].map { AnswerSettings.trimmed($0.text) } ?? ""
        var rows: [Row] = []
        for (column, measure) in columns {
            let place = CellPlace(row: row, column: column)
            guard let range = days[measure], let content = sheet[place], !content.isBlank else { continue }
            guard !agency.isEmpty else {
                throw DecodeError("there is a figure and no agency's code in column \(CellPlace.letters(agencyColumn))", at: sheet.name(place))
            }
            rows.append(Row(subject: .code(agency), measure: measure, range: range, value: value(of: content), place: sheet.name(place)))
        }
        return rows
    }

    private static func value(of content: CellContent) -> RowValue {
        switch content {
        case .text(let text):
            RowValue.meansUnknown(text) ? .unknown : NumberForm(usesDecimalComma: false, blank: .skip).value(of: text) ?? .unreadable(text)
        case .number(let digits, let isPercent):
            CellNumber.exact(digits, isPercent: isPercent).map { .number($0) } ?? .unreadable(String(digits.prefix(40)))
        case .uncalculated: .unreadable("a formula that was never calculated")
        default: .unreadable(content.text)
        }
    }

    /// The days of each measure, from the hidden sheet.
    private static func days(in workbook: Workbook) throws(DecodeError) -> [String: DayRange] {
        guard let keys = workbook.sheets.first(where: { $0.name == ReportForm.keySheet }), text(keys, 1, 1) == ReportForm.mark else {
            throw DecodeError("the workbook is not a form of dondoc template; name its source with --source, or give a mapping with --map")
        }
        guard text(keys, 1, 2) == ReportForm.version else {
            throw DecodeError(
                "the form is of version \(text(keys, 1, 2).prefix(10)), this dondoc reads version \(ReportForm.version); fill in a new form")
        }
        var days: [String: DayRange] = [:]
        for row in keys.rows.dropFirst() {
            guard let first = Day(text(keys, row, 2)), let last = Day(text(keys, row, 3)), let range = DayRange(start: first, end: last + 1) else {
                throw DecodeError("the hidden sheet of the form was changed; fill in a new form", at: keys.name(CellPlace(row: row, column: 2)))
            }
            days[text(keys, row, 1)] = range
        }
        return days
    }

    /// The sheet with the figures, by the hidden row that names its columns.
    private static func heading(in workbook: Workbook) -> (sheet: Worksheet, row: Int)? {
        for sheet in workbook.sheets where sheet.name != ReportForm.keySheet {
            let row = sheet.rows.prefix(50).first { row in
                sheet.columns(of: row).contains { sheet[CellPlace(row: row, column: $0)] == .text(ReportForm.agencyKey) }
            }
            if let row { return (sheet, row) }
        }
        return nil
    }

    /// A program may have turned the day that was written as a text into one.
    private static func text(_ sheet: Worksheet, _ row: Int, _ column: Int) -> String { sheet[CellPlace(row: row, column: column)]?.text ?? "" }
}
