import Model

extension Document {
    public struct MissingSheet: Error {
        public let id: String

        public init(id: String) { self.id = id }
    }

    /// The sheet with this id.
    public func sheet(_ id: String) throws -> Sheet {
        let sheets = blocks.compactMap { block in if case .sheet(let sheet) = block { sheet } else { nil } }
        guard let sheet = sheets.first(where: { $0.id == id }) else { throw MissingSheet(id: id) }
        return sheet
    }
}

extension Sheet {
    public struct MissingColumn: Error {
        let id: String
    }

    /// The values of one column, from top to bottom.
    public func column(_ id: String) throws -> [Value] {
        guard let index = columns.firstIndex(where: { $0.id == id }) else { throw MissingColumn(id: id) }
        return rows.map { $0[index] }
    }
}

extension Sheet.Value {
    /// What programs read; `-` for nothing.
    public var id: String {
        switch self {
        case .missing: "-"
        case .text(let text): text
        case .integer(let number): String(number)
        case .decimal(let number), .percent(let number): number.description
        case .day(let day): day.description
        case .instant(let instant): instant.description
        case .code(let id, _, _): id
        }
    }
}
