import Model
import Store
import Synchronization

/// Brings checked pushes to disk: one commit at a time, and each takes what came while the one before was under way.
///
///     store ─┐
///     store ─┼─▶ lane ─▶ commit ─▶ every sender of it gets its answer
///     store ─┘    ▲        │
///                 └────────┘ until nothing waits
final class PushCommits: Sendable {
    private struct Waiting {
        let record: PushRecord
        let continuation: CheckedContinuation<PushOutcome, Never>
    }

    private struct State {
        var lane = PushLane<Waiting>()
        var inside: [String: Int] = [:]
        var isCommitting = false
    }

    private let store: Store
    /// Told of each commit's outcomes before their senders are.
    private let committed: @Sendable ([PushOutcome]) -> Void
    private let state = Mutex(State())

    init(store: Store, committed: @escaping @Sendable ([PushOutcome]) -> Void) {
        self.store = store
        self.committed = committed
    }

    /// How many pushes of each sender are inside: being checked, waiting or being stored.
    var waiting: [String: Int] { state.withLock { $0.inside } }

    /// Counts a push of a sender; `leave` follows when it is answered.
    func enter(_ sender: String) { state.withLock { $0.inside[sender, default: 0] += 1 } }

    /// Counts it no longer. A sender with nothing inside is not kept.
    func leave(_ sender: String) {
        state.withLock { state in
            let left = state.inside[sender, default: 1] - 1
            state.inside[sender] = left > 0 ? left : nil
        }
    }

    /// Returns when the push is on disk or was refused.
    func store(_ record: PushRecord, of sender: String, observations: Int) async -> PushOutcome {
        await withCheckedContinuation { continuation in
            let begins = state.withLock { state in
                state.lane.append(Waiting(record: record, continuation: continuation), of: sender, observations: observations)
                defer { state.isCommitting = true }
                return !state.isCommitting
            }
            // Not a child of the caller: when one sender gives up, the others of the commit still get their answers. It ends when nothing waits.
            if begins { Task { await drain() } }
        }
    }

    private func drain() async {
        while true {
            let batch = state.withLock { state in
                let batch = state.lane.nextBatch()
                state.isCommitting = !batch.isEmpty
                return batch
            }
            guard !batch.isEmpty else { return }
            let outcomes = await store.record(pushes: batch.map(\.record))
            committed(outcomes)
            for (waiting, outcome) in zip(batch, outcomes) { waiting.continuation.resume(returning: outcome) }
        }
    }
}
