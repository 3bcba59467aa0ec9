import Control
import Model
import Reports
import Store

/// How many addresses of failed log-ins the status shows.
private let mostAddresses = 20

extension Desk {
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
