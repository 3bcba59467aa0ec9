import Model

/// The problems of a configuration, for programs; people read the lines `file:line:column: message`.
public enum ProblemsReport {
    /// One problem, by its place in a file of the configuration directory.
    public struct Entry: Hashable, Sendable {
        public let file: String
        public let line: Int
        public let column: Int
        public let message: String

        public init(file: String, line: Int, column: Int, message: String) {
            self.file = file
            self.line = line
            self.column = column
            self.message = message
        }
    }

    public static let layout = ReportLayout(
        "problems",
        [
            ReportColumn("file", "Tệp", "File", "the file, relative to the configuration directory"),
            ReportColumn("line", "Dòng", "Line", "counted from 1"),
            ReportColumn("column", "Cột", "Column", "counted from 1"),
            ReportColumn("message", "Lỗi", "Message", "what is wrong and what to do, in English"),
        ])

    public static func sheet(_ entries: [Entry], directory: String, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = entries.map { [.text($0.file), .count($0.line), .count($0.column), .text($0.message)] }
        return layout.sheet(language.choose("Cấu hình \(directory)", "Configuration \(directory)"), language, rows: rows)
    }
}
