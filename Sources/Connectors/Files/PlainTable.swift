import Model

/// A CSV file of one figure a line. With semicolons it is read as Vietnamese spreadsheets save it: decimal commas, days as `31/08/2026` too.
struct PlainTable {
    private let delivery: Delivery
    private let text: String
    private let isVietnamese: Bool

    private static let columns = "agency,measure,from,to,value"

    init(_ delivery: Delivery) throws(DecodeError) {
        guard let text = String(validating: delivery.bytes, as: UTF8.self) else {
            throw DecodeError(
                "the file is neither UTF-8 nor a workbook; save it as \"CSV UTF-8\", or as .xlsx with a mapping",
                vietnamese: "tệp không phải UTF-8, cũng không phải bảng tính; hãy lưu lại dạng \"CSV UTF-8\", hoặc .xlsx kèm bảng ánh xạ")
        }
        let first = text.prefix { !$0.isNewline }
        self.delivery = delivery
        self.text = text
        isVietnamese = !first.contains(",") && first.contains(";")
    }

    func rows() throws(DecodeError) -> [Result<Row, UnreadableRow>] {
        let records: [[DelimitedText.Field]]
        do throws(DelimitedText.Malformed) {
            records = try DelimitedText.records(text, separator: isVietnamese ? ";" : ",")
        } catch {
            throw DecodeError(
                "\(error.problem), at character \(error.column) of the line",
                vietnamese: "dấu ngoặc kép đặt sai ở ký tự thứ \(error.column) của dòng; nội dung có dấu ngoặc kép phải nằm trọn trong ngoặc kép",
                at: "line \(error.line)")
        }
        let header = (records.first ?? []).map { AnswerSettings.trimmed($0.text).lowercased() }
        try check(header)
        // Emptied lines of a spreadsheet are separators alone.
        let filled = records.dropFirst().filter { !$0.allSatisfy { AnswerSettings.trimmed($0.text).isEmpty } }
        return filled.compactMap { row($0, under: header) }
    }

    /// Nil for a line without a value, which is no figure whatever else stands in it.
    private func row(_ record: [DelimitedText.Field], under header: [String]) -> Result<Row, UnreadableRow>? {
        let line = "line \(record.first?.line ?? 0)"
        guard record.count == header.count else {
            let hint = record.count > header.count && !isVietnamese ? "; a decimal comma splits a number, write 12.5" : ""
            // What stands in it is not kept: it may be of a column that is nobody's figure.
            return .failure(UnreadableRow(place: line, expected: "\(header.count) fields, not \(record.count)\(hint)"))
        }
        let fields = Dictionary(zip(header, record), uniquingKeysWith: { first, _ in first })
        func text(_ column: String) -> String? {
            fields[column].map { AnswerSettings.trimmed($0.text) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        func place(_ column: String) -> String { "line \(fields[column]?.line ?? record.first?.line ?? 0), column '\(column)'" }
        let numbers = NumberForm(usesDecimalComma: isVietnamese, blank: .skip)
        guard let value = text("value").flatMap({ PlainFile.value(of: $0, numbers) }) else { return nil }
        do throws(PlainFile.Trouble) {
            guard let agency = text("agency") else { throw PlainFile.Trouble("agency", expected: "an agency's code") }
            guard let measure = text("measure") else { throw PlainFile.Trouble("measure", expected: "a measure's id") }
            let range = try WrittenDays(text: text, isVietnamese: isVietnamese).range(asked: delivery.asked)
            return .success(Row(subject: .code(agency), measure: measure, range: range, value: value, place: place("value")))
        } catch {
            return .failure(error.row(agency: text("agency"), measure: text("measure"), at: fields[error.field] == nil ? line : place(error.field)))
        }
    }

    private func check(_ header: [String]) throws(DecodeError) {
        let found = header.joined(separator: isVietnamese ? ";" : ",").prefix(80)
        for column in ["agency", "measure", "value"] where header.count(where: { $0 == column }) != 1 {
            throw DecodeError(
                "the file is not in the form that needs no mapping: its first line must be \(PlainTable.columns) but is '\(found)'; "
                    + "name its source with --source, or give a mapping with --map",
                vietnamese: "tệp không ở dạng đọc được ngay: dòng đầu phải là \(PlainTable.columns) nhưng lại là '\(found)'; "
                    + "hãy nêu nguồn bằng --source, hoặc kèm bảng ánh xạ bằng --map",
                at: "line 1")
        }
        guard delivery.asked != nil || header.contains(where: ["day", "from", "period"].contains) else {
            throw DecodeError(
                "no column gives the days; add from and to, or name the period of the whole file with --period",
                vietnamese: "không có cột nào ghi ngày; thêm cột from và to, hoặc nêu kỳ của cả tệp bằng --period", at: "line 1")
        }
    }
}
