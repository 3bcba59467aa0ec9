import Model

/// What a list of agencies would change in the register, for the operator to read before it is written.
public enum RegisterImportReport {
    /// One thing that would be different, in words that reports understand.
    public struct Entry: Hashable, Sendable {
        let kind: String
        let agency: String
        let name: String
        let column: String
        let before: String
        let after: String
        let line: Int?

        public init(kind: String, agency: String, name: String, column: String, before: String, after: String, line: Int?) {
            self.kind = kind
            self.agency = agency
            self.name = name
            self.column = column
            self.before = before
            self.after = after
            self.line = line
        }
    }

    public static let layout = ReportLayout(
        "register-import",
        [
            ReportColumn("change", "Thay đổi", "Change", "added, changed, continued, closed, succession"),
            ReportColumn("agency", "Mã", "Code", "the agency's code; of a succession the predecessor's"),
            ReportColumn("name", "Cơ quan", "Agency", "its name after the change"),
            ReportColumn("column", "Cột", "Column", "the column of agencies.csv; empty for a line that is new as a whole"),
            ReportColumn("before", "Hiện nay", "Before", "what stands there now"),
            ReportColumn("after", "Sau khi nhập", "After", "what would stand there"),
            ReportColumn("line", "Dòng", "Line", "the line of the list; empty for an agency that the list does not name"),
        ])

    /// - Parameter former: where the former files lie once the change is written; nil while it is a preview.
    public static func sheet(
        _ entries: [Entry], unchanged: Int, untouched: Int, former: [String]?, language: Language
    ) -> Sheet {
        let rows: [[Sheet.Value]] = entries.map { entry in
            [
                .code(entry.kind, title: title(entry.kind, language), tone: entry.kind == "closed" ? .warning : .plain), .text(entry.agency),
                .text(entry.name), .text(entry.column), cell(entry.before, entry, language), cell(entry.after, entry, language),
                entry.line.map { .count($0) } ?? .missing,
            ]
        }
        let heading =
            former == nil
            ? language.choose("Thay đổi danh mục cơ quan nếu nhập", "What the register would become")
            : language.choose("Đã thay đổi danh mục cơ quan", "The register was changed")
        return layout.sheet(heading, language, rows: rows, notes: [counts(entries, unchanged, untouched, language), next(entries, former, language)])
    }

    private static func counts(_ entries: [Entry], _ unchanged: Int, _ untouched: Int, _ language: Language) -> String {
        let kinds = ["added", "changed", "continued", "closed", "succession"]
        let counted = kinds.compactMap { kind -> String? in
            let count = Set(entries.filter { $0.kind == kind }.map { "\($0.agency) \(kind == "succession" ? $0.after : "")" }).count
            return count == 0 ? nil : "\(title(kind, language).lowercased()): \(count)"
        }
        let all =
            counted + [
                language.choose("không đổi: \(unchanged)", "unchanged: \(unchanged)"),
                language.choose("không có trong danh sách, giữ nguyên: \(untouched)", "not in the list, left as they are: \(untouched)"),
            ]
        return all.joined(separator: "; ") + "."
    }

    private static func next(_ entries: [Entry], _ former: [String]?, _ language: Language) -> String {
        if let former {
            let kept = former.joined(separator: ", ")
            return language.choose(
                "Bản trước đó: \(kept). Áp dụng: systemctl reload dondocd.", "The former files: \(kept). To apply: systemctl reload dondocd.")
        }
        guard !entries.isEmpty else { return language.choose("Không có gì để thay đổi.", "There is nothing to change.") }
        return language.choose(
            "Chưa ghi gì; cấu hình sau khi nhập đã được kiểm tra. Ghi bằng --apply.",
            "Nothing was written; the configuration as it would be was checked. Write it with --apply.")
    }

    /// Levels and days in the reader's language, for programs as agencies.csv has them. A line that is new as a whole is told in its parts.
    private static func cell(_ text: String, _ entry: Entry, _ language: Language) -> Sheet.Value {
        guard !text.isEmpty else { return .missing }
        let isRead = ["", "level", "valid_from", "valid_to"].contains(entry.column)
        let words = text.split(separator: ", ").map(String.init).map { part in
            if let level = Agency.Level(rawValue: part) { return level.title(language) }
            return Day(part).map { language.choose($0.vietnamese, $0.description) } ?? part
        }
        return isRead ? .code(text, title: words.joined(separator: ", "), tone: .plain) : .text(text)
    }

    private static func title(_ kind: String, _ language: Language) -> String {
        switch kind {
        case "added": language.choose("Thêm mới", "Added")
        case "changed": language.choose("Thay đổi", "Changed")
        case "continued": language.choose("Tiếp tục từ ngày", "Continued")
        case "closed": language.choose("Kết thúc", "Closed")
        default: language.choose("Kế thừa", "Succession")
        }
    }
}
