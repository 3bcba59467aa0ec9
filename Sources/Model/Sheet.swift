/// A table of typed cells: what every question to dondoc is answered with, before anyone decides how it looks.
///
/// `Reports` builds sheets and renders them as a table, CSV or JSON; the control socket carries them. Ids are stable English identifiers.
public struct Sheet: Hashable, Sendable, Codable {
    public struct Column: Hashable, Sendable, Codable {
        /// The stable identifier that CSV and JSON carry.
        public let id: String
        /// The heading that people read.
        public let title: String
        /// Left out of a table that would not fit the terminal otherwise; CSV, JSON and records always have it.
        public let isDetail: Bool

        public init(_ id: String, _ title: String, isDetail: Bool = false) {
            self.id = id
            self.title = title
            self.isDetail = isDetail
        }
    }

    public enum Value: Hashable, Sendable, Codable {
        /// There is nothing to say; an empty cell, JSON null.
        case missing
        case text(String)
        case integer(Int64)
        /// Printed with all its decimals.
        case decimal(ExactDecimal)
        /// In percent; tables add the sign.
        case percent(ExactDecimal)
        case day(Day)
        case instant(Instant)
        /// A stable identifier with the word people read for it: CSV and JSON carry the first, tables the second.
        case code(String, title: String, tone: Tone)
    }

    /// What a cell means, for colour on a terminal.
    public enum Tone: String, Hashable, Sendable, Codable {
        case plain, good, warning, critical, faint
    }

    /// How people see it; programs get columns and rows either way.
    public enum Shape: String, Hashable, Sendable, Codable {
        case table
        /// One thing with its properties: one row, printed as a line for each column.
        case record
    }

    /// A stable identifier of the sheet, `rank`.
    public let id: String
    public let title: String
    public let columns: [Column]
    /// Each row has as many values as there are columns.
    public let rows: [[Value]]
    /// Remarks printed under the table, not in CSV.
    public let notes: [String]
    public let shape: Shape

    public init(id: String, title: String, columns: [Column], rows: [[Value]], notes: [String] = [], shape: Shape = .table) {
        self.id = id
        self.title = title
        self.columns = columns
        self.rows = rows
        self.notes = notes
        self.shape = shape
    }
}

/// An answer as a sequence of sheets and paragraphs.
public struct Document: Hashable, Sendable, Codable {
    public enum Block: Hashable, Sendable, Codable {
        case sheet(Sheet)
        case heading(String)
        case text(String)
        /// Shown as it is, without wrapping: a letter, raw bytes.
        case verbatim(String)
    }

    public let blocks: [Block]

    public init(_ blocks: [Block]) {
        self.blocks = blocks
    }
}
