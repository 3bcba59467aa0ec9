import Control
import Model
import Reports
import Store

extension Desk {
    func sourcesList() throws(Failure) -> Document {
        Document([.sheet(SourcesReport.sheet(try sourceEntries(), language: language))])
    }

    func sourcesShow(_ id: String) throws(Failure) -> Document {
        _ = try source(id)
        let entries = try sourceEntries()
        guard let entry = entries.first(where: { $0.id == id }) else { throw unknownSource(id) }
        let deliveries = try reading { () throws(StoreError) in try store.deliveries(source: id, limit: 20) }
        let findings = try reading { () throws(StoreError) in try store.findings(source: id, limit: 20) }
        return SourcesReport.document(entry, deliveries: deliveries, findings: findings, language: language)
    }

    /// What a sample would store. Without a sample the outside must be asked, which only the daemon does.
    func sourcesTest(_ id: String, sample: Payload?) throws(Failure) -> Document {
        let source = try self.source(id)
        guard let sample else {
            throw Failure(
                .refused,
                language == .vietnamese ? "chỉ dondocd đang chạy mới hỏi được nguồn" : "only a running dondocd can ask the source",
                hint: language == .vietnamese ? "đưa tệp mẫu bằng --file" : "give a sample with --file")
        }
        return try SourceTrial(configuration: configuration, store: store, today: today).document(source, bytes: sample.bytes, language: language)
    }

    /// How the daemon, its sources and its store are.
    ///
    /// - Parameter daemon: what only the daemon itself knows; nil when the file is read without it.
    public func status(daemon: DaemonFacts?) throws(Failure) -> Document {
        let statistics = try reading { () throws(StoreError) in try store.statistics() }
        let alerts = try reading { () throws(StoreError) in try store.alerts() }
        let queued = try reading { () throws(StoreError) in try store.outbox(state: .queued, limit: longestCount) }
        let failed = try reading { () throws(StoreError) in try store.outbox(state: .failed, limit: longestCount) }
        var status = ServiceStatus(
            version: Desk.version, startedAt: daemon?.startedAt, configuration: configuration.directory,
            configurationLoadedAt: daemon?.loadedAt, store: store.path, storeBytes: Int64(statistics.fileBytes),
            cells: Int64(statistics.cells), deliveries: Int64(statistics.deliveries), sources: try sourceEntries(),
            alertsFiring: alerts.count { $0.state == .firing }, alertsPending: alerts.count { $0.state == .pending }, lettersQueued: queued.count,
            lettersFailed: failed.count)
        status.reloadRefusedAt = daemon?.reloadRefusedAt
        status.reloadProblems = daemon?.reloadProblems ?? []
        status.warnings = configuration.warnings(language) + configuration.warnings(on: today, language)
        status.warnings += CalendarRemarksReport.summary(try calendarRemarks(), language: language)
        status.mailbox = try mailboxEntry()
        status.remoteWrite = try remoteWriteEntries()
        status.waysOut = try wayOutEntries()
        status.pushers = try pushers(waiting: daemon?.pushesWaiting ?? [:])
        status.failedLogins = failedLogins(daemon)
        status.waitsForRestart = daemon?.waitsForRestart ?? []
        if let trouble = daemon?.pushTrouble { status.warnings.insert(notListening(trouble), at: 0) }
        if status.waitsForRestart.contains("push") { status.warnings.insert(listensOn, at: 0) }
        if let error = daemon?.storeError { status.warnings.insert(error, at: 0) }
        return StatusReport.document(status, language: language)
    }

    private func notListening(_ trouble: (since: Instant, reason: String)) -> String {
        language == .vietnamese
            ? "Cổng nhận số liệu (push) không lắng nghe được từ \(trouble.since.vietnamese), các bên không gửi được số liệu; hệ thống thử lại mỗi phút: "
                + trouble.reason
            : "The push listener has not listened since \(trouble.since), and nobody can push figures; it tries again every minute: \(trouble.reason)"
    }

    /// The push section was taken out of a running daemon's dondoc.yaml.
    private var listensOn: String {
        language == .vietnamese
            ? "Mục push không còn trong dondoc.yaml nhưng cổng nhận số liệu vẫn mở đến khi khởi động lại dondocd: chứng thư không còn được nhận, token thì còn"
            : "dondoc.yaml has no push section any more, and the listener goes on until dondocd is restarted: certificates are refused, tokens are taken"
    }

    /// A configured source by its id.
    public func source(_ id: String) throws(Failure) -> Configuration.Source {
        guard let source = configuration.sources.first(where: { $0.settings.id == id }) else { throw unknownSource(id) }
        return source
    }

    /// Refuses what is neither a configured source, nor somebody who pushes, `push:NAME`, nor has ever brought anything, as `import:NAME` and
    /// `retraction` may have.
    func requireSource(_ id: String) throws(Failure) {
        if id.hasPrefix("push:") { return try requirePusher(String(id.dropFirst("push:".count))) }
        guard !configuration.sources.contains(where: { $0.settings.id == id }) else { return }
        let brought = try reading { () throws(StoreError) in try store.deliveries(source: id, limit: 1) }
        if brought.isEmpty { throw unknownSource(id) }
    }

    private func unknownSource(_ id: String) -> Failure {
        unknown(LocalizedText(vietnamese: "nguồn", english: "source"), id, among: configuration.sources.map(\.settings.id))
    }

    private func sourceEntries() throws(Failure) -> [SourceEntry] {
        let states = try reading { () throws(StoreError) in try store.sourceStates() }
        return configuration.sources.map { source in
            let settings = source.settings
            return SourceEntry(
                id: settings.id, title: settings.title, kind: settings.kind, isEnabled: settings.isEnabled, schedule: settings.schedule.text,
                state: states[settings.id])
        }
    }
}

/// Letters are counted up to here for the status.
private let longestCount = 10_000

/// What only a running daemon knows of itself.
public struct DaemonFacts: Sendable {
    public var startedAt: Instant
    public var loadedAt: Instant
    public var reloadRefusedAt: Instant?
    public var reloadProblems: [String]
    /// The keys of dondoc.yaml whose new values wait for a restart.
    public var waitsForRestart: [String] = []
    /// Why the push listener does not listen, and since when; nil while it does.
    public var pushTrouble: (since: Instant, reason: String)?
    /// What the store could not do in the last pass.
    public var storeError: String?
    /// Passes since the start, and when the last one ended.
    public var passes = 0
    public var lastPassEnded: Instant?
    /// What became of pushes since the start; nil when none are taken.
    public var pushes: PushCounts?
    /// Pushes that are inside, by sender.
    public var pushesWaiting: [String: Int] = [:]
    /// Failed log-ins of the last day, the busiest address first.
    public var failedLogins: [FailedLoginEntry] = []

    public init(startedAt: Instant, loadedAt: Instant, reloadRefusedAt: Instant? = nil, reloadProblems: [String] = [], storeError: String? = nil) {
        self.startedAt = startedAt
        self.loadedAt = loadedAt
        self.reloadRefusedAt = reloadRefusedAt
        self.reloadProblems = reloadProblems
        self.storeError = storeError
    }
}
