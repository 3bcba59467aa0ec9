import Model
import Store
import Synchronization

/// The tokens in force, in memory: a push asks here and never the store.
final class PushTokenBook: Sendable {
    private struct State {
        var byPrefix: [String: [KeptPushToken]] = [:]
        /// Uses that are not yet in the store.
        var uses: [Int64: Instant] = [:]
    }

    private let state = Mutex(State())

    /// Takes the tokens as the store has them; called at the start and after each change.
    func reload(from store: Store) throws(StoreError) {
        let kept = try store.pushTokens()
        state.withLock { $0.byPrefix = Dictionary(grouping: kept, by: \.token.prefix) }
    }

    /// Whose token it is; nil for one that is unknown, expired or revoked. A token is digested and compared also when nothing has its prefix.
    func sender(_ text: String, at now: Instant) -> PushSender? {
        guard text.utf8.count <= PushTokenText.longest else { return nil }
        let digest = TokenDigest(of: text)
        return state.withLock { state in
            let candidates = state.byPrefix[PushTokenText.prefix(of: text)] ?? []
            var found: KeptPushToken?
            for candidate in candidates where candidate.digest.isSame(as: digest) { found = candidate }
            if candidates.isEmpty { _ = digest.isSame(as: digest) }
            guard let token = found?.token, token.isAccepted(at: now) else { return nil }
            state.uses[token.id] = now
            return token.sender
        }
    }

    /// From when on what came under a sender's name is its own. A name may have been given again, before that was refused, for other agencies or
    /// measures; what came under it then was somebody else's. Nil when its newest token, or a certificate of the same name, has
    /// another scope than the one who asks.
    func start(of sender: PushSender, beside certified: [PushSender]) -> Instant? {
        guard certified.allSatisfy({ $0.name != sender.name || $0.scope.isSame(as: sender.scope) }) else { return nil }
        let tokens = state.withLock { $0.byPrefix.values.joined().map(\.token) }.filter { $0.sender.name == sender.name }.sorted { $0.id < $1.id }
        guard tokens.contains(where: { !$0.sender.scope.isSame(as: sender.scope) }) else { return Instant(milliseconds: .min) }
        return tokens.reversed().prefix { $0.sender.scope.isSame(as: sender.scope) }.last?.createdAt
    }

    /// The uses since the last time, which the caller stores.
    func takeUses() -> [Int64: Instant] {
        state.withLock { state in
            defer { state.uses = [:] }
            return state.uses
        }
    }

    /// Takes uses back that could not be stored.
    func putBack(_ uses: [Int64: Instant]) {
        state.withLock { $0.uses.merge(uses) { newer, older in max(newer, older) } }
    }
}

/// The form of a token: `ddk_` and 32 random bytes in URL-safe base64, so that secret scanners and people know one when they see it.
enum PushTokenText {
    static let longest = 128

    /// A new one, from the kernel's random numbers.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return text((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// What a token is found by; it is no secret.
    static func prefix(of token: String) -> String { String(token.prefix(12)) }

    /// RFC 4648, section 5, without padding.
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0...group.count { text.append(digits[number >> (18 - 6 * place) & 63]) }
        }
        return "ddk_" + String(decoding: text, as: UTF8.self)
    }
}
