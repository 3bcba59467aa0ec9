import Model

/// A figure that a later delivery replaced, as an operator wants to see it.
public struct RestatementEntry: Hashable, Sendable {
    public let cell: CellKey
    /// Nil when the source had said that it did not know.
    public let old: Int64?
    public let new: Int64?
    public let replaced: DeliveryID
    public let by: DeliveryID
    public let at: Instant
    /// The source whose delivery replaced it; nil when it is no longer on record.
    public let source: String?
    /// The month with which the figure closes, in its measure's scheme.
    public let month: Period?
    /// Whether that month was closed when the new value came.
    public let isClosed: Bool

    public init(
        cell: CellKey, old: Int64?, new: Int64?, replaced: DeliveryID, by: DeliveryID, at: Instant, source: String?, month: Period?, isClosed: Bool
    ) {
        self.cell = cell
        self.old = old
        self.new = new
        self.replaced = replaced
        self.by = by
        self.at = at
        self.source = source
        self.month = month
        self.isClosed = isClosed
    }

    /// New less old; nil when one of them is unknown or the difference passes 64 bits.
    var difference: Int64? {
        guard let old, let new else { return nil }
        let (difference, overflow) = new.subtractingReportingOverflow(old)
        return overflow ? nil : difference
    }
}

/// Who changed which figure by how much.
public enum RestatementsReport {
    public static let layout = ReportLayout(
        "restatements",
        [
            ReportColumn("restated", "Sửa lúc", "Restated", "when the new value was recorded"),
            ReportColumn("agency", "Mã", "Code", "the agency's code"),
            ReportColumn("name", "Cơ quan", "Agency", "its newest name", isDetail: true),
            ReportColumn("measure", "Chỉ tiêu", "Measure", "the measure's id"),
            ReportColumn("title", "Tên chỉ tiêu", "Title", "its title in the language asked for", isDetail: true),
            ReportColumn("from", "Từ ngày", "From", "the first day of the value"),
            ReportColumn("through", "Đến ngày", "Through", "the last day, inclusive"),
            ReportColumn("period", "Kỳ", "Period", "the month with which the value closes", isDetail: true),
            ReportColumn("scheme", "Cách tính kỳ", "Scheme", "the measure's scheme, calendar or admin15", isDetail: true),
            ReportColumn("old", "Số cũ", "Old", "the value before; empty when the source had said it did not know"),
            ReportColumn("new", "Số mới", "New", "the value after; empty when the source now says it does not know"),
            ReportColumn("difference", "Chênh lệch", "Difference", "new less old; empty when one of them is unknown"),
            ReportColumn("closed", "Kỳ đã chốt", "Closed", "yes when the month was over, and late reporting too, when the new value came"),
            ReportColumn("source", "Nguồn", "Source", "the id of the source that changed it"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery that brought the new value"),
            ReportColumn("replaced", "Thay cho", "Replaced", "the delivery that had brought the old one", isDetail: true),
        ])

    /// In the order given. `limit` is what the list was cut at, nil when it is whole.
    public static func sheet(
        _ entries: [RestatementEntry], measures: [MeasureID: Measure], register: Register, limit: Int?, asOf: Instant? = nil, language: Language
    ) -> Sheet {
        let rows: [[Sheet.Value]] = entries.map { entry in
            let measure = measures[entry.cell.measure]
            return [
                .instant(entry.at), .text(entry.cell.agency.text), .text(register.newest(entry.cell.agency)?.name), .text(entry.cell.measure.text),
                .text(measure?.title[language]), .day(entry.cell.range.start), .day(entry.cell.range.last), entry.month?.cell(language) ?? .missing,
                entry.month?.scheme.cell(language) ?? .missing, SeriesReport.value(entry.old, measure), SeriesReport.value(entry.new, measure),
                SeriesReport.value(entry.difference, measure),
                .flag(entry.isClosed, language, tone: entry.isClosed ? .warning : .faint), .text(entry.source), .text(entry.by.description),
                .text(entry.replaced.description),
            ]
        }
        var notes = [summary(entries, language)]
        if let limit {
            notes.append(
                language.choose(
                    "Chỉ liệt kê \(limit) lần sửa mới nhất; thu hẹp bằng --since, --agency hoặc --measure.",
                    "Only the newest \(limit) are listed; narrow it down with --since, --agency or --measure."))
        }
        if let asOf { notes.append(Remarks.known(asOf, language)) }
        return layout.sheet(language.choose("Số liệu đã sửa", "Restatements"), language, rows: rows, notes: notes)
    }

    private static func summary(_ entries: [RestatementEntry], _ language: Language) -> String {
        let closed = entries.count(where: \.isClosed)
        return language.choose(
            "\(entries.count) lần sửa, trong đó \(closed) thuộc kỳ đã chốt.",
            "\(entries.count == 1 ? "1 restatement" : "\(entries.count) restatements"), \(closed) of closed periods.")
    }
}
