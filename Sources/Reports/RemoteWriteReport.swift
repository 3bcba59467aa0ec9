import Model

/// How one target of remote write stands, as far as it is known.
public struct RemoteWriteEntry: Hashable, Sendable {
    public let id: String
    public let url: String
    /// False until the daemon has tried for the first time.
    public var isKnown = false
    /// Deliveries that it has not got yet.
    public var pending: Int64 = 0
    public var sent: Int64 = 0
    public var refused: Int64 = 0
    /// The first day that is being sent, while the start of a target or a replay is under way.
    public var replayFrom: Day?
    public var lastSuccess: Instant?
    public var failures = 0
    public var nextAttempt: Instant?
    public var lastError = ""

    public init(
        id: String, url: String, isKnown: Bool = false, pending: Int64 = 0, sent: Int64 = 0, refused: Int64 = 0, replayFrom: Day? = nil,
        lastSuccess: Instant? = nil, failures: Int = 0, nextAttempt: Instant? = nil, lastError: String = ""
    ) {
        self.id = id
        self.url = url
        self.isKnown = isKnown
        self.pending = pending
        self.sent = sent
        self.refused = refused
        self.replayFrom = replayFrom
        self.lastSuccess = lastSuccess
        self.failures = failures
        self.nextAttempt = nextAttempt
        self.lastError = lastError
    }
}

/// The stores that get a copy of the figures, and how far each has got.
public enum RemoteWriteReport {
    public static let layout = ReportLayout(
        "remote-write",
        [
            ReportColumn("target", "Đích", "Target", "the target's id, which remote-write replay takes"),
            ReportColumn("state", "Trạng thái", "State", "new, sending, current or failing"),
            ReportColumn("pending_deliveries", "Lần nhận chờ gửi", "Deliveries to send", "deliveries that it has not got yet"),
            ReportColumn("samples_sent", "Số mẫu đã gửi", "Samples sent", "samples that it has taken, repeats included"),
            ReportColumn("samples_refused", "Số mẫu bị từ chối", "Samples refused", "samples that it has refused for good"),
            ReportColumn("from", "Gửi từ ngày", "Sending from", "the first day sent, while a backfill or a replay is under way"),
            ReportColumn("last_success", "Nhận gần nhất", "Last taken", "when it last took samples"),
            ReportColumn("failures", "Lỗi liên tiếp", "Failures", "failed requests in a row", isDetail: true),
            ReportColumn("next_attempt", "Thử lại lúc", "Next attempt", "when it is tried again after a failure"),
            ReportColumn("last_error", "Lỗi gần nhất", "Last error", "what went wrong last; empty after a success"),
            ReportColumn("url", "Địa chỉ", "Address", "where samples are sent", isDetail: true),
        ])

    /// In the order given.
    public static func sheet(_ entries: [RemoteWriteEntry], language: Language) -> Sheet {
        var notes: [String] = []
        if entries.isEmpty {
            notes.append(
                language.choose(
                    "Chưa cấu hình đích nào: xem remote_write trong docs/metrics.md.", "No target is configured: see remote_write in docs/metrics.md."
                ))
        }
        if entries.contains(where: { $0.refused > 0 }) {
            notes.append(
                language.choose(
                    "Mẫu bị từ chối: xem lý do bằng dondoc findings list --kind remote-write-refused, sửa ở đích, rồi chạy dondoc remote-write replay ĐÍCH "
                        + "--from NGÀY.",
                    "Refused samples: see why with dondoc findings list --kind remote-write-refused, mend the target, then run dondoc remote-write "
                        + "replay TARGET --from DAY."))
        }
        return layout.sheet("Remote write", language, rows: entries.map { row($0, language) }, notes: notes)
    }

    private static func row(_ entry: RemoteWriteEntry, _ language: Language) -> [Sheet.Value] {
        [
            .text(entry.id), state(entry, language), .integer(entry.isKnown ? entry.pending : nil), .integer(entry.sent), .integer(entry.refused),
            .day(entry.replayFrom), .instant(entry.lastSuccess), .count(entry.failures), .instant(entry.nextAttempt), .text(entry.lastError),
            .text(entry.url),
        ]
    }

    private static func state(_ entry: RemoteWriteEntry, _ language: Language) -> Sheet.Value {
        if !entry.isKnown { return .code("new", title: language.choose("mới", "new"), tone: .faint) }
        if entry.failures > 0 { return .code("failing", title: language.choose("có lỗi", "failing"), tone: .critical) }
        if entry.pending > 0 { return .code("sending", title: language.choose("đang gửi", "sending"), tone: .plain) }
        return .code("current", title: language.choose("đã gửi hết", "current"), tone: .good)
    }
}
