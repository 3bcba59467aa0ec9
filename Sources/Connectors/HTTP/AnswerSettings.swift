import Model
import Settings
import Spreadsheets

/// The `answer` block of a source: what in an answer is which agency, which days, and which measure.
struct AnswerSettings: Sendable {
    enum Format: String, CaseIterable, Sendable {
        case json, csv, xlsx

        /// How messages call it.
        var name: String {
            switch self {
            case .json: "JSON"
            case .csv: "CSV"
            case .xlsx: "an Excel workbook"
            }
        }
    }

    /// A place within a row: a JSON path, the name of a CSV or XLSX column, or a column's letters.
    typealias Place = String

    enum Subject: Hashable, Sendable {
        case code(Place)
        case name(Place)
        case constant(String)
    }

    enum Days: Hashable, Sendable {
        /// Those that were asked for.
        case asked
        case day(Place, Day.Pattern)
        /// Both inclusive.
        case interval(from: Place, to: Place, Day.Pattern)
    }

    let format: Format
    /// JSON: where the list of rows is; empty for the document itself.
    let rows: JSONPath
    /// CSV: what stands between fields.
    let separator: Character
    let subject: Subject
    let days: Days
    let numbers: NumberForm
    let measures: [(measure: String, place: Place)]
    /// JSON: what must stand where for the document to be believed at all.
    let verify: (path: JSONPath, value: String)?
    /// XLSX: which sheet, where its header is, which rows are none.
    let sheet: SheetSettings

    init?(_ reader: SettingsReader, _ context: SourceContext) {
        defer { reader.finish() }
        format = reader.choice("format", Format.self) ?? .json
        let rows = reader.value("rows", expected: "a path such as data.children or data.tables[0].rows") { JSONPath($0) }
        self.rows = rows ?? JSONPath.root
        separator = reader.value("separator", expected: "one character such as ; or ,") { $0.count == 1 ? $0.first : nil } ?? ","
        numbers = NumberForm(
            usesDecimalComma: reader.bool("decimal_comma") ?? false, blank: reader.choice("blank", NumberForm.Blank.self) ?? .unknown)
        verify = AnswerSettings.verify(reader.reader("verify"))
        let subject = AnswerSettings.subject(reader)
        let days = AnswerSettings.days(reader)
        measures = AnswerSettings.measures(reader, context)
        sheet = SheetSettings(reader, isUsed: format == .xlsx)
        if format == .xlsx {
            for key in ["rows", "verify", "separator"] where reader.has(key) { reader.problem(key, "'\(key)' is not for format: xlsx") }
        }
        if format == .csv, reader.has("rows") { reader.problem("rows", "'rows' is only for format: json; a CSV file is its rows") }
        if format == .csv, verify != nil { reader.problem("verify", "'verify' is only for format: json") }
        if format == .json, reader.has("separator") { reader.problem("separator", "'separator' is only for format: csv") }
        if format == .json {
            AnswerSettings.checkPaths(of: measures, reader)
            AnswerSettings.checkPaths(of: subject, days, reader)
        }
        if format == .xlsx, sheet.columns == .letters { AnswerSettings.checkLetters(of: measures, subject, days, reader) }
        guard let subject, let days, !measures.isEmpty else { return nil }
        self.subject = subject
        self.days = days
    }

    /// Tells two ways of reading apart.
    var fingerprint: String {
        let mapping = measures.map { "\($0.measure)=\($0.place)" }.joined(separator: " ")
        let proof = verify.map { "\($0.path.text)=\($0.value)" } ?? ""
        let place = format == .xlsx ? " \(sheet)" : ""
        return " \(format) \(rows.text) \(separator) \(subject) \(days) \(numbers) \(mapping) \(proof)\(place)"
    }

    private static func verify(_ reader: SettingsReader?) -> (path: JSONPath, value: String)? {
        guard let reader else { return nil }
        defer { reader.finish() }
        let path = reader.requiredValue("path", expected: "a path such as data.overview.departmentCode") { JSONPath($0) }
        let value = reader.requiredString("equals")
        guard let path, let value else { return nil }
        return (path, value)
    }

    private static func subject(_ reader: SettingsReader) -> Subject? {
        guard let inner = reader.reader("agency") else {
            if !reader.has("agency") { reader.problem(nil, "'agency' is missing: {code: …}, {name: …} or {constant: …}") }
            return nil
        }
        defer { inner.finish() }
        let subjects = [
            inner.string("code").map(Subject.code), inner.string("name").map(Subject.name), inner.string("constant").map(Subject.constant),
        ]
        let given = subjects.compactMap { $0 }
        guard given.count == 1 else {
            inner.problem(nil, "'agency' needs exactly one of code, name, constant")
            return nil
        }
        if case .constant(let code) = given[0], AgencyCode(code) == nil {
            inner.problem("constant", "'constant' is '\(code)', expected an agency code such as H52.07")
        }
        return given[0]
    }

    private static func days(_ reader: SettingsReader) -> Days? {
        guard reader.has("days") else { return .asked }
        guard let inner = reader.mapping("days") else {
            return reader.value("days", expected: "asked, {day: …} or {from: …, to: …}") { $0 == "asked" ? .asked : nil }
        }
        defer { inner.finish() }
        let pattern = inner.choice("pattern", Day.Pattern.self) ?? .iso
        let day = inner.string("day")
        let from = inner.string("from")
        let to = inner.string("to")
        switch (day, from, to) {
        case (let day?, nil, nil): return .day(day, pattern)
        case (nil, let from?, let to?): return .interval(from: from, to: to, pattern)
        default:
            inner.problem(nil, "'days' needs 'day', or 'from' and 'to'")
            return nil
        }
    }

    private static func measures(_ reader: SettingsReader, _ context: SourceContext) -> [(measure: String, place: Place)] {
        guard let pairs = reader.scalars("measures") else {
            if !reader.has("measures") { reader.problem(nil, "'measures' is missing: which measure is where in the answer") }
            return []
        }
        if pairs.isEmpty { reader.problem("measures", "'measures' must name at least one measure") }
        for (id, _) in pairs where MeasureID(id).map({ context.measures[$0] == nil }) ?? true {
            let hint = TextFolding.didYouMean(id, among: context.measures.keys.map(\.text))
            reader.problem(scalar: id, in: "measures", "there is no measure '\(id)' in measures.yaml\(hint)")
        }
        return pairs.map { (measure: $0.key, place: $0.value) }
    }

    /// Every place in a JSON row must be a path; a wrong one would only ever be "missing".
    private static func checkPaths(of measures: [(measure: String, place: Place)], _ reader: SettingsReader) {
        for (measure, place) in measures where JSONPath(place) == nil {
            reader.problem(scalar: measure, in: "measures", "'\(place)' is not a path such as totals.received or metrics[0].value")
        }
    }

    private static func checkPaths(of subject: Subject?, _ days: Days?, _ reader: SettingsReader) {
        for (block, key, place) in places(of: subject, days) where JSONPath(place) == nil {
            reader.problem(scalar: key, in: block, "'\(place)' is not a path such as unit.code or days[0]")
        }
    }

    /// With `columns: letters` every place is a column's letters; anything else would only ever be empty.
    private static func checkLetters(of measures: [(measure: String, place: Place)], _ subject: Subject?, _ days: Days?, _ reader: SettingsReader) {
        for (measure, place) in measures where CellPlace.column(place) == nil {
            reader.problem(scalar: measure, in: "measures", "'\(place)' is not a column such as C or AB")
        }
        for (block, key, place) in places(of: subject, days) where CellPlace.column(place) == nil {
            reader.problem(scalar: key, in: block, "'\(place)' is not a column such as C or AB")
        }
    }

    /// The places besides the measures', with the keys they stand under.
    private static func places(of subject: Subject?, _ days: Days?) -> [(block: String, key: String, place: Place)] {
        var places: [(block: String, key: String, place: Place)] = []
        switch subject {
        case .code(let place)?: places.append(("agency", "code", place))
        case .name(let place)?: places.append(("agency", "name", place))
        case .constant?, nil: break
        }
        switch days {
        case .day(let place, _)?: places.append(("days", "day", place))
        case .interval(let from, let to, _)?: places += [("days", "from", from), ("days", "to", to)]
        case .asked?, nil: break
        }
        return places
    }
}
