import Model

/// One value that a figure has or had, with the delivery that brought it and the one that replaced it.
public struct HistoryEntry: Hashable, Sendable {
    public let range: DayRange
    public let value: Int64?
    public let recordedAt: Instant
    public let delivery: DeliveryID
    /// Nil when the delivery is no longer on record.
    public let record: DeliveryRecord?
    /// Nil while the value holds.
    public let replacedAt: Instant?
    public let replacedBy: DeliveryID?

    public init(
        range: DayRange, value: Int64?, recordedAt: Instant, delivery: DeliveryID, record: DeliveryRecord?, replacedAt: Instant?,
        replacedBy: DeliveryID?
    ) {
        self.range = range
        self.value = value
        self.recordedAt = recordedAt
        self.delivery = delivery
        self.record = record
        self.replacedAt = replacedAt
        self.replacedBy = replacedBy
    }
}

/// Every value that was ever delivered for a day: by the day itself and by the longer intervals that hold it.
public enum HistoryReport {
    public static let layout = ReportLayout(
        "history",
        [
            ReportColumn("from", "Từ ngày", "From", "the first day of the value"),
            ReportColumn("through", "Đến ngày", "Through", "the last day, inclusive"),
            ReportColumn("days", "Số ngày", "Days", "how many days the value covers", isDetail: true),
            ReportColumn("value", "Giá trị", "Value", "the exact value; empty when the source says it does not know"),
            ReportColumn("state", "Tình trạng", "State", "known or unknown"),
            ReportColumn("current", "Hiện hành", "Current", "yes for the value that holds"),
            ReportColumn("source", "Nguồn", "Source", "the id of the source that said so"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery that brought it, D42"),
            ReportColumn("received", "Nhận lúc", "Received", "when that delivery came", isDetail: true),
            ReportColumn("recorded", "Ghi lúc", "Recorded", "from when on it was the figure: what --as-of goes by"),
            ReportColumn("replaced_at", "Thay lúc", "Replaced", "when another value took its place; empty while it holds"),
            ReportColumn("replaced_by", "Thay bởi", "Replaced by", "the delivery that brought the other value"),
            ReportColumn("sha256", "SHA-256", "SHA-256", "the checksum of the delivery's bytes as they came"),
        ])

    /// In the order given: by interval, and of each the oldest value first.
    public static func sheet(
        _ entries: [HistoryEntry], of measure: Measure, agency: Agency, on day: Day, asOf: Instant? = nil, language: Language
    ) -> Sheet {
        let rows: [[Sheet.Value]] = entries.map { entry in
            [
                .day(entry.range.start), .day(entry.range.last), .count(entry.range.span), SeriesReport.value(entry.value, measure),
                SeriesReport.state(entry.value, language),
                .flag(entry.replacedAt == nil, language, tone: entry.replacedAt == nil ? .good : .faint), .text(entry.record?.source),
                .text(entry.delivery.description), .instant(entry.record?.receivedAt), .instant(entry.recordedAt), .instant(entry.replacedAt),
                .text(entry.replacedBy?.description), .text(entry.record?.sha256),
            ]
        }
        var notes: [String] = []
        if entries.isEmpty {
            notes.append(
                language.choose(
                    "Chưa nhận số liệu nào cho ngày \(day.vietnamese): không có số liệu, khác với số 0.",
                    "Nothing was ever delivered for \(day): that is not a zero."))
        }
        if let asOf { notes.append(Remarks.known(asOf, language)) }
        let date = language.choose("ngày \(day.vietnamese)", "\(day)")
        let title = "\(agency.name) (\(agency.code)) – \(measure.title[language]) (\(measure.id)) – \(date)"
        return layout.sheet(title, language, rows: rows, notes: notes)
    }
}
