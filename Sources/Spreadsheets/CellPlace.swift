/// Where a cell stands in its sheet, `D17`; both numbers count from 1.
public struct CellPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let row: Int
    public let column: Int

    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// The place a reference names; nil when it is none, or lies beyond what any spreadsheet has.
    public init?(_ reference: some StringProtocol) {
        let letters = reference.utf8.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        let digits = reference.utf8.dropFirst(letters.count)
        guard (1...3).contains(letters.count), (1...7).contains(digits.count), digits.allSatisfy({ $0 >= 48 && $0 <= 57 }), digits.first != 48 else {
            return nil
        }
        column = letters.reduce(0) { $0 * 26 + Int($1) - 64 }
        row = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    /// The number of a column by its letters, in either case: `D` and `d` are 4; nil for anything else.
    public static func column(_ letters: String) -> Int? { CellPlace("\(letters.uppercased())1")?.column }

    /// A column's letters, `AB` for 28.
    public static func letters(_ column: Int) -> String {
        var rest = column
        var letters: [UInt8] = []
        while rest > 0 {
            letters.insert(UInt8(65 + (rest - 1) % 26), at: 0)
            rest = (rest - 1) / 26
        }
        return String(decoding: letters, as: UTF8.self)
    }

    public var description: String { CellPlace.letters(column) + String(row) }

    /// In the order of reading: row by row.
    public static func < (left: CellPlace, right: CellPlace) -> Bool { (left.row, left.column) < (right.row, right.column) }
}
