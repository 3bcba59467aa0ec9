import Model
import Settings
import Spreadsheets

/// Which sheet of a workbook is read, where its header stands, and which of its rows are not agencies'.
struct SheetSettings: Hashable, Sendable {
    enum Pick: Hashable, Sendable {
        /// The first one that is not hidden.
        case first
        case number(Int)
        case name(String)
    }

    /// What the places of a row are.
    enum Columns: String, CaseIterable, Sendable {
        /// Texts of the header.
        case header
        /// `C`, `AB`; then no header is needed.
        case letters
    }

    let pick: Pick
    let columns: Columns
    /// The rows of the header; of several, a column is called by its texts from the top, joined by " / ". Nil: the first row that names all columns.
    let header: ClosedRange<Int>?
    /// Rows that begin with one of these words are sums or sections. Compared after `TextFolding`.
    let skip: [String]

    /// What sheets call their sums; `skip` adds to them.
    static let sums = ["tổng cộng", "tổng số", "tổng", "cộng", "toàn tỉnh", "total"]

    init(_ reader: SettingsReader, isUsed: Bool) {
        let pick = reader.string("sheet")
        let columns = reader.choice("columns", Columns.self) ?? .header
        let header = reader.value("header", expected: "a row such as 6, or rows such as 5..6") { SheetSettings.rows($0) }
        let skip = reader.strings("skip") ?? []
        self.pick = pick.map { text in Int(text).map { .number($0) } ?? .name(text) } ?? .first
        self.columns = columns
        self.header = header
        self.skip = (SheetSettings.sums + skip).map { TextFolding.key($0) }
        guard !isUsed else { return }
        for key in ["sheet", "columns", "header", "skip"] where reader.has(key) { reader.problem(key, "'\(key)' is only for format: xlsx") }
    }

    private static func rows(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: "..", omittingEmptySubsequences: false)
        let rows = parts.compactMap { Int($0) }
        guard rows.count == parts.count, (1...2).contains(rows.count), let first = rows.first, let last = rows.last, first >= 1, first <= last,
            last - first < 10
        else { return nil }
        return first...last
    }

    /// Whether a text says that its row is a sum or the heading of a section: "Tổng cộng", "Tổng cộng (A+B)", "I. Sở, ban, ngành".
    func isSumOrSection(_ text: String) -> Bool {
        let key = TextFolding.key(text)
        for word in skip where key.hasPrefix(word) {
            // "Tổng cục …" goes on with a word of its own.
            let rest = key.dropFirst(word.count).drop(while: \.isWhitespace)
            guard let next = rest.first else { return true }
            if "(:;.,+-–".contains(next) { return true }
        }
        let numeral = key.prefix { "ivx".contains($0) }
        return !numeral.isEmpty && key.dropFirst(numeral.count).hasPrefix(". ")
    }
}
