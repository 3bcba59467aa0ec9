import Model

/// How dondoc is, gathered by the daemon, or by the command line from the file alone.
public struct ServiceStatus: Sendable {
    public var version: String
    /// Nil when the answer comes from the file and no daemon was asked.
    public var startedAt: Instant?
    /// The configuration directory.
    public var configuration: String
    public var configurationLoadedAt: Instant?
    /// When the last reload was refused; nil after a good one.
    public var reloadRefusedAt: Instant?
    /// Why it was refused, a line each: `rules.yaml:12:9: unknown key 'treshold'…`.
    public var reloadProblems: [String] = []
    /// The keys of dondoc.yaml whose new values wait for a restart; empty when the daemon goes by the whole of it.
    public var waitsForRestart: [String] = []
    /// What the operator should know although everything runs.
    public var warnings: [String] = []
    /// The stores that get a copy of the figures; empty when there are none.
    public var remoteWrite: [RemoteWriteEntry] = []
    /// The systems beside the letters that hear of alerts; empty when there are none.
    public var waysOut: [WayOutEntry] = []
    /// Who may push or has pushed; empty when nobody may.
    public var pushers: [PusherEntry] = []
    /// Who tried to push and was not let in.
    public var failedLogins: [FailedLoginEntry] = []
    /// The mailbox for bounces and answers; nil when there is none.
    public var mailbox: MailboxEntry?
    /// The database file.
    public var store: String
    public var storeBytes: Int64
    public var cells: Int64
    public var deliveries: Int64
    public var sources: [SourceEntry]
    public var alertsFiring: Int
    public var alertsPending: Int
    public var lettersQueued: Int
    public var lettersFailed: Int

    public init(
        version: String, startedAt: Instant?, configuration: String, configurationLoadedAt: Instant?, store: String, storeBytes: Int64, cells: Int64,
        deliveries: Int64, sources: [SourceEntry], alertsFiring: Int, alertsPending: Int, lettersQueued: Int, lettersFailed: Int
    ) {
        self.version = version
        self.startedAt = startedAt
        self.configuration = configuration
        self.configurationLoadedAt = configurationLoadedAt
        self.store = store
        self.storeBytes = storeBytes
        self.cells = cells
        self.deliveries = deliveries
        self.sources = sources
        self.alertsFiring = alertsFiring
        self.alertsPending = alertsPending
        self.lettersQueued = lettersQueued
        self.lettersFailed = lettersFailed
    }
}

/// The daemon, its configuration and its store at a glance, and the heartbeat of each source.
public enum StatusReport {
    public static let layout = ReportLayout(
        "status",
        [
            ReportColumn("state", "Dịch vụ", "Service", "running, or offline when the file was read without the daemon"),
            ReportColumn("version", "Phiên bản", "Version", "dondoc's version"),
            ReportColumn("started", "Khởi động lúc", "Started", "when the daemon started"),
            ReportColumn("configuration", "Cấu hình", "Configuration", "the configuration directory"),
            ReportColumn("configuration_loaded", "Nạp cấu hình lúc", "Loaded", "when the running configuration was loaded"),
            ReportColumn(
                "reload", "Nạp lại", "Reload",
                "ok; waiting: keys of dondoc.yaml that only a start reads have changed; refused: the files on disk are broken and the older set keeps running"
            ),
            ReportColumn("reload_refused", "Từ chối nạp lúc", "Reload refused", "when the last reload was refused"),
            ReportColumn("store", "Kho dữ liệu", "Store", "the database file"),
            ReportColumn("store_bytes", "Số byte", "Bytes", "its size"),
            ReportColumn("cells", "Số giá trị", "Values", "how many values are stored"),
            ReportColumn("deliveries", "Số lần nhận", "Deliveries", "how many deliveries are known"),
            ReportColumn("sources", "Số nguồn", "Sources", "how many sources are configured"),
            ReportColumn("sources_failing", "Nguồn có lỗi", "Sources failing", "how many of them fail or never delivered"),
            ReportColumn("alerts_firing", "Đang đôn đốc", "Alerts firing", "alerts that agencies are told of"),
            ReportColumn("alerts_pending", "Chờ xác nhận", "Alerts pending", "alerts that may still go away"),
            ReportColumn("letters_queued", "Thư chờ gửi", "Letters queued", "letters on their way"),
            ReportColumn("letters_failed", "Thư không gửi được", "Letters failed", "letters that were given up"),
        ])

    public static func document(_ status: ServiceStatus, language: Language) -> Document {
        var blocks: [Document.Block] = [.sheet(layout.record("dondoc", language, row(status, language)))]
        if status.reloadRefusedAt != nil {
            blocks.append(
                .text(
                    language.choose(
                        "Cấu hình trên đĩa có lỗi; bộ cấu hình cũ vẫn chạy. Sửa các lỗi sau rồi chạy systemctl reload dondocd:",
                        "The configuration on disk is broken and the older set keeps running. Correct these, then systemctl reload dondocd:")))
            blocks.append(.verbatim(status.reloadProblems.joined(separator: "\n")))
        }
        if !status.waitsForRestart.isEmpty {
            let keys = status.waitsForRestart.joined(separator: ", ")
            blocks.append(
                .text(
                    language.choose(
                        "Các khóa sau của dondoc.yaml chỉ được đọc khi khởi động; giá trị mới chờ systemctl restart dondocd: \(keys).",
                        "These keys of dondoc.yaml are read at a start only, and their new values wait for systemctl restart dondocd: \(keys).")))
        }
        blocks += status.warnings.map { .text($0) }
        blocks.append(.sheet(SourcesReport.sheet(status.sources, language: language)))
        if let mailbox = status.mailbox { blocks.append(.sheet(MailboxReport.sheet(mailbox, language: language))) }
        if !status.remoteWrite.isEmpty { blocks.append(.sheet(RemoteWriteReport.sheet(status.remoteWrite, language: language))) }
        if !status.waysOut.isEmpty { blocks.append(.sheet(WaysOutReport.sheet(status.waysOut, language: language))) }
        if !status.pushers.isEmpty { blocks.append(.sheet(PushersReport.sheet(status.pushers, language: language))) }
        if !status.failedLogins.isEmpty { blocks.append(.sheet(FailedLoginsReport.sheet(status.failedLogins, language: language))) }
        return Document(blocks)
    }

    private static func row(_ status: ServiceStatus, _ language: Language) -> [Sheet.Value] {
        let failing = status.sources.count { $0.health == .failing || $0.health == .never }
        return [
            status.startedAt == nil
                ? .code("offline", title: language.choose("đọc từ tệp, không hỏi dịch vụ", "read from the file, daemon not asked"), tone: .warning)
                : .code("running", title: language.choose("đang chạy", "running"), tone: .good),
            .text(status.version), .instant(status.startedAt), .text(status.configuration), .instant(status.configurationLoadedAt),
            reload(status, language), .instant(status.reloadRefusedAt), .text(status.store), .integer(status.storeBytes), .integer(status.cells),
            .integer(status.deliveries),
            .count(status.sources.count), .count(failing), .count(status.alertsFiring), .count(status.alertsPending), .count(status.lettersQueued),
            .count(status.lettersFailed),
        ]
    }

    private static func reload(_ status: ServiceStatus, _ language: Language) -> Sheet.Value {
        if status.reloadRefusedAt != nil { return .code("refused", title: language.choose("bị từ chối", "refused"), tone: .critical) }
        return status.waitsForRestart.isEmpty
            ? .code("ok", title: language.choose("tốt", "ok"), tone: .good)
            : .code("waiting", title: language.choose("chờ khởi động lại", "waits for a restart"), tone: .warning)
    }
}
