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

        func optional<T>(_ column: String, expected: String, _ parse: (String) -> T?) -> T? {
            let text = text(column)
            guard !text.isEmpty else { return nil }
            guard let value = parse(text) else {
                problem(column, "'\(column)' is '\(text)', expected \(expected)")
                return nil
            }
            return value
        }

        func required<T>(_ column: String, expected: String, _ parse: (String) -> T?) -> T? {
            guard !text(column).isEmpty else {
                problem(column, "'\(column)' is empty, expected \(expected)")
                return nil
            }
            return optional(column, expected: expected, parse)
        }

        func problem(_ column: String, _ message: String) {
            problems.add(Problem(file: file, line: fields[column]?.line ?? line, column: fields[column]?.column ?? 1, message: message))
        }
    }

    let rows: [Row]

    /// Nil with a problem when the file cannot be read as CSV with these columns.
    init?(files: YAMLFile, file: String, columns: [String]) {
        guard let text = files.text(file) else { return nil }
        let records: [[DelimitedText.Field]]
        do throws(DelimitedText.Malformed) {
            records = try DelimitedText.records(text)
        } catch {
            files.problems.add(Problem(file: file, line: error.line, column: error.column, message: "is not CSV here: \(error.problem)"))
            return nil
        }
        let header = records.first ?? []
        let names = header.map { CSVTable.trimmed($0.text) }
        for (field, name) in zip(header, names) where !columns.contains(name) {
            let hint = TextFolding.nearest(to: name, among: columns).map { "; did you mean '\($0)'?" } ?? ""
            files.problems.add(Problem(file: file, line: field.line, column: field.column, message: "unknown column '\(name)'\(hint)"))
        }
        for (index, name) in names.enumerated() where columns.contains(name) && names[..<index].contains(name) {
            let field = header[index]
            files.problems.add(Problem(file: file, line: field.line, column: field.column, message: "the column '\(name)' stands twice"))
        }
        let missing = columns.filter { !names.contains($0) }
        guard missing.isEmpty else {
            let expected = columns.joined(separator: ",")
            files.problems.add(
                Problem(file: file, line: 1, column: 1, message: "the header lacks \(missing.joined(separator: ", ")); it must be \(expected)"))
            return nil
        }
        rows = records.dropFirst().compactMap { record in
            // LibreOffice writes emptied lines as separators alone.
            if record.allSatisfy({ CSVTable.trimmed($0.text).isEmpty }) { return nil }
            if record.count > names.count {
                let extra = record[names.count]
                files.problems.add(
                    Problem(
                        file: file, line: extra.line, column: extra.column,
                        message: "this line has \(record.count) fields, the header \(names.count); put quotes around a text that holds a comma"))
                return nil
            }
            return Row(
                file: file, fields: Dictionary(zip(names, record), uniquingKeysWith: { first, _ in first }), line: record.first?.line ?? 0,
                problems: files.problems)
        }
    }

    static let aDay = "a day such as 2026-08-01 or 01/08/2026"

    static func day(_ text: String) -> Day? {
        (Day(text) ?? Day(text, pattern: .vietnamese)).flatMap { Day.supported.contains($0) ? $0 : nil }
    }

    static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
