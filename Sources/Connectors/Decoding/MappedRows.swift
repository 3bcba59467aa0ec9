import Model

/// Why a mapping cannot read a row.
struct MappingTrouble: Error {
    /// How it is said when nothing else in the delivery can be read either.
    let error: DecodeError
    /// How it is said of the row alone; nil when it tells that the mapping is the wrong one, whatever else can be read: days of another pattern
    /// would be read as other days where they fit by chance.
    let row: UnreadableRow?

    init(_ error: DecodeError) {
        self.error = error
        row = nil
    }

    init(_ error: DecodeError, found: String? = nil, expected: String) {
        self.error = error
        row = UnreadableRow(place: error.place ?? "", found: found, expected: expected)
    }
}

/// The rows that a mapping reads out of a delivery, in its order. One that names no agency or no day is refused alone, so that it does not hold up the
/// hundreds around it; a delivery of such rows alone is refused whole, because then it is not what the mapping is for.
struct MappedRows {
    private var rows: [Result<Row, UnreadableRow>] = []
    private var isAnyRead = false
    private var firstError: DecodeError?

    mutating func append(_ row: Row) {
        rows.append(.success(row))
        isAnyRead = true
    }

    mutating func refuse(_ trouble: MappingTrouble) throws(DecodeError) {
        guard let row = trouble.row else { throw trouble.error }
        rows.append(.failure(row))
        firstError = firstError ?? trouble.error
    }

    func checked() throws(DecodeError) -> [Result<Row, UnreadableRow>] {
        if !isAnyRead, let firstError { throw firstError }
        return rows
    }
}
