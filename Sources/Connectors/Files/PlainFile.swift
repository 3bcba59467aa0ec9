import Model
import Spreadsheets

/// Files that say themselves what each figure is and need no mapping: filled-in forms of `dondoc template`, and CSV or JSON as agencies push
/// it, one figure a line or object with `agency`, `measure`, its days and `value`.
public enum PlainFile {
    /// What a file is, by its first bytes.
    public enum Kind: String, Sendable {
        case form, csv, json
    }

    public static func kind(of bytes: [UInt8]) -> Kind {
        if Workbook.isLikely(bytes) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .form }
        let first = bytes.first { !($0 == 0x20 || (0x09...0x0D).contains($0) || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .csv
    }

    /// The rows of a file. Days that it does not give are those of `delivery.asked`.
    public static func decode(_ delivery: Delivery) throws(DecodeError) -> [Row] {
        guard !delivery.bytes.isEmpty else { throw DecodeError("the file is empty") }
        switch kind(of: delivery.bytes) {
        case .form: return try FilledForm.rows(delivery.bytes)
        case .csv: return try PlainTable(delivery).rows()
        case .json: return try PlainDocument(delivery).rows()
        }
    }
}
