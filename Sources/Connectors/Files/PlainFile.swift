import Model
import Spreadsheets

/// Files that say themselves what each figure is and need no mapping: filled-in forms of `dondoc template`, and CSV or JSON as agencies push
/// it, one figure a line or object with `agency`, `measure`, its days and `value`.
public enum PlainFile {
    /// What a file is, by its first bytes.
    public enum Kind: String, CaseIterable, Sendable {
        case form, csv, json
    }

    public static func kind(of bytes: [UInt8]) -> Kind {
        if Workbook.isLikely(bytes) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .form }
        let first = bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0) || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .csv
    }

    /// The rows of a file in its order, or why a line is none; throws for the file's shape only. Days that it does not give are those of
    /// `delivery.asked`.
    public static func decode(_ delivery: Delivery) throws(DecodeError) -> [Result<Row, UnreadableRow>] {
        guard !delivery.bytes.isEmpty else { throw DecodeError("the file is empty", vietnamese: "tệp rỗng") }
        switch kind(of: delivery.bytes) {
        case .form: return try FilledForm.rows(delivery.bytes)
        case .csv: return try PlainTable(delivery).rows()
        case .json: return try PlainDocument(delivery).rows()
        }
    }

    /// The value that a text says; nil for a blank one.
    static func value(of text: String, _ numbers: NumberForm) -> RowValue? {
        if RowValue.meansUnknown(text) { return .unknown }
        return whole(text).map { .number($0) } ?? numbers.value(of: text)
    }

    /// `12e2`, as programs write whole numbers. From 10^11 on spreadsheets write so what they show, rounded, which is not the figure.
    static func whole(_ text: String) -> ExactDecimal? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard parts.count == 2, let digits = Int64(parts[0]), let power = Int(parts[1]), (0...10).contains(power) else { return nil }
        let (units, isOver) = digits.multipliedReportingOverflow(by: ExactDecimal.powerOfTen(power))
        return isOver || units.magnitude >= 100_000_000_000 ? nil : ExactDecimal(units)
    }

    /// What is wrong with one field of a line, before it is known where the line stands.
    struct Trouble: Error {
        let field: String
        let found: String?
        let expected: String

        init(_ field: String, found: String? = nil, expected: String) {
            self.field = field
            self.found = found
            self.expected = expected
        }

        func row(agency: String?, measure: String?, at place: String) -> UnreadableRow {
            UnreadableRow(agency: agency, measure: measure, place: place, found: found, expected: expected)
        }
    }
}
