import Model

/// The columns of a sheet as words, and how wide each must and may be.
struct TableLayout {
    struct Column {
        let title: String
        let cells: [(text: String, tone: Sheet.Tone)]
        let isNumeric: Bool
        /// Wide enough for every cell on one line.
        let natural: Int
        /// As narrow as wrapping allows.
        let minimum: Int
        let isDetail: Bool
    }

    let columns: [Column]
    let rowIndices: Range<Int>

    /// Words longer than this are broken rather than forcing a table into records.
    private static let longestKeptWord = 16
    /// A first column up to this wide is never broken: it is what people copy into the next command.
    private static let longestKeptKey = 48
    /// A column of texts is easy to read from this width on.
    private static let comfortable = 24

    init(_ sheet: Sheet, language: Language) {
        rowIndices = sheet.rows.indices
        columns = sheet.columns.enumerated().compactMap { index, column in
            let values = sheet.rows.map { index < $0.count ? $0[index] : .missing }
            let cells = values.map { (text: TerminalText.harmless($0.words(language)), tone: $0.tone) }
            guard cells.contains(where: { !$0.text.isEmpty }) else { return nil }
            return TableLayout.column(TerminalText.harmless(column.title), values, cells, isKey: index == 0, isDetail: column.isDetail)
        }
    }

    private init(columns: [Column], rowIndices: Range<Int>) {
        self.columns = columns
        self.rowIndices = rowIndices
    }

    /// The same table with as many of its details, the first before the others, as can be read easily within a width.
    func withDetails(within limit: Int?) -> TableLayout {
        var kept = Set(columns.indices.filter { !columns[$0].isDetail })
        for index in columns.indices where columns[index].isDetail && only(kept.union([index])).isComfortable(within: limit) { kept.insert(index) }
        return only(kept)
    }

    private func only(_ indices: Set<Int>) -> TableLayout {
        TableLayout(columns: indices.sorted().map { columns[$0] }, rowIndices: rowIndices)
    }

    private static func column(
        _ title: String, _ values: [Sheet.Value], _ cells: [(text: String, tone: Sheet.Tone)], isKey: Bool, isDetail: Bool
    ) -> Column {
        let isNumeric = values.allSatisfy { $0.isNumber || $0 == .missing }
        let content = cells.map { DisplayWidth.of($0.text) }.max() ?? 0
        let longest = cells.map { TextWrap.longestWord($0.text) }.max() ?? 0
        let isWhole = isKey && content <= longestKeptKey
        let least = values.contains(where: \.wraps) && !isWhole ? min(longest, longestKeptWord) : content
        return Column(
            title: title, cells: cells, isNumeric: isNumeric, natural: max(content, DisplayWidth.of(title)),
            minimum: max(least, min(TextWrap.longestWord(title), longestKeptWord)), isDetail: isDetail)
    }

    /// Whether every column has the width it needs, or one that is easy to read.
    func isComfortable(within limit: Int?) -> Bool {
        guard let limit else { return true }
        let wanted = columns.reduce(0) { $0 + max($1.minimum, min($1.natural, TableLayout.comfortable)) }
        return wanted + TableRenderer.gap * (columns.count - 1) <= limit
    }

    /// The width of each column, the widest narrowed first; nil when they cannot fit.
    func widths(fitting limit: Int?) -> [Int]? {
        var widths = columns.map(\.natural)
        guard let limit else { return widths }
        let room = limit - TableRenderer.gap * (widths.count - 1)
        guard columns.reduce(0, { $0 + $1.minimum }) <= room else { return nil }
        var excess = widths.reduce(0, +) - room
        while excess > 0 {
            guard let widest = widths.indices.filter({ widths[$0] > columns[$0].minimum }).max(by: { widths[$0] < widths[$1] }) else { return nil }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}

extension Sheet.Value {
    /// Whether a column of it may be broken into lines; numbers and days may not.
    fileprivate var wraps: Bool {
        switch self {
        case .text, .code, .instant: true
        default: false
        }
    }
}
