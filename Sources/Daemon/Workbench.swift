import Dispatch
import Receiver
import Synchronization

/// Runs work that computes or reads for a while on threads of its own, a bounded number at once, senders in turns: off the cooperative pool, and
/// beside the commit.
final class Workbench: Sendable {
    private struct State {
        var queue = FairQueue<@Sendable () -> Void>()
        var running = 0
    }

    private let width: Int
    private let threads = DispatchQueue(label: "dondoc.push.check", attributes: .concurrent)
    private let state = Mutex(State())

    init(width: Int) {
        self.width = max(1, width)
    }

    /// Returns what the work returns. How much may wait is bounded by who may push: the receiver's gate.
    func run<Answer: Sendable>(for sender: String, _ work: @escaping @Sendable () -> Answer) async -> Answer {
        await withCheckedContinuation { continuation in
            state.withLock { $0.queue.append({ continuation.resume(returning: work()) }, of: sender) }
            begin()
        }
    }

    private func begin() {
        let work: (@Sendable () -> Void)? = state.withLock { state in
            guard state.running < width, let work = state.queue.next() else { return nil }
            state.running += 1
            return work
        }
        guard let work else { return }
        threads.async { [self] in
            work()
            state.withLock { $0.running -= 1 }
            begin()
        }
    }
}
