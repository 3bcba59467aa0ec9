import Model

/// What a list of agencies would change in agencies.csv and successions.csv, and the files that result; nothing is written here.
///
/// The list has the columns of agencies.csv, or some of them: a list of codes and addresses is enough to enter new contacts. An empty cell
/// leaves what stands, `-` empties it.
public struct RegisterImport: Sendable {
    /// One thing that would be different.
    public struct Change: Hashable, Sendable {
        /// The raw values are stable identifiers.
        public enum Kind: String, CaseIterable, Sendable {
            /// A code that the register does not know.
            case added
            /// Cells of a line that is there.
            case changed
            /// A known code goes on under a new name, level or parent from a day on; its former line ends the day before.
            case continued
            /// The agency is not in the list and ends.
            case closed
            /// Functions pass from one agency to another.
            case succession
        }

        public let kind: Kind
        public let code: String
        public let name: String
        /// The column of agencies.csv; empty where the line as a whole is new.
        public let column: String
        public let before: String
        public let after: String
        /// The line of the list; nil for what follows from an agency's absence.
        public let line: Int?
    }

    /// Which agencies end because the list does not name them.
    public struct Closing: Sendable {
        public let levels: Set<Agency.Level>
        /// The first day they no longer exist.
        public let day: Day

        public init(levels: Set<Agency.Level>, day: Day) {
            self.levels = levels
            self.day = day
        }
    }

    /// A list as it was read, with the name that messages give it.
    public struct List: Sendable {
        public let name: String
        public let text: String

        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// In the order of the list, then what ends, then successions.
    public let changes: [Change]
    /// How many lines of the list say what the register says already.
    public let unchanged: Int
    /// How many agencies of the register the list does not name and that stay as they are.
    public let untouched: Int
    /// The whole new texts by file name; only of files that change.
    public let texts: [String: String]
    /// For each changed file, the list and the line in it that a line of the new text came from.
    private let origins: [String: [Int: (list: String, line: Int)]]

    /// Compares lists with the files of a directory; nil with problems when one of them cannot be read.
    public init?(agencies: List, successions: List?, closing: Closing?, in directory: String, problems: ProblemList) {
        let files = YAMLFile(directory: directory, problems: problems)
        guard let present = CSVTable(files: files, file: "agencies.csv", columns: RegisterFiles.agencyColumns, optional: RegisterFiles.laterColumns),
            let list = CSVTable(agencies.text, file: agencies.name, columns: RegisterFiles.agencyColumns, required: ["code"], problems: problems)
        else { return nil }
        var draft = RegisterDraft(present)
        for row in list.rows { draft.take(row) }
        if let closing { draft.close(closing) }
        var changes = draft.changes
        var texts: [String: String] = [:]
        var origins: [String: [Int: (list: String, line: Int)]] = [:]
        if !changes.isEmpty {
            // A column that came later is written once it is used.
            let columns = RegisterFiles.agencyColumns.filter { column in
                !RegisterFiles.laterColumns.contains(column) || draft.lines.contains { !($0.cells[column] ?? "").isEmpty }
            }
            let written = draft.lines.written(columns: columns)
            texts["agencies.csv"] = written.text
            origins["agencies.csv"] = written.origins.mapValues { (agencies.name, $0) }
        }
        if let successions {
            guard let draft = SuccessionDraft(successions, files: files) else { return nil }
            if !draft.changes.isEmpty {
                changes += draft.changes
                let written = draft.lines.written(columns: RegisterFiles.successionColumns)
                texts["successions.csv"] = written.text
                origins["successions.csv"] = written.origins.mapValues { (successions.name, $0) }
            }
        }
        guard problems.isEmpty else { return nil }
        self.changes = changes
        self.texts = texts
        self.origins = origins
        unchanged = draft.unchanged
        untouched = draft.untouched
    }

    /// A problem of the new files, at the place in the list that it comes from; as it is when it comes from what stood there before.
    public func located(_ problem: Problem) -> Problem {
        guard let origin = origins[problem.file]?[problem.line] else { return problem }
        return Problem(file: origin.list, line: origin.line, column: 1, message: problem.message)
    }
}

/// A line of a register file while it is changed: its cells, and the line of a list that last changed it.
struct DraftLine {
    var cells: [String: String]
    var origin: Int?
}

extension [DraftLine] {
    /// The lines as CSV below a header, and for each of its lines the line of the list that it came from.
    func written(columns: [String]) -> (text: String, origins: [Int: Int]) {
        var text = columns.joined(separator: ",") + "\n"
        var origins: [Int: Int] = [:]
        var number = 2
        for line in self {
            let record = columns.map { DelimitedText.quoted(line.cells[$0] ?? "") }.joined(separator: ",") + "\n"
            origins[number] = line.origin
            number += record.count(where: \.isNewline)
            text += record
        }
        return (text, origins)
    }
}
