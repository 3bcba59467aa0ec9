import Model

/// How one way out fares, as far as it is known.
public struct WayOutEntry: Hashable, Sendable {
    public let id: String
    /// `webhook` or `alertmanager`.
    public let kind: String
    public let url: String
    /// Events that have not been taken yet.
    public var waiting: Int
    /// Nil until the daemon has tried for the first time.
    public var state: WayOutState?

    public init(id: String, kind: String, url: String, waiting: Int = 0, state: WayOutState? = nil) {
        self.id = id
        self.kind = kind
        self.url = url
        self.waiting = waiting
        self.state = state
    }
}

/// The systems beside the letters that hear of alerts, and whether they do.
public enum WaysOutReport {
    public static let layout = ReportLayout(
        "ways-out",
        [
            ReportColumn("way", "Kênh", "Way out", "the id below ways_out"),
            ReportColumn("kind", "Loại", "Kind", "webhook or alertmanager"),
            ReportColumn("state", "Trạng thái", "State", "new, ok or failing"),
            ReportColumn("waiting", "Chờ gửi", "Waiting", "events that it has not taken yet; an Alertmanager is told how things stand and has none"),
            ReportColumn("last_success", "Nhận gần nhất", "Last taken", "when it last took what it was told"),
            ReportColumn("failures", "Lỗi liên tiếp", "Failures", "failed requests in a row", isDetail: true),
            ReportColumn("next_attempt", "Thử lại lúc", "Next attempt", "when it is tried again after a failure"),
            ReportColumn("last_error", "Lỗi gần nhất", "Last error", "what went wrong last; empty after a success"),
            ReportColumn("url", "Địa chỉ", "Address", "who is told", isDetail: true),
        ])

    /// In the order given.
    public static func sheet(_ entries: [WayOutEntry], language: Language) -> Sheet {
        layout.sheet(
            language.choose("Kênh báo ngoài thư", "Ways out beside letters"), language,
            rows: entries.map { entry in
                [
                    .text(entry.id), .text(entry.kind), state(entry, language), .count(entry.waiting), .instant(entry.state?.lastSuccess),
                    .count(entry.state?.failures ?? 0), .instant(entry.state?.nextAttempt), .text(entry.state?.lastError ?? ""), .text(entry.url),
                ]
            })
    }

    private static func state(_ entry: WayOutEntry, _ language: Language) -> Sheet.Value {
        guard let state = entry.state else { return .code("new", title: language.choose("chưa dùng", "new"), tone: .faint) }
        if state.failures > 0 { return .code("failing", title: language.choose("có lỗi", "failing"), tone: .critical) }
        return .code("ok", title: language.choose("tốt", "ok"), tone: .good)
    }
}
