/// A cell as blocks hold it: agencies by their number, days by theirs, deliveries by theirs.
struct PackedCell: Hashable {
    let agency: Int64
    let start: Int64
    /// Nil for "known to be unknown".
    let value: Int64?
    let delivery: Int64
}

/// The form of the bytes of a block.
///
///     form · columns · deliveries · each column's usual delivery · rows
///     row = agency after the one before · length · flags · [presence] · values · deliveries
///
/// A column is a first day that at least one agency has. Whole numbers are varints of 7 bits, least significant first.
/// In most rows every column has a value and comes from the column's usual delivery: there a cell costs the bytes of its value alone.
/// docs/decisions/0005-packed-blocks.md has the whole form and what was measured.
enum BlockForm {
    /// The first byte; another form of a later version begins with another.
    static let first: UInt8 = 1

    /// What the flags of a row say.
    enum Flag {
        /// Two bits a column tell absent, known and unknown cells apart. Without it every column has a known value.
        static let hasPresence: UInt8 = 1
        /// Values are differences to the one before, the first to zero, in zigzag. It is shorter for stocks and running totals.
        static let isDifferences: UInt8 = 2
        /// One delivery for all cells of the row.
        static let isOneDelivery: UInt8 = 4
        /// A delivery for each cell. Without this and the one above each cell is of its column's usual delivery.
        static let isEachDelivery: UInt8 = 8
        /// Values are in zigzag because one is below zero.
        static let isSigned: UInt8 = 16
    }

    /// What presence says of one column, in two bits, four columns a byte, the first in the lowest bits.
    enum Presence {
        static let absent: UInt8 = 0
        static let known: UInt8 = 1
        static let unknown: UInt8 = 2
    }
}
