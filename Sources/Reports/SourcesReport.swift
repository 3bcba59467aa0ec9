import Model

/// A configured source beside its heartbeat.
public struct SourceEntry: Hashable, Sendable {
    public let id: String
    public let title: LocalizedText?
    /// The connector's kind, `http`.
    public let kind: String
    public let isEnabled: Bool
    /// The cron expression as written.
    public let schedule: String
    /// Nil while the daemon has never heard of it.
    public let state: SourceState?

    public init(id: String, title: LocalizedText?, kind: String, isEnabled: Bool, schedule: String, state: SourceState?) {
        self.id = id
        self.title = title
        self.kind = kind
        self.isEnabled = isEnabled
        self.schedule = schedule
        self.state = state
    }

    /// How the source does, in one word. Never delivered is louder than failing.
    enum Health: String, CaseIterable {
        case healthy, failing, never, disabled
        /// Configured, and the daemon has not looked at it yet.
        case new
    }

    var health: Health {
        guard isEnabled else { return .disabled }
        guard let state else { return .new }
        guard state.lastSuccess != nil else { return state.lastAttempt == nil ? .new : .never }
        return state.failures == 0 ? .healthy : .failing
    }
}

extension SourceEntry.Health {
    func title(_ language: Language) -> String {
        switch self {
        case .healthy: language.choose("Tốt", "Healthy")
        case .failing: language.choose("Đang lỗi", "Failing")
        case .never: language.choose("Chưa từng có dữ liệu", "Never delivered")
        case .disabled: language.choose("Tắt", "Disabled")
        case .new: language.choose("Chưa chạy", "Not asked yet")
        }
    }

    var tone: Sheet.Tone {
        switch self {
        case .healthy: .good
        case .failing: .warning
        case .never: .critical
        case .disabled, .new: .faint
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: tone) }
}

/// The sources with their heartbeat.
public enum SourcesReport {
    public static let layout = ReportLayout(
        "sources",
        [
            ReportColumn("source", "Nguồn", "Source", "the source's id"),
            ReportColumn("title", "Tên nguồn", "Title", "its title in the language asked for", isDetail: true),
            ReportColumn("kind", "Loại", "Kind", "the connector's kind", isDetail: true),
            ReportColumn("state", "Tình trạng", "State", "healthy, failing, never (asked and never delivered), new (not asked yet), disabled"),
            ReportColumn("last_success", "Thành công gần nhất", "Last success", "when it last delivered"),
            ReportColumn("last_attempt", "Lần hỏi gần nhất", "Last attempt", "when it was last asked", isDetail: true),
            ReportColumn("failures", "Lỗi liên tiếp", "Failures", "failures in a row"),
            ReportColumn("next_run", "Lần hỏi tiếp", "Next run", "when it is asked next; empty for as soon as possible"),
            ReportColumn("cursor", "Đã có đến ngày", "Fetched through", "the last day that has been fetched", isDetail: true),
            ReportColumn("schedule", "Lịch hỏi", "Schedule", "the cron expression", isDetail: true),
            ReportColumn("last_error", "Lỗi gần nhất", "Last error", "what went wrong last; empty after a success"),
        ])

    public static func sheet(_ sources: [SourceEntry], language: Language) -> Sheet {
        layout.sheet(language.choose("Nguồn dữ liệu", "Sources"), language, rows: sources.map { row($0, language) })
    }

    /// One source with its newest deliveries and findings.
    public static func document(_ source: SourceEntry, deliveries: [DeliveryRecord], findings: [FindingRecord], language: Language) -> Document {
        let title = source.title?[language] ?? source.id
        return Document([
            .sheet(layout.record(title, language, row(source, language))),
            .sheet(DeliveriesReport.sheet(deliveries, language: language)),
            .sheet(FindingsReport.sheet(findings, language: language)),
        ])
    }

    private static func row(_ source: SourceEntry, _ language: Language) -> [Sheet.Value] {
        let state = source.state
        return [
            .text(source.id), .text(source.title?[language]), .text(source.kind), source.health.cell(language), .instant(state?.lastSuccess),
            .instant(state?.lastAttempt), .count(state?.failures ?? 0), .instant(source.isEnabled ? state?.nextRun : nil),
            .day(state?.cursor.map { $0 - 1 }), .text(source.schedule), .text(state?.lastError),
        ]
    }
}
