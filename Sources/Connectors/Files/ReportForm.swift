import Model
import Spreadsheets

/// A form that agencies fill in, one row an agency and one column a measure, which is read back without a mapping: what each cell means stands
/// in the form itself, in a hidden sheet and in a hidden row above the heading.
public struct ReportForm: Sendable {
    public struct Column: Sendable {
        public let measure: Measure
        /// The period over the measure's own scheme.
        public let range: DayRange
        /// Those of the form's agencies that did not exist in these days: nothing can be reported for them.
        public let absent: Set<AgencyCode>

        public init(measure: Measure, range: DayRange, absent: Set<AgencyCode> = []) {
            self.measure = measure
            self.range = range
            self.absent = absent
        }
    }

    /// What it is called by people: "Tháng 8/2026".
    public let period: String
    public let agencies: [(code: AgencyCode, name: String)]
    public let columns: [Column]

    public init(period: String, agencies: [(code: AgencyCode, name: String)], columns: [Column]) {
        self.period = period
        self.agencies = agencies
        self.columns = columns
    }

    /// The hidden sheet, what stands in its first cell, and the version of this layout.
    static let keySheet = "_dondoc"
    static let mark = "dondoc-form"
    static let version = "1"
    /// What stands in the hidden row above the column of codes.
    static let agencyKey = "agency"
    private static let keyRow = 4
    private static let firstRow = 6
    private static let firstColumn = 3

    /// The form as an Excel workbook.
    public func workbook() -> [UInt8] { WorkbookWriter.bytes([sheet(), keys()]) }

    /// The form as CSV, one line a figure, in the shape that agencies push.
    public func table() -> String {
        var lines = ["agency,measure,from,to,value"]
        for agency in agencies {
            for column in columns where !column.absent.contains(agency.code) {
                lines.append("\(agency.code),\(column.measure.id),\(column.range.start),\(column.range.last),")
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// The sheet that agencies see and fill in.
    func sheet() -> SheetDraft {
        var sheet = SheetDraft("Số liệu", isProtected: true, frozen: CellPlace(row: ReportForm.firstRow, column: ReportForm.firstColumn))
        let last = CellPlace.letters(ReportForm.firstColumn + max(columns.count, 4) - 1)
        let texts: [(text: String, look: SheetDraft.Look, height: Int)] = [
            ("BIỂU SỐ LIỆU – \(period)", .title, 30), (instructions, .note, 96),
            ("Kỳ số liệu: \(days(of: columns.map(\.range)))", .note, 20),
        ]
        for (index, line) in texts.enumerated() {
            sheet.set(index + 1, 1, .text(line.text), line.look)
            sheet.setHeight(index + 1, line.height)
            sheet.merge("A\(index + 1):\(last)\(index + 1)")
        }
        sheet.set(ReportForm.keyRow, 1, .text(ReportForm.agencyKey))
        sheet.hideRow(ReportForm.keyRow)
        sheet.set(ReportForm.firstRow - 1, 1, .text("Mã định danh"), .heading)
        sheet.set(ReportForm.firstRow - 1, 2, .text("Cơ quan, đơn vị"), .heading)
        sheet.setHeight(ReportForm.firstRow - 1, 80)
        sheet.setWidth(1, 16)
        sheet.setWidth(2, 44)
        for (index, agency) in agencies.enumerated() {
            sheet.set(ReportForm.firstRow + index, 1, .text(agency.code.text), .label)
            sheet.set(ReportForm.firstRow + index, 2, .text(agency.name), .label)
        }
        for (index, column) in columns.enumerated() { add(column, at: ReportForm.firstColumn + index, to: &sheet) }
        return sheet
    }

    private func add(_ column: Column, at number: Int, to sheet: inout SheetDraft) {
        let letters = CellPlace.letters(number)
        let measure = column.measure
        let unit = measure.unit[.vietnamese].isEmpty ? "" : " (\(measure.unit[.vietnamese]))"
        let isOfOtherDays = Set(columns.map(\.range)).count > 1
        sheet.setWidth(number, 20)
        sheet.set(ReportForm.keyRow, number, .text(measure.id.text))
        let title = measure.title[.vietnamese] + unit + (isOfOtherDays ? "\n\(days(of: [column.range]))" : "")
        sheet.set(ReportForm.firstRow - 1, number, .text(title), .heading)
        guard !agencies.isEmpty else { return }
        for (row, agency) in agencies.enumerated() {
            let look: SheetDraft.Look = column.absent.contains(agency.code) ? .label : .input(decimals: measure.scale)
            sheet.set(ReportForm.firstRow + row, number, .empty, look)
        }
        let first = "\(letters)\(ReportForm.firstRow)"
        let isNumber = measure.scale == 0 ? "\(first)=INT(\(first))" : "\(first)=ROUND(\(first),\(measure.scale))"
        let expected = measure.scale == 0 ? "một số nguyên không âm, ví dụ 1250" : "một số không âm, nhiều nhất \(measure.scale) chữ số thập phân"
        sheet.validate(
            SheetDraft.Validation(
                area: "\(first):\(letters)\(ReportForm.firstRow + agencies.count - 1)",
                // The dash says that there is no figure; everything else must be a number of the measure's decimals.
                formula: "OR(\(first)=\"-\",IF(ISNUMBER(\(first)),AND(\(first)>=0,\(isNumber)),FALSE))",
                prompt: ("Nhập số liệu", "Nhập \(expected). Chưa có báo cáo thì để trống; không có số liệu thì gõ dấu gạch ngang (-)."),
                error: ("Số liệu không hợp lệ", "Ô này chỉ nhận \(expected), hoặc dấu gạch ngang (-) khi không có số liệu.")))
    }

    private func keys() -> SheetDraft {
        var keys = SheetDraft(ReportForm.keySheet, isHidden: true, isProtected: true)
        keys.set(1, 1, .text(ReportForm.mark))
        keys.set(1, 2, .text(ReportForm.version))
        for (index, column) in columns.enumerated() {
            let cells = [column.measure.id.text, column.range.start.description, column.range.last.description]
            for (place, text) in cells.enumerated() { keys.set(index + 2, place + 1, .text(text)) }
        }
        return keys
    }

    private let instructions = """
        Cách điền: chỉ nhập vào các ô nền vàng, mỗi dòng một cơ quan, mỗi cột một chỉ tiêu. Số đếm ghi bằng chữ số, không ghi đơn vị tính.
        Số 0 nghĩa là có thống kê và kết quả bằng không. Để trống nghĩa là chưa báo cáo. Dấu gạch ngang (-) nghĩa là không có số liệu.
        Không thêm, xoá, đổi chỗ dòng, cột hay trang tính; lưu ở dạng .xlsx rồi gửi lại tệp này.
        """

    private func days(of ranges: [DayRange]) -> String {
        Set(ranges).sorted().map { $0.span == 1 ? $0.start.vietnamese : "\($0.start.vietnamese)–\($0.last.vietnamese)" }.joined(separator: "; ")
    }
}
