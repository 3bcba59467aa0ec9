import Model

/// Reads CSV with a header (RFC 4180): `agency,measure,from,to,value` in any order, `period` and `scheme` if there are any.
struct CSVObservations {
    private var scanner: CSVScanner
    private var builder: ObservationBuilder
    /// The field that each column holds.
    private var columns: [Field] = []

    private static let header = "agency,measure,from,to,value"

    init(_ body: [UInt8], most: Int) {
        scanner = CSVScanner(body)
        builder = ObservationBuilder(most: most)
    }

    mutating func table() throws(PushFormatError) -> PushedObservations {
        guard try scanner.next() else {
            throw .malformed(place: "line 1", problem: "the body is empty; expected the header \(CSVObservations.header)")
        }
        try readHeader()
        while try scanner.next() {
            let index = try builder.begin()
            let line = scanner.line
            do throws(Trouble) {
                try observation(index: index, line: line)
            } catch {
                builder.refuse(error, index: index, line: line)
            }
        }
        return builder.pushed()
    }

    private mutating func readHeader() throws(PushFormatError) {
        let place = "line \(scanner.line)"
        let names = scanner.fields.map { Trouble.shown($0, scanner.bytes) }
        if names.count == 1, let separator = [";", "\t", "|"].first(where: { names[0].contains($0) }) {
            let shown = separator == "\t" ? "a tab" : "'\(separator)'"
            throw .malformed(
                place: place,
                problem:
                    "the fields are separated by \(shown); expected ','. In Excel and LibreOffice save as CSV with commas, and write 12.5, not 12,5")
        }
        for (name, range) in zip(names, scanner.fields) {
            guard let field = Field(range, in: scanner.bytes) else { throw .malformed(place: place, problem: CSVObservations.unknown(name, names)) }
            guard !columns.contains(field) else { throw .malformed(place: place, problem: "the column '\(name)' stands twice") }
            columns.append(field)
        }
        let needed: [Field] = [.agency, .measure, columns.contains(.period) ? .period : .from, .value]
        if let missing = needed.first(where: { !columns.contains($0) }) {
            throw .malformed(place: place, problem: "the header has no column '\(missing.rawValue)'; expected \(CSVObservations.header)")
        }
    }

    /// A first line without any known name is no header at all.
    private static func unknown(_ name: String, _ names: [String]) -> String {
        let known = Set(Field.allCases.map(\.rawValue))
        if known.isDisjoint(with: names) {
            return "the header is missing; expected \(header), found '\(Trouble.shown(names.joined(separator: ",")))'"
        }
        return "unknown column '\(name)'; " + (Field.nearest(to: name).map { "did you mean '\($0)'?" } ?? "expected \(header), period, scheme")
    }

    private mutating func observation(index: Int, line: Int) throws(Trouble) {
        guard scanner.fields.count == columns.count else {
            let hint = scanner.fields.count > columns.count ? "; a decimal comma splits a number, write 12.5" : ""
            throw Trouble(.malformed, found: "\(scanner.fields.count) fields", expected: "\(columns.count) fields\(hint)")
        }
        var places = FieldPlaces()
        for (column, range) in zip(columns, scanner.fields) where !range.isEmpty { places[column] = range }
        builder.add(places, value: try value(places.value), in: scanner.bytes, index: index, line: line)
    }

    /// A blank value is null: known to be unknown.
    private func value(_ range: Range<Int>?) throws(Trouble) -> ExactDecimal? {
        guard let range, !Field.isEqual(range, scanner.bytes, "null") else { return nil }
        do throws(NumberTrouble) {
            return try ExactDigits.read(range, in: scanner.bytes, .sheet)
        } catch {
            throw Trouble(.badValue, .value, found: Trouble.shown(range, scanner.bytes), expected: error.expected)
        }
    }
}
