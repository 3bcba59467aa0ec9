import Model

/// agencies.csv while a list is taken in line by line, and what that changes.
struct RegisterDraft {
    private(set) var lines: [DraftLine]
    private(set) var changes: [RegisterImport.Change] = []
    private(set) var unchanged = 0
    private let formerCodes: Set<String>
    private var named: Set<String> = []
    private var seen: [String: Int] = [:]
    private var closed: Set<String> = []

    init(_ present: CSVTable) {
        lines = present.rows.map { row in DraftLine(cells: row.fields.mapValues { CSVTable.trimmed($0.text) }) }
        formerCodes = Set(lines.map { $0.cells["code"] ?? "" })
    }

    /// How many codes of the register no line of the list has named, and that go on.
    var untouched: Int { formerCodes.subtracting(named).subtracting(closed).count }

    /// Takes one line of the list in.
    mutating func take(_ row: CSVTable.Row) {
        let code = row.text("code")
        guard !code.isEmpty else { return row.problem("code", "'code' is empty, expected an agency code such as H52.07") }
        let from = row.optional("valid_from", expected: CSVTable.aDay, CSVTable.day)
        if from == nil, !row.text("valid_from").isEmpty { return }
        if let other = seen.updateValue(row.line, forKey: "\(code) \(from?.description ?? "")") {
            return row.problem("code", "'\(code)' stands on line \(other) already; keep one of them")
        }
        let known = lines.indices.filter { lines[$0].cells["code"] == code }
        let newest = known.max { (RegisterDraft.from(lines[$0]), $0) < (RegisterDraft.from(lines[$1]), $1) }
        defer { named.insert(code) }
        guard let newest else { return add(row, code) }
        if let from, let same = known.first(where: { RegisterDraft.from(lines[$0]) == from }) {
            change(same, row)
        } else if let from {
            go(on: from, after: newest, row)
        } else {
            change(newest, row)
        }
    }

    /// Ends every agency of some levels that no line has named and that would exist on the day.
    mutating func close(_ closing: RegisterImport.Closing) {
        for index in lines.indices {
            let cells = lines[index].cells
            let code = cells["code"] ?? ""
            guard !named.contains(code), let level = Agency.Level(rawValue: cells["level"] ?? ""), closing.levels.contains(level),
                RegisterDraft.from(lines[index]) < closing.day, RegisterDraft.to(lines[index]).map({ $0 >= closing.day }) ?? true
            else { continue }
            let last = (closing.day - 1).description
            note(.closed, lines[index], "valid_to", cells["valid_to"] ?? "", last, nil)
            lines[index].cells["valid_to"] = last
            closed.insert(code)
        }
    }

    private mutating func add(_ row: CSVTable.Row, _ code: String) {
        var line = DraftLine(cells: [:], origin: row.line)
        for column in RegisterFiles.agencyColumns where row.text(column) != "-" { line.cells[column] = row.text(column) }
        lines.append(line)
        let said = ["level", "parent", "valid_from", "valid_to", "contacts"].compactMap { line.cells[$0] }.filter { !$0.isEmpty }
        note(.added, line, "", "", said.joined(separator: ", "), row.line)
    }

    /// The same code from a later day on; cells that the list leaves empty go on as they were.
    private mutating func go(on from: Day, after newest: Int, _ row: CSVTable.Row) {
        let former = lines[newest]
        var line = former
        line.origin = row.line
        line.cells["valid_from"] = from.description
        line.cells["valid_to"] = row.text("valid_to")
        let differing = ["name", "level", "parent", "contacts", "aliases", "head_contacts"].filter {
            cell($0, row, over: former) != (former.cells[$0] ?? "")
        }
        for column in differing { line.cells[column] = cell(column, row, over: former) }
        if RegisterDraft.from(former) < from, RegisterDraft.to(former).map({ $0 >= from }) ?? true {
            lines[newest].cells["valid_to"] = (from - 1).description
        }
        lines.insert(line, at: newest + 1)
        note(.continued, line, "valid_from", former.cells["valid_from"] ?? "", from.description, row.line)
        for column in differing { note(.continued, line, column, former.cells[column] ?? "", line.cells[column] ?? "", row.line) }
    }

    private mutating func change(_ index: Int, _ row: CSVTable.Row) {
        let former = lines[index]
        var isChanged = false
        for column in RegisterFiles.agencyColumns where column != "code" && column != "valid_from" {
            let old = former.cells[column] ?? ""
            let new = cell(column, row, over: former)
            if RegisterDraft.isSame(old, new, column) { continue }
            lines[index].cells[column] = new
            lines[index].origin = row.line
            note(.changed, lines[index], column, old, new, row.line)
            isChanged = true
        }
        if !isChanged { unchanged += 1 }
    }

    /// What a cell becomes: nothing said leaves it, `-` empties it.
    private func cell(_ column: String, _ row: CSVTable.Row, over former: DraftLine) -> String {
        let text = row.text(column)
        if text.isEmpty { return former.cells[column] ?? "" }
        return text == "-" ? "" : text
    }

    private mutating func note(
        _ kind: RegisterImport.Change.Kind, _ line: DraftLine, _ column: String, _ before: String, _ after: String, _ number: Int?
    ) {
        changes.append(
            .init(
                kind: kind, code: line.cells["code"] ?? "", name: line.cells["name"] ?? "", column: column, before: before, after: after,
                line: number))
    }

    private static func from(_ line: DraftLine) -> Day { CSVTable.day(line.cells["valid_from"] ?? "") ?? Day.supported.lowerBound }

    private static func to(_ line: DraftLine) -> Day? { CSVTable.day(line.cells["valid_to"] ?? "") }

    /// Whether two cells say the same: the same day in another form is no change.
    private static func isSame(_ old: String, _ new: String, _ column: String) -> Bool {
        if old == new { return true }
        guard column == "valid_to", let one = CSVTable.day(old), let other = CSVTable.day(new) else { return false }
        return one == other
    }
}

/// successions.csv with the lines of a list added that it does not have yet.
struct SuccessionDraft {
    private(set) var lines: [DraftLine]
    private(set) var changes: [RegisterImport.Change] = []

    init?(_ list: RegisterImport.List, files: YAMLFile) {
        let columns = RegisterFiles.successionColumns
        guard let present = CSVTable(files: files, file: "successions.csv", columns: columns),
            let new = CSVTable(list.text, file: list.name, columns: columns, required: Array(columns.prefix(3)), problems: files.problems)
        else { return nil }
        lines = present.rows.map { row in DraftLine(cells: row.fields.mapValues { CSVTable.trimmed($0.text) }) }
        var known = Set(present.rows.map(SuccessionDraft.key))
        for row in new.rows where known.insert(SuccessionDraft.key(row)).inserted {
            lines.append(DraftLine(cells: row.fields.mapValues { CSVTable.trimmed($0.text) }, origin: row.line))
            let what = [row.text("effective"), row.list("measures").joined(separator: "|"), row.text("note")].filter { !$0.isEmpty }
            changes.append(
                .init(
                    kind: .succession, code: row.text("predecessor"), name: "", column: "", before: "",
                    after: "→ \(row.text("successor")), \(what.joined(separator: ", "))", line: row.line))
        }
    }

    /// What makes two lines the same succession, whatever their notes say.
    private static func key(_ row: CSVTable.Row) -> [String] {
        let day = CSVTable.day(row.text("effective"))?.description ?? row.text("effective")
        return [row.text("predecessor"), row.text("successor"), day] + row.list("measures").sorted()
    }
}
