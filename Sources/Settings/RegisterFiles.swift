import Model

/// Reads agencies.csv and successions.csv: the dated register as operators keep it in LibreOffice or an editor.
///
/// LibreOffice may write days in its own form and end lines with CR and LF; both forms of days are read, and a byte-order mark is ignored.
struct RegisterFiles {
    let files: YAMLFile
    /// What successions may name.
    let measures: KnownMeasures
    /// The code that every agency's must begin with; nil when dondoc.yaml does not say.
    let province: AgencyCode?

    static let agencyColumns = ["code", "name", "level", "parent", "valid_from", "valid_to", "contacts", "aliases", "head_contacts"]
    /// Columns that came later; files without them are read as before.
    static let laterColumns: Set<String> = ["head_contacts"]
    static let successionColumns = ["predecessor", "successor", "effective", "measures", "note"]

    /// A line of agencies.csv that has a code. Its days are only to be trusted when nothing in it was wrong.
    private struct Entry {
        let agency: Agency
        let row: CSVTable.Row
        let isSound: Bool
    }

    /// Nil when agencies.csv could not be read.
    func read() -> Register? {
        let table = CSVTable(files: files, file: "agencies.csv", columns: RegisterFiles.agencyColumns, optional: RegisterFiles.laterColumns)
        let successions = CSVTable(files: files, file: "successions.csv", columns: RegisterFiles.successionColumns)
        guard let table else { return nil }
        var entries: [Entry] = []
        for row in table.rows {
            guard let entry = entry(row) else { continue }
            if let other = entries.first(where: { $0.agency.code == entry.agency.code && overlap($0, entry) }) {
                row.problem(
                    "valid_from",
                    "the days of '\(entry.agency.code)' overlap those on line \(other.row.line); one code is one agency at a time, "
                        + "so end the earlier one with 'valid_to'")
            }
            entries.append(entry)
        }
        let register = Register(agencies: entries.map(\.agency))
        checkParents(entries, register)
        if let province, !register.knows(province) {
            files.problems.add(
                Problem(file: "agencies.csv", message: "has no line for '\(province)', the province of dondoc.yaml; add it with level province"))
        }
        let soundCodes = Set(entries.map(\.agency.code)).subtracting(entries.filter { !$0.isSound }.map(\.agency.code))
        let read = (successions?.rows ?? []).compactMap { succession($0, register: register, soundCodes: soundCodes) }
        return Register(agencies: register.agencies, successions: read)
    }

    private func entry(_ row: CSVTable.Row) -> Entry? {
        let code = row.required("code", expected: "an agency code such as H52.07") { AgencyCode($0) }
        let name = row.required("name", expected: "a name") { $0 }
        let level = row.required("level", expected: "one of \(Agency.Level.allCases.map(\.rawValue).joined(separator: ", "))") {
            Agency.Level(rawValue: $0)
        }
        let parent = row.optional("parent", expected: "an agency code such as H52") { AgencyCode($0) }
        let from = row.required("valid_from", expected: CSVTable.aDay, CSVTable.day)
        let to = row.optional("valid_to", expected: CSVTable.aDay, CSVTable.day)
        for column in ["contacts", "head_contacts"] {
            for contact in row.list(column) where !MailAddress.isAddress(contact) {
                row.problem(column, "'\(contact)' is not an e-mail address; several are separated by |")
            }
        }
        guard let code else { return nil }
        if let province, code.root != province.root {
            row.problem("code", "'\(code)' does not begin with '\(province.root)', the code of the province in dondoc.yaml")
        }
        if level == .province, parent != nil { row.problem("parent", "the province has no agency above it; leave 'parent' empty") }
        if let level, level != .province, row.text("parent").isEmpty {
            row.problem("parent", "'parent' is empty; only the province has no agency above it")
        }
        let isDated = to.flatMap { to in from.map { to < $0 } } != true
        if let from, let to, !isDated { row.problem("valid_to", "'valid_to' is \(to), before 'valid_from', which is \(from)") }
        let isSound = from != nil && isDated && (to != nil || row.text("valid_to").isEmpty)
        let agency = Agency(
            code: code, name: name ?? code.text, level: level ?? .department, parent: parent, validFrom: from ?? Day.supported.lowerBound,
            validTo: isSound ? to.map { $0 + 1 } : nil, contacts: row.list("contacts"), heads: row.list("head_contacts"),
            aliases: row.list("aliases"))
        return Entry(agency: agency, row: row, isSound: isSound)
    }

    /// Every parent must be there, on the agency's first day too, and nobody may be above himself.
    private func checkParents(_ entries: [Entry], _ register: Register) {
        let parents = Dictionary(entries.compactMap { entry in entry.agency.parent.map { (entry.agency.code, $0) } }, uniquingKeysWith: { $1 })
        let unsound = Set(entries.filter { !$0.isSound }.map(\.agency.code))
        for entry in entries {
            // A province with a parent, and a province that has no line, are problems already.
            guard let parent = entry.agency.parent, entry.agency.level != .province else { continue }
            guard register.knows(parent) else {
                if parent == province { continue }
                entry.row.problem("parent", "no agency has the code '\(parent)'\(register.hint(for: parent))")
                continue
            }
            var above: AgencyCode? = parent
            var steps = 0
            while let code = above, code != entry.agency.code, steps <= entries.count {
                above = parents[code]
                steps += 1
            }
            if above == entry.agency.code {
                entry.row.problem("parent", "'\(entry.agency.code)' is, through its parents, above itself")
            } else if entry.isSound, !unsound.contains(parent), register.agency(parent, on: entry.agency.validFrom) == nil {
                entry.row.problem("parent", "'\(parent)' does not exist on \(entry.agency.validFrom), the first day of '\(entry.agency.code)'")
            }
        }
    }

    private func succession(_ row: CSVTable.Row, register: Register, soundCodes: Set<AgencyCode>) -> Succession? {
        let predecessor = row.required("predecessor", expected: "an agency code such as H52.05") { AgencyCode($0) }
        let successor = row.required("successor", expected: "an agency code such as H52.06") { AgencyCode($0) }
        let effective = row.required("effective", expected: CSVTable.aDay, CSVTable.day)
        for (column, code) in [("predecessor", predecessor), ("successor", successor)] {
            guard let code, !register.knows(code) else { continue }
            row.problem(column, "no agency has the code '\(code)' in agencies.csv\(register.hint(for: code))")
        }
        let moved = row.list("measures").compactMap { text in measures.resolve(text) { row.problem("measures", $0) } }
        guard let predecessor, let successor, let effective else { return nil }
        if predecessor == successor {
            row.problem("successor", "'\(successor)' cannot succeed itself")
        } else if soundCodes.contains(successor), register.agency(successor, on: effective) == nil {
            row.problem("effective", "'\(successor)' does not exist on \(effective), the day it takes over from '\(predecessor)'")
        }
        return Succession(predecessor: predecessor, successor: successor, effective: effective, measures: moved, note: row.text("note"))
    }

    private func overlap(_ left: Entry, _ right: Entry) -> Bool {
        guard left.isSound, right.isSound else { return false }
        return left.agency.validTo.map { right.agency.validFrom < $0 } ?? true && right.agency.validTo.map { left.agency.validFrom < $0 } ?? true
    }
}
