import Model

/// Reads CSV with a header (RFC 4180): `agency,measure,from,to,value` in any order, `period` and `scheme` if there are any.
struct CSVObservations {
    private var scanner: CSVScanner
    private var builder: ObservationBuilder
    /// The field that each column holds.
    private var columns: [Field] = []

    static let header = "agency,measure,from,to,value"

    init(_ body: [UInt8], most: Int) {
        scanner = CSVScanner(body)
        builder = ObservationBuilder(most: most)
    }

    mutating func table() throws(PushFormatError) -> PushedObservations {
        guard try scanner.next() else {
            throw .malformed(.line(1), .emptyTable(header: CSVObservations.header))
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
        let place = PushFormatError.Place.line(scanner.line)
        let names = scanner.fields.map { Trouble.shown($0, scanner.bytes) }
        // As it stands: what is shown has no tabs.
        if scanner.fields.count == 1, let header = scanner.fields.first.map({ String(decoding: scanner.bytes[$0], as: UTF8.self) }),
            let separator = [";", "\t", "|"].first(where: { header.contains($0) })
        {
            throw .malformed(place, .separator(separator))
        }
        for (name, range) in zip(names, scanner.fields) {
            guard let field = Field(range, in: scanner.bytes) else { throw .malformed(place, CSVObservations.unknown(name, names)) }
            guard !columns.contains(field) else { throw .malformed(place, .columnTwice(name)) }
            columns.append(field)
        }
        let needed: [Field] = [.agency, .measure, columns.contains(.period) ? .period : .from, .value]
        if let missing = needed.first(where: { !columns.contains($0) }) {
            throw .malformed(place, .missingColumn(missing.rawValue, header: CSVObservations.header))
        }
    }

    /// A first line without any known name is no header at all.
    private static func unknown(_ name: String, _ names: [String]) -> BodyFault {
        let known = Set(Field.allCases.map(\.rawValue))
        if known.isDisjoint(with: names) {
            return .missingHeader(found: Trouble.shown(names.joined(separator: ",")), header: header)
        }
        return .unknownColumn(name, nearest: Field.nearest(to: name))
    }

    private mutating func observation(index: Int, line: Int) throws(Trouble) {
        guard scanner.fields.count == columns.count else {
            let expected = Wanted.columns(columns.count, hasMore: scanner.fields.count > columns.count)
            throw Trouble(.malformed, found: .columns(scanner.fields.count), expected: expected)
        }
        var places = FieldPlaces()
        for (column, range) in zip(columns, scanner.fields) where !range.isEmpty { places[column] = range }
        // An empty cell of a form is no report, as `dondoc import` has it, and must not replace what was reported.
        guard let written = places.value, !isBlank(written) else { return }
        builder.add(places, value: try value(written), in: scanner.bytes, index: index, line: line)
    }

    /// Nil for what says that the figure is known to be unknown.
    private func value(_ range: Range<Int>) throws(Trouble) -> ExactDecimal? {
        do throws(NumberTrouble) {
            return try ExactDigits.read(range, in: scanner.bytes, .sheet)
        } catch {
            // Most values are numbers, so that the words are looked at last.
            if range.count <= 40, RowValue.meansUnknown(String(decoding: scanner.bytes[range], as: UTF8.self)) { return nil }
            throw Trouble(.badValue, .value, found: Found(range, scanner.bytes), expected: .fittingNumber(error))
        }
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        scanner.bytes[range].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
}
