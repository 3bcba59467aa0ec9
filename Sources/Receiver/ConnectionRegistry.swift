import NIOCore
import Settings
import Synchronization

/// The connections there are, so that idle ones can make room and all can be told of the end.
final class ConnectionRegistry: Sendable {
    private struct State {
        var table = ConnectionTable()
        var channels: [Int: any Channel] = [:]
        var lastID = 0
        var isEnding = false
        var emptied: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Whether the end has begun: what still comes is answered and closed.
    var isEnding: Bool { state.withLock { $0.isEnding } }

    /// How many there are.
    var count: Int { state.withLock { $0.channels.count } }

    /// Enters a new connection, closing an idle one for it where bounds are reached; nil when it cannot be taken.
    func open(_ channel: any Channel, from address: String, _ limits: PushLimits) -> Int? {
        let (id, evicted) = state.withLock { state -> (Int?, (any Channel)?) in
            state.lastID += 1
            let id = state.lastID
            switch state.table.open(id, from: address, most: limits.connections, mostPerAddress: limits.connectionsPerAddress) {
            case .refused: return (nil, nil)
            case .accepted:
                state.channels[id] = channel
                return (id, nil)
            case .replacing(let oldest):
                state.channels[id] = channel
                return (id, state.channels.removeValue(forKey: oldest))
            }
        }
        evicted?.close(promise: nil)
        guard let id else { return nil }
        channel.closeFuture.whenComplete { [self] _ in closed(id) }
        return id
    }

    /// A request's header has come on this connection.
    func works(_ id: Int) { state.withLock { $0.table.works(id) } }

    /// Its answer has been written.
    func rests(_ id: Int) { state.withLock { $0.table.rests(id) } }

    /// Ends idle connections now and the others, new ones among them, after their answers; returns when all are gone.
    func end() async {
        let channels = state.withLock { state in
            state.isEnding = true
            return Array(state.channels.values)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.channels.isEmpty { state.emptied.append(continuation) }
                return state.channels.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }

    private func closed(_ id: Int) {
        let emptied = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.table.close(id)
            state.channels[id] = nil
            guard state.channels.isEmpty else { return [] }
            defer { state.emptied = [] }
            return state.emptied
        }
        for continuation in emptied { continuation.resume() }
    }
}
