import Model
import NIOPosix
import Synchronization

/// Unpacks and decodes bodies on threads of its own, a few at once, senders in turns. What is decoded counts until its push is answered, and nothing
/// is begun while that is too much: a body that waits is as small as it came, and one that is decoded may be a hundred times as large.
///
///     read ─▶ waits, packed ─▶ decoded on a thread ─▶ (checked, stored) ─▶ answered
///                   ▲                                                         │
///                   └──────────────── until there is room ◀───────────────────┘
final class DecodingBench: Sendable {
    /// So many bodies are decoded at once; each may need the whole unpacked size.
    static let width = 2

    /// What waits, is being decoded, and how much is decoded and not yet answered.
    struct Load: Equatable {
        var waiting = 0
        var decoding = 0
        var decoded = 0
    }

    private struct State {
        var waiting = FairQueue<@Sendable (NIOThreadPool.WorkItemState) -> Void>()
        var decoding = 0
        var decoded = 0
        /// Nothing is begun while `decoded` is not below it; by the newest limits.
        var most = 0
    }

    private let reader: BodyReader
    private let threads: NIOThreadPool
    private let state = Mutex(State())

    /// - Parameter threads: at least `width` of them, which run; whoever made them stops them.
    init(reader: BodyReader, threads: NIOThreadPool) {
        self.reader = reader
        self.threads = threads
    }

    var load: Load { state.withLock { Load(waiting: $0.waiting.count, decoding: $0.decoding, decoded: $0.decoded) } }

    /// Returns what the body holds; `answered` must follow when that is something. Fails with `stopping` once the threads have stopped.
    func read(_ body: [UInt8], _ order: PushOrder) async -> Result<PushedObservations, PushProblem> {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.most = order.limits.unpackedBody
                state.waiting.append(
                    { [self] work in
                        let result = work == .active ? decoded(body, order) : .failure(.stopping)
                        ended(result)
                        continuation.resume(returning: result)
                    }, of: order.sender.name)
            }
            begin()
        }
    }

    /// The push with these observations has been answered.
    func answered(_ observations: PushedObservations) {
        state.withLock { $0.decoded -= observations.weight }
        begin()
    }

    private func decoded(_ body: [UInt8], _ order: PushOrder) -> Result<PushedObservations, PushProblem> {
        do throws(PushProblem) { return .success(try reader.read(body, order)) } catch { return .failure(error) }
    }

    private func ended(_ result: Result<PushedObservations, PushProblem>) {
        let weight = if case .success(let observations) = result { observations.weight } else { 0 }
        state.withLock { state in
            state.decoding -= 1
            state.decoded += weight
        }
        begin()
    }

    private func begin() {
        while let work = next() { threads.submit(work) }
    }

    private func next() -> (@Sendable (NIOThreadPool.WorkItemState) -> Void)? {
        state.withLock { state in
            guard state.decoding < DecodingBench.width, state.decoded < state.most, let work = state.waiting.next() else { return nil }
            state.decoding += 1
            return work
        }
    }
}

extension PushedObservations {
    /// About how many bytes they take until their push is answered, with what checking and storing makes of them. Names are as long as their sender
    /// likes.
    var weight: Int { count * 256 + agencies.reduce(0) { $0 + $1.utf8.count } + measures.reduce(0) { $0 + $1.utf8.count } }
}
