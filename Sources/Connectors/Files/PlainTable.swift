import Model

/// A CSV file of one figure a line. With semicolons it is read as Vietnamese spreadsheets save it: decimal commas, days as `31/08/2026` too.
struct PlainTable {
    private let delivery: Delivery

    init(_ delivery: Delivery) { self.delivery = delivery }

    func rows() throws(DecodeError) -> [Row] {
        guard let text = String(validating: delivery.bytes, as: UTF8.self) else {
            throw DecodeError("the file is neither UTF-8 nor a workbook; save it as \"CSV UTF-8\", or as .xlsx with a mapping")
        }
        let first = text.prefix { !$0.isNewline }
        let isVietnamese = !first.contains(",") && first.contains(";")
        let records: [[DelimitedText.Field]]
        do throws(DelimitedText.Malformed) {
            records = try DelimitedText.records(text, separator: isVietnamese ? ";" : ",")
        } catch {
            throw DecodeError(error.problem, at: "line \(error.line), column \(error.column)")
        }
        let header = (records.first ?? []).map { AnswerSettings.trimmed($0.text).lowercased() }
        try check(header)
        let numbers = NumberForm(usesDecimalComma: isVietnamese, blank: .skip)
        var rows: [Row] = []
        for record in records.dropFirst() where !record.allSatisfy({ AnswerSettings.trimmed($0.text).isEmpty }) {
            guard record.count == header.count, let line = record.first?.line else {
                throw DecodeError("\(record.count) fields where the header has \(header.count)", at: "line \(record.first?.line ?? 0)")
            }
            let fields = Dictionary(zip(header, record), uniquingKeysWith: { first, _ in first })
            func text(_ column: String) -> String? {
                fields[column].map { AnswerSettings.trimmed($0.text) }.flatMap { $0.isEmpty ? nil : $0 }
            }
            guard let agency = text("agency") else { throw DecodeError("'agency' is empty", at: "line \(line)") }
            guard let measure = text("measure") else { throw DecodeError("'measure' is empty", at: "line \(line)") }
            let days = WrittenDays(
                place: "line \(line)", text: text, reads: { Day($0) ?? (isVietnamese ? Day($0, pattern: .vietnamese) : nil) })
            let range = try days.range(asked: delivery.asked)
            guard let field = fields["value"] else { continue }
            let written = AnswerSettings.trimmed(field.text)
            guard let value = RowValue.meansUnknown(written) ? .unknown : numbers.value(of: written) else { continue }
            rows.append(
                Row(subject: .code(agency), measure: measure, range: range, value: value, place: "line \(field.line), column \(field.column)"))
        }
        return rows
    }

    private func check(_ header: [String]) throws(DecodeError) {
        for column in ["agency", "measure", "value"] where header.count(where: { $0 == column }) != 1 {
            throw DecodeError(
                "the file is not in the form that needs no mapping: its first line must be agency,measure,from,to,value but is "
                    + "'\(header.joined(separator: ",").prefix(80))'; name its source with --source, or give a mapping with --map",
                at: "line 1")
        }
    }
}
