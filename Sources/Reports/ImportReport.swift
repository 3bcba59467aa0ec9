import Model

/// What a file would change or has changed.
public enum ImportReport {
    /// Where an import stands. The raw values are stable: the command line decides by them.
    public enum State: String, Sendable {
        /// Nothing is stored; this is what would be.
        case previewed
        case stored
        /// Every figure is in the store as the file has it; there is nothing to store.
        case unchanged
        /// Figures have changed since the preview, so nothing was stored; this is what would be now.
        case changed
    }

    public struct Summary: Sendable {
        public let state: State
        public let file: String
        public let source: String
        public let by: String
        /// The delivery's number once it is stored.
        public let delivery: DeliveryID?
        public let outcome: IngestOutcome
        public let digest: String
        /// Whether the file needed no mapping: then no setting of a source helps against what is refused.
        public let isPlain: Bool

        public init(
            state: State, file: String, source: String, by: String, delivery: DeliveryID?, outcome: IngestOutcome, digest: String,
            isPlain: Bool = false
        ) {
            self.state = state
            self.file = file
            self.source = source
            self.by = by
            self.delivery = delivery
            self.outcome = outcome
            self.digest = digest
            self.isPlain = isPlain
        }
    }

    /// One figure that would be or was stored.
    public struct Entry: Sendable {
        public enum Kind: String, Sendable {
            case new, restated
        }

        public let kind: Kind
        public let place: String
        public let agency: String
        public let name: String?
        public let measure: Measure?
        public let range: DayRange
        public let before: Int64?
        public let after: Int64?

        public init(
            kind: Kind, place: String, agency: String, name: String?, measure: Measure?, range: DayRange, before: Int64?, after: Int64?
        ) {
            self.kind = kind
            self.place = place
            self.agency = agency
            self.name = name
            self.measure = measure
            self.range = range
            self.before = before
            self.after = after
        }
    }

    public static let layout = ReportLayout(
        "import",
        [
            ReportColumn(
                "state", "Trạng thái", "State",
                "`previewed`, `stored`, `unchanged` (nothing to store) or `changed` (the store changed since the preview)"),
            ReportColumn("file", "Tệp", "File", "the file's name"),
            ReportColumn("source", "Nguồn", "Source", "the source, or `import:` and the map's id, `form`, `csv` or `json`"),
            ReportColumn("by", "Người nhập", "By", "who imports it"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery's number once it is stored"),
            ReportColumn("new", "Mới", "New", "figures that were not there"),
            ReportColumn("restated", "Sửa lại", "Restated", "figures that replace another value"),
            ReportColumn("unchanged", "Không đổi", "Unchanged", "figures that are there already"),
            ReportColumn("refused", "Từ chối", "Refused", "figures that are not stored, with the reason"),
            ReportColumn("digest", "Mã xem trước", "Digest", "what names this preview", isDetail: true),
        ])

    public static let linesLayout = ReportLayout(
        "import-lines",
        [
            ReportColumn("outcome", "Kết quả", "Outcome", "`refused`, `doubtful` (stored, but look at it), `restated` or `new`"),
            ReportColumn("place", "Vị trí", "Place", "where in the file: `sheet 2, D17`, `line 17, column 'value'`, a JSON path"),
            ReportColumn("agency", "Mã", "Code", "the agency's code, or as the file names it"),
            ReportColumn("name", "Cơ quan", "Agency", "its name in those days", isDetail: true),
            ReportColumn("measure", "Chỉ tiêu", "Measure", "the measure's id"),
            ReportColumn("from", "Từ ngày", "From", "the first day", isDetail: true),
            ReportColumn("through", "Đến ngày", "Through", "the last day, inclusive"),
            ReportColumn("before", "Đang có", "Stored", "the value in force, or `unknown`; empty when there is none"),
            ReportColumn("after", "Trong tệp", "In the file", "the value in the file, or `unknown` where it says that there is none"),
            ReportColumn("reason", "Lý do", "Reason", "why it is refused or in doubt"),
        ])

    /// What is refused and in doubt first, then the entries in their order, at most `lines` together.
    public static func document(_ summary: Summary, entries: [Entry], findings: [Finding], lines: Int, language: Language) -> Document {
        let troubles = findings.filter(\.kind.isRefusal) + findings.filter { !$0.kind.isRefusal }
        let listed = troubles.prefix(lines).map { row($0, language) } + entries.prefix(max(0, lines - troubles.count)).map { row($0, language) }
        let rest = troubles.count + entries.count - listed.count
        var notes = Finding.Kind.allCases.filter { kind in troubles.contains { $0.kind == kind } }.map {
            "\($0.title(language)): \(summary.isPlain ? $0.remedyInFile(language) : $0.remedy(language))"
        }
        if rest > 0 { notes.insert(language.choose("… và \(rest) dòng nữa; xem hết bằng --all.", "… and \(rest) more; --all prints them."), at: 0) }
        var blocks: [Document.Block] = [.sheet(sheet(summary, language))]
        if !listed.isEmpty {
            blocks.append(.sheet(linesLayout.sheet(language.choose("Chi tiết", "Line by line"), language, rows: Array(listed), notes: notes)))
        }
        return Document(blocks)
    }

    private static func sheet(_ summary: Summary, _ language: Language) -> Sheet {
        let outcome = summary.outcome
        return layout.record(
            title(summary, language), language,
            [
                state(summary.state, language), .text(summary.file), .text(summary.source), .text(summary.by), .text(summary.delivery?.description),
                .count(outcome.stored), .count(outcome.restated), .count(outcome.unchanged), .count(outcome.refused), .text(summary.digest),
            ])
    }

    private static func title(_ summary: Summary, _ language: Language) -> String {
        switch summary.state {
        case .previewed: language.choose("Xem trước \(summary.file)", "Preview of \(summary.file)")
        case .stored: language.choose("Đã ghi \(summary.file)", "\(summary.file) is stored")
        case .unchanged: language.choose("\(summary.file) không có gì mới", "\(summary.file) says nothing new")
        case .changed: language.choose("Xem trước lại \(summary.file)", "New preview of \(summary.file)")
        }
    }

    private static func state(_ state: State, _ language: Language) -> Sheet.Value {
        let words: (title: String, tone: Sheet.Tone) =
            switch state {
            case .previewed: (language.choose("chưa ghi gì vào kho", "nothing is stored yet"), .plain)
            case .stored: (language.choose("đã ghi vào kho", "stored"), .good)
            case .unchanged: (language.choose("kho đã có đủ, không ghi gì", "the store has it all, nothing was stored"), .plain)
            case .changed:
                (
                    language.choose("số liệu trong kho vừa thay đổi, chưa ghi gì", "figures in the store have just changed, nothing was stored"),
                    .warning
                )
            }
        return .code(state.rawValue, title: words.title, tone: words.tone)
    }

    private static func row(_ entry: Entry, _ language: Language) -> [Sheet.Value] {
        let isRestated = entry.kind == .restated
        let title = isRestated ? language.choose("sửa lại", "restated") : language.choose("mới", "new")
        return [
            .code(entry.kind.rawValue, title: title, tone: isRestated ? .warning : .good), .text(place(entry.place, language)), .text(entry.agency),
            .text(entry.name), .text(entry.measure?.id.text), .day(entry.range.start), .day(entry.range.last),
            isRestated ? value(entry.before, entry, language) : .missing, value(entry.after, entry, language), .missing,
        ]
    }

    private static func row(_ finding: Finding, _ language: Language) -> [Sheet.Value] {
        let outcome: Sheet.Value =
            finding.kind.isRefusal
            ? .code("refused", title: language.choose("từ chối", "refused"), tone: .critical)
            : .code("doubtful", title: language.choose("nghi vấn", "doubtful"), tone: .warning)
        return [
            outcome, .text(finding.place.map { place($0, language) }), .text(finding.agency), .missing, .text(finding.measure),
            .day(finding.range?.start), .day(finding.range?.last), .missing, .text(FindingText(finding, language).found),
            .text(finding.kind.title(language) + (finding.expected.map { " (\(expected($0, finding.kind, language)))" } ?? "")),
        ]
    }

    /// What should have stood there, or what a check held the figure against.
    private static func expected(_ text: String, _ kind: Finding.Kind, _ language: Language) -> String {
        switch kind {
        case .unknownAgency, .unknownMeasure: language.choose("có phải là '\(text)'?", "did you mean '\(text)'?")
        case .duplicateInDelivery: language.choose("giá trị kia: \(place(text, language))", "the other value: \(text)")
        case .partAboveWhole: language.choose("theo chỉ số \(text)", "by the indicator \(text)")
        case .misalignedInterval: language.choose("kỳ của chỉ tiêu: \(text)", "the measure's periods: \(text)")
        default: language.choose("cần: \(FindingWords.expected(text, language))", "expected: \(text)")
        }
    }

    /// A figure, or that there is none: an empty cell would look like a figure that is missing.
    private static func value(_ value: Int64?, _ entry: Entry, _ language: Language) -> Sheet.Value {
        value == nil
            ? .code("unknown", title: language.choose("không có số liệu", "unknown"), tone: .faint) : SeriesReport.value(value, entry.measure)
    }

    /// A place as people of the language say it: "trang 2, D17", "dòng 17, cột 'value'"; JSON paths stay as they are.
    public static func place(_ place: String, _ language: Language) -> String {
        guard language == .vietnamese else { return place }
        let words = [("sheet ", "trang "), ("line ", "dòng "), (", column ", ", cột "), (", row ", ", dòng ")]
        guard !place.hasPrefix("$") else { return place }
        return words.reduce(place) { $0.replacing($1.0, with: $1.1) }
    }
}
