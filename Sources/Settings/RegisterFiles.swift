import Model

/// Reads agencies.csv and successions.csv: the dated register as operators keep it in LibreOffice or an editor.
///
/// LibreOffice may write days in its own form and end lines with CR and LF; both forms of days are read, and a byte-order mark is ignored.
struct RegisterFiles {
    let files: YAMLFile

    private static let agencyColumns = ["code", "name", "level", "parent", "valid_from", "valid_to", "contacts", "aliases"]
    private static let successionColumns = ["predecessor", "successor", "effective", "measures", "note"]

    /// - Parameters:
    ///   - measures: what successions may name.
    ///   - province: the code that every agency's must begin with.
    func read(measures: [MeasureID: Measure], province: AgencyCode?) -> Register? {
        guard let table = CSVTable(files: files, file: "agencies.csv", columns: RegisterFiles.agencyColumns) else { return nil }
        var rows: [(agency: Agency, row: CSVTable.Row)] = []
        for row in table.rows {
            guard let agency = agency(row, province: province) else { continue }
            if let other = rows.first(where: { $0.agency.code == agency.code && overlap($0.agency, agency) }) {
                row.problem(
                    "valid_from", "the days of '\(agency.code)' overlap those on line \(other.row.line); one code is one agency at a time")
            }
            rows.append((agency, row))
        }
        checkParents(rows)
        let register = Register(agencies: rows.map(\.agency))
        guard let successions = CSVTable(files: files, file: "successions.csv", columns: RegisterFiles.successionColumns) else { return nil }
        return Register(
            agencies: register.agencies, successions: successions.rows.compactMap { succession($0, register: register, measures: measures) })
    }

    private func agency(_ row: CSVTable.Row, province: AgencyCode?) -> Agency? {
        let code = row.required("code", expected: "an agency code such as H52.07") { AgencyCode($0) }
        let name = row.required("name", expected: "a name") { $0 }
        let level = row.required("level", expected: "one of \(Agency.Level.allCases.map(\.rawValue).joined(separator: ", "))") {
            Agency.Level(rawValue: $0)
        }
        let parent = row.optional("parent", expected: "an agency code such as H52") { AgencyCode($0) }
        let from = row.required("valid_from", expected: CSVTable.aDay, CSVTable.day)
        let to = row.optional("valid_to", expected: CSVTable.aDay, CSVTable.day)
        let contacts = row.list("contacts")
        for contact in contacts where !MailAddress.isAddress(contact) {
            row.problem("contacts", "'\(contact)' is not an e-mail address; several are separated by |")
        }
        guard let code, let name, let level, let from else { return nil }
        if let province, code.root != province.root {
            row.problem("code", "'\(code)' does not begin with '\(province.root)', the code of the province in dondoc.yaml")
        }
        if let to, to < from { row.problem("valid_to", "'valid_to' is \(to), before 'valid_from', which is \(from)") }
        return Agency(
            code: code, name: name, level: level, parent: parent, validFrom: from, validTo: to.map { $0 + 1 }, contacts: contacts,
            aliases: row.list("aliases"))
    }

    private func checkParents(_ rows: [(agency: Agency, row: CSVTable.Row)]) {
        let parents = Dictionary(rows.compactMap { entry in entry.agency.parent.map { (entry.agency.code, $0) } }, uniquingKeysWith: { $1 })
        let known = Set(rows.map(\.agency.code))
        for (agency, row) in rows {
            guard let parent = agency.parent else { continue }
            guard known.contains(parent) else {
                let hint = TextFolding.nearest(to: parent.text, among: known.map(\.text)).map { "; did you mean '\($0)'?" } ?? ""
                row.problem("parent", "no agency has the code '\(parent)'\(hint)")
                continue
            }
            var above: AgencyCode? = parent
            var steps = 0
            while let code = above, code != agency.code, steps <= known.count {
                above = parents[code]
                steps += 1
            }
            if above == agency.code { row.problem("parent", "'\(agency.code)' is, through its parents, above itself") }
        }
    }

    private func succession(_ row: CSVTable.Row, register: Register, measures: [MeasureID: Measure]) -> Succession? {
        let predecessor = row.required("predecessor", expected: "an agency code such as H52.05") { AgencyCode($0) }
        let successor = row.required("successor", expected: "an agency code such as H52.06") { AgencyCode($0) }
        let effective = row.required("effective", expected: CSVTable.aDay, CSVTable.day)
        for (column, code) in [("predecessor", predecessor), ("successor", successor)] {
            guard let code, !register.knows(code) else { continue }
            row.problem(column, "no agency has the code '\(code)' in agencies.csv")
        }
        let moved = row.list("measures").compactMap { text -> MeasureID? in
            guard let id = MeasureID(text), measures[id] != nil else {
                let hint = TextFolding.nearest(to: text, among: measures.keys.map(\.text)).map { "; did you mean '\($0)'?" } ?? ""
                row.problem("measures", "there is no measure '\(text)' in measures.yaml\(hint)")
                return nil
            }
            return id
        }
        guard let predecessor, let successor, let effective else { return nil }
        if predecessor == successor { row.problem("successor", "'\(successor)' cannot succeed itself") }
        return Succession(predecessor: predecessor, successor: successor, effective: effective, measures: moved, note: row.text("note"))
    }

    private func overlap(_ left: Agency, _ right: Agency) -> Bool {
        (left.validTo.map { right.validFrom < $0 } ?? true) && (right.validTo.map { left.validFrom < $0 } ?? true)
    }
}
