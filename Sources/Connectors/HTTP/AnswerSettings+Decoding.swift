import Model
import Spreadsheets

extension AnswerSettings {
    /// The rows of a delivery, in its order, or why one is none; throws for what cannot be read at all.
    func rows(in delivery: Delivery) throws(DecodeError) -> [Result<Row, UnreadableRow>] {
        guard !delivery.bytes.isEmpty else { throw DecodeError("the answer is empty") }
        if AnswerSettings.isWebPage(delivery.bytes) {
            throw DecodeError("the answer is a web page, not \(format.name): a login page, an error page or a firewall's")
        }
        if format != .xlsx, Workbook.isLikely(delivery.bytes) {
            throw DecodeError("the answer is a workbook or another ZIP file, not \(format.name); set format: xlsx under answer")
        }
        switch format {
        case .xlsx: return try sheetRows(delivery.bytes, asked: delivery.asked).checked()
        case .json: return try jsonRows(try JSONDocument.value(in: delivery.bytes), asked: delivery.asked).checked()
        case .csv: return try csvRows(delivery.bytes, asked: delivery.asked).checked()
        }
    }

    // MARK: - JSON

    private func jsonRows(_ document: JSONValue, asked: DayRange?) throws(DecodeError) -> MappedRows {
        if let verify {
            let found = verify.path.value(in: document).flatMap(AnswerSettings.text)
            guard found == verify.value else {
                let shown = found.map { "'\($0.prefix(40))'" } ?? "nothing"
                throw DecodeError(
                    "expected '\(verify.value)' but found \(shown); this is the answer to another question", at: "$.\(verify.path.text)")
            }
        }
        guard let place = rows.value(in: document) else { throw DecodeError("there is nothing here; check rows under answer", at: "$.\(rows.text)") }
        guard case .array(let elements) = place else {
            throw DecodeError("expected a list of rows but found \(place.name)", at: rows.text.isEmpty ? "$" : "$.\(rows.text)")
        }
        var result = MappedRows()
        for (index, element) in elements.enumerated() {
            let at = "$\(rows.text.isEmpty ? "" : "." + rows.text)[\(index)]"
            func text(_ path: String) -> String? { AnswerSettings.value(at: path, in: element).flatMap(AnswerSettings.text) }
            do throws(MappingTrouble) {
                let subject = try subject(at: { "\(at).\($0)" }, text)
                let range = try range(asked: asked, at: { "\(at).\($0)" }, text)
                for (measure, place) in measures {
                    guard let value = jsonValue(AnswerSettings.value(at: place, in: element)) else { continue }
                    result.append(Row(subject: subject, measure: measure, range: range, value: value, place: "\(at).\(place)"))
                }
            } catch {
                try result.refuse(error)
            }
        }
        return result
    }

    private func jsonValue(_ value: JSONValue?) -> RowValue? {
        switch value {
        case nil: numbers.valueOfBlank
        case .null?: .unknown
        case .number(let digits)?: ExactDecimal(digits).map { .number($0) } ?? .unreadable(String(digits.prefix(40)))
        case .string(let text)?: numbers.value(of: text)
        case let other?: .unreadable(other.name)
        }
    }

    private static func value(at path: String, in row: JSONValue) -> JSONValue? { JSONPath(path)?.value(in: row) }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let digits): digits
        default: nil
        }
    }

    // MARK: - CSV

    private func csvRows(_ bytes: [UInt8], asked: DayRange?) throws(DecodeError) -> MappedRows {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw DecodeError("the answer is not UTF-8") }
        let records: [[DelimitedText.Field]]
        do throws(DelimitedText.Malformed) {
            records = try DelimitedText.records(text, separator: separator)
        } catch {
            throw DecodeError(error.problem, at: "line \(error.line), column \(error.column)")
        }
        let header = (records.first ?? []).map { $0.text.filter { !$0.isNewline } }.map(AnswerSettings.trimmed)
        for column in columns where !header.contains(column) {
            let found = header.prefix(20).joined(separator: ", ")
            throw DecodeError(
                "there is no column '\(column)'; the header is \(found)", vietnamese: "không có cột '\(column)'; dòng tiêu đề là \(found)",
                at: "line 1")
        }
        for column in columns where header.count(where: { $0 == column }) > 1 {
            throw DecodeError("there are \(header.count { $0 == column }) columns '\(column)'; which one is meant cannot be told", at: "line 1")
        }
        var result = MappedRows()
        // Emptied lines of a spreadsheet are separators alone.
        for record in records.dropFirst() where !record.allSatisfy({ AnswerSettings.trimmed($0.text).isEmpty }) {
            guard record.count == header.count, let line = record.first?.line else {
                throw DecodeError("\(record.count) fields where the header has \(header.count)", at: "line \(record.first?.line ?? 0)")
            }
            let fields = Dictionary(zip(header, record), uniquingKeysWith: { first, _ in first })
            func place(_ column: String) -> String { "line \(fields[column]?.line ?? line), column '\(column)'" }
            func text(_ column: String) -> String? { fields[column].map { AnswerSettings.trimmed($0.text) } }
            do throws(MappingTrouble) {
                let subject = try subject(at: place, text)
                let range = try range(asked: asked, at: place, text)
                for (measure, column) in measures {
                    guard let field = fields[column], let value = numbers.value(of: field.text) else { continue }
                    result.append(Row(subject: subject, measure: measure, range: range, value: value, place: place(column)))
                }
            } catch {
                try result.refuse(error)
            }
        }
        return result
    }

    static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The columns that are read.
    var columns: [String] {
        var columns = measures.map(\.place)
        switch subject {
        case .code(let column), .name(let column): columns.append(column)
        case .constant: break
        }
        switch days {
        case .asked: break
        case .day(let column, _): columns.append(column)
        case .interval(let from, let to, _): columns += [from, to]
        }
        return columns
    }

    // MARK: - Both

    /// The agency that a row names, by its text in a field.
    func subject(
        at place: (String) -> String, hint: LocalizedText = LocalizedText(vietnamese: "", english: ""), _ text: (String) -> String?
    ) throws(MappingTrouble) -> Row.Subject {
        switch subject {
        case .constant(let code): return .code(code)
        case .code(let field):
            guard let text = text(field), !text.isEmpty else { throw noAgency(field, at: place(field), hint, expected: "an agency's code") }
            return .code(text)
        case .name(let field):
            guard let text = text(field), !text.isEmpty else { throw noAgency(field, at: place(field), hint, expected: "an agency's name") }
            return .name(text)
        }
    }

    private func noAgency(_ field: String, at place: String, _ hint: LocalizedText, expected: String) -> MappingTrouble {
        MappingTrouble(
            DecodeError(
                "'\(field)' names no agency\(hint[.english])", vietnamese: "'\(field)' không nêu cơ quan nào\(hint[.vietnamese])", at: place),
            expected: expected + hint[.english])
    }

    /// The days of a row, by the texts of its fields.
    func range(asked: DayRange?, at place: (String) -> String, _ text: (String) -> String?) throws(MappingTrouble) -> DayRange {
        switch days {
        case .asked:
            guard let asked else {
                throw MappingTrouble(
                    DecodeError(
                        "no days were asked for, and days: asked reads none from the answer",
                        vietnamese: "chưa nêu kỳ, mà bảng ánh xạ (days: asked) không đọc ngày từ tệp"))
            }
            return asked
        case .day(let field, let pattern):
            return DayRange(try day(text(field), field, pattern, at: place(field)))
        case .interval(let from, let to, let pattern):
            let first = try day(text(from), from, pattern, at: place(from))
            let last = try day(text(to), to, pattern, at: place(to))
            guard let range = DayRange(start: first, end: last + 1) else {
                throw MappingTrouble(
                    DecodeError("'\(to)' is before '\(from)'", vietnamese: "'\(to)' trước '\(from)'", at: place(to)), found: text(to),
                    expected: "\(first) or later")
            }
            return range
        }
    }

    private func day(_ text: String?, _ field: String, _ pattern: Day.Pattern, at place: String) throws(MappingTrouble) -> Day {
        guard let text, !text.isEmpty else {
            throw MappingTrouble(
                DecodeError("'\(field)' is missing, expected a day", vietnamese: "thiếu '\(field)', cần một ngày", at: place),
                expected: "a day as \(pattern.rawValue)")
        }
        guard let day = Day(text, pattern: pattern) else {
            throw MappingTrouble(
                DecodeError(
                    "'\(field)' is '\(text.prefix(40))', expected a day as \(pattern.rawValue)",
                    vietnamese: "'\(field)' là '\(text.prefix(40))', cần ngày dạng \(pattern.rawValue)", at: place))
        }
        return day
    }

    private static func isWebPage(_ bytes: [UInt8]) -> Bool {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.prefix(15)
        let text = String(decoding: start, as: UTF8.self).lowercased()
        return text.hasPrefix("<!doctype html") || text.hasPrefix("<html") || text.hasPrefix("<head") || text.hasPrefix("<script")
    }
}
