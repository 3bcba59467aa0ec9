import Model

/// A CSV file with a fixed set of columns in any order, whose cells know their places.
struct CSVTable {
    /// One record below the header.
    struct Row {
        let file: String
        let fields: [String: DelimitedText.Field]
        let line: Int
        let problems: ProblemList

        /// The cell without blanks around it; empty when there is none.
        func text(_ column: String) -> String { fields[column].map { CSVTable.trimmed($0.text) } ?? "" }

        /// The parts of a cell between `|`.
        func list(_ column: String) -> [String] { text(column).split(separator: "|").map { CSVTable.trimmed(String($0)) }.filter { !$0.isEmpty } }

        /// What `parse` makes of a cell; nil when it is empty, nil with a problem when it does not fit.
        func optional<T>(_ column: String, expected: String, _ parse: (String) -> T?) -> T? {
            let text = text(column)
            guard !text.isEmpty else { return nil }
            guard let value = parse(text) else {
                problem(column, "'\(column)' is '\(text)', expected \(expected)")
                return nil
            }
            return value
        }

        /// As `optional`, but an empty cell is a problem.
        func required<T>(_ column: String, expected: String, _ parse: (String) -> T?) -> T? {
            guard !text(column).isEmpty else {
                problem(column, "'\(column)' is empty, expected \(expected)")
                return nil
            }
            return optional(column, expected: expected, parse)
        }

        /// A problem at a cell, or at the line when the line ends before it.
        func problem(_ column: String, _ message: String) {
            problems.add(Problem(file: file, line: fields[column]?.line ?? line, column: fields[column]?.column ?? 1, message: message))
        }
    }

    let rows: [Row]

    /// Nil with a problem when the file cannot be read as CSV with these columns; optional ones may be missing.
    init?(files: YAMLFile, file: String, columns: [String], optional: Set<String> = []) {
        guard let text = files.text(file) else { return nil }
        self.init(text, file: file, columns: columns, required: columns.filter { !optional.contains($0) }, problems: files.problems)
    }

    /// Nil with a problem when a text is not CSV with some of these columns, the required ones among them.
    init?(_ text: String, file: String, columns: [String], required: [String], problems: ProblemList) {
        let records: [[DelimitedText.Field]]
        do throws(DelimitedText.Malformed) {
            records = try DelimitedText.records(text)
        } catch {
            problems.add(Problem(file: file, line: error.line, column: error.column, message: "is not CSV here: \(error.problem)"))
            return nil
        }
        guard let names = CSVTable.names(records.first ?? [], file: file, columns: columns, required: required, problems) else { return nil }
        rows = records.dropFirst().compactMap { record in
            // LibreOffice writes emptied lines as separators alone.
            if record.allSatisfy({ CSVTable.trimmed($0.text).isEmpty }) { return nil }
            if record.count > names.count {
                let extra = record[names.count]
                problems.add(
                    Problem(
                        file: file, line: extra.line, column: extra.column,
                        message: "this line has \(record.count) fields, the header \(names.count); put quotes around a text that holds a comma"))
                return nil
            }
            return Row(
                file: file, fields: Dictionary(zip(names, record), uniquingKeysWith: { first, _ in first }), line: record.first?.line ?? 0,
                problems: problems)
        }
    }

    /// The columns that a header names, in its order, a mistyped one as what it was meant to be; nil with a problem when one is missing.
    private static func names(_ header: [DelimitedText.Field], file: String, columns: [String], required: [String], _ problems: ProblemList)
        -> [String]?
    {
        let expected = columns.joined(separator: ",")
        if let only = header.first, header.count == 1, only.text.contains(where: { $0 == ";" || $0 == "\t" }) {
            let message = "the columns are not separated by commas; save the file with the comma as field separator, beginning with \(expected)"
            problems.add(Problem(file: file, line: 1, column: 1, message: message))
            return nil
        }
        var names: [String] = []
        for field in header {
            let name = trimmed(field.text)
            var meant: String?
            if !columns.contains(name) {
                meant = TextFolding.nearest(to: name, among: columns)
                let hint = meant.map { "; did you mean '\($0)'?" } ?? "; the columns are \(expected)"
                problems.add(Problem(file: file, line: field.line, column: field.column, message: "unknown column '\(name)'\(hint)"))
            } else if names.contains(name) {
                problems.add(
                    Problem(file: file, line: field.line, column: field.column, message: "the column '\(name)' stands twice; keep one of them"))
            }
            names.append(meant ?? name)
        }
        let missing = required.filter { !names.contains($0) }
        guard missing.isEmpty else {
            let message = "the header lacks \(missing.joined(separator: ", ")); the columns are \(expected)"
            problems.add(Problem(file: file, line: 1, column: 1, message: message))
            return nil
        }
        return names
    }

    static let aDay = "a day such as 2026-08-01 or 01/08/2026"

    /// A day in one of the forms that editors and LibreOffice write, within the supported days.
    static func day(_ text: String) -> Day? {
        (Day(text) ?? Day(text, pattern: .vietnamese)).flatMap { Day.supported.contains($0) ? $0 : nil }
    }

    /// Without blanks at both ends.
    static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
