import Model

/// A row whose agency, measure, days and value are known, before it is held against other values.
struct Candidate: Hashable {
    let cell: CellKey
    let value: Int64?
    let scale: Int
    let origin: Origin

    /// Where a candidate comes from.
    enum Origin: Hashable {
        /// A row of a delivery that was pulled, with its place.
        case row(String)
        /// An observation of a push. Its place is made up when a message needs it: most are never spoken of.
        case pushed(index: Int, line: Int, noun: String)
    }

    /// Where in the delivery it stood.
    var place: LocalizedText {
        switch origin {
        case .row(let place): LocalizedText(verbatim: place)
        case .pushed(let index, let line, let noun): PushedObservations.place(index: index, line: line, noun: noun)
        }
    }

    var observation: Observation { Observation(cell: cell, value: value) }

    /// The value as its source wrote it, for findings.
    var shown: String { value.flatMap { ExactDecimal(units: $0, scale: scale)?.description } ?? "null" }

    func finding(_ kind: Finding.Kind, source: String, found: String? = nil, expected: String? = nil) -> Finding {
        Finding(
            kind, source: source, agency: cell.agency.text, measure: cell.measure.text, range: cell.range, place: place.english, found: found,
            expected: expected)
    }
}

/// A row that is not stored, with the finding that says why.
struct Refusal: Error {
    let finding: Finding
}
