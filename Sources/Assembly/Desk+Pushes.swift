import Control
import Model
import Prometheus
import Reports
import Store

/// How many addresses of failed log-ins the status shows.
private let mostAddresses = 20

/// What became of pushes since the daemon started.
public struct PushCounts: Sendable {
    /// By what the sender was told.
    public var pushes: [String: Int] = [:]
    /// By what became of them, of the pushes that were stored.
    public var observations: [String: Int] = [:]

    public init() {}
}

extension Desk {
    /// The families of the push interface; none where nothing can be pushed.
    func pushFamilies(_ daemon: DaemonFacts?) throws(StoreError) -> [MetricFamily] {
        let last = MetricFamily(
            "dondoc_push_last_timestamp_seconds", help: "When the sender's last push was stored.",
            samples: try store.lastPushes().sorted { $0.key < $1.key }.map { .init([Label("sender", $0.key)], $0.value.receivedAt.seconds) })
        guard let daemon, let counts = daemon.pushes else { return last.samples.isEmpty ? [] : [last] }
        let samples = { (label: String, numbers: [String: Int]) in
            numbers.sorted { $0.key < $1.key }.map { MetricFamily.Sample([Label(label, $0.key)], Double($0.value)) }
        }
        return [
            last,
            MetricFamily(
                "dondoc_pushes_total", .counter, help: "Pushes that came to the store's door since the daemon started, by what the sender was told.",
                samples: samples("result", counts.pushes)),
            MetricFamily(
                "dondoc_pushed_observations_total", .counter, help: "Observations of stored pushes since the daemon started, by what became of them.",
                samples: samples("outcome", counts.observations)),
            MetricFamily(
                "dondoc_pushes_waiting", help: "Pushes that are being checked, wait or are being stored.",
                samples: [.init([], Double(daemon.pushesWaiting.values.reduce(0, +)))]),
            MetricFamily(
                "dondoc_push_failed_logins", help: "Failed log-ins of the last day.",
                samples: [.init([], Double(daemon.failedLogins.reduce(0) { $0 + $1.count }))]),
        ]
    }

    /// The tokens that are accepted or expired; `all` adds those that were revoked.
    public func tokenList(all: Bool) throws(Failure) -> Document {
        let tokens = try reading { () throws(StoreError) in try store.pushTokens() }.map(\.token)
        let shown = tokens.filter { all || $0.revokedAt == nil }.sorted { ($0.sender.name, $0.id) < ($1.sender.name, $1.id) }
        return Document([.sheet(TokensReport.sheet(shown, at: now, language: language))])
    }

    /// Who may push or has pushed, in order of their names.
    func pushers(waiting: [String: Int]) throws(Failure) -> [PusherEntry] {
        let (kept, last) = try reading { () throws(StoreError) in (try store.pushTokens(), try store.lastPushes()) }
        let withToken = Set(kept.filter { $0.token.isAccepted(at: now) }.map(\.token.sender.name))
        return withToken.union(last.keys).union(waiting.keys).sorted().map {
            PusherEntry(name: $0, hasToken: withToken.contains($0), last: last[$0], waiting: waiting[$0] ?? 0)
        }
    }

    /// The busiest addresses.
    func failedLogins(_ daemon: DaemonFacts?) -> [FailedLoginEntry] { Array((daemon?.failedLogins ?? []).prefix(mostAddresses)) }

    /// Refuses the name of a sender that nobody has given a token and that never pushed.
    func requirePusher(_ name: String) throws(Failure) {
        let known = try reading { () throws(StoreError) in
            Set(try store.pushTokens().map(\.token.sender.name)).union(try store.lastPushes().keys)
        }
        guard !known.contains(name) else { return }
        throw unknown(LocalizedText(vietnamese: "bên gửi", english: "sender"), name, among: known)
    }
}
