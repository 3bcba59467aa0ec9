import Assembly
import Model
import Receiver
import Synchronization

/// Counts what became of pushes since the daemon started, for scrapers.
final class PushTally: Sendable {
    private let counts = Mutex(PushCounts())

    var current: PushCounts { counts.withLock { $0 } }

    func note(_ receipt: PushReceipt) {
        counts.withLock { counts in
            guard !receipt.isRepeat else { return counts.pushes["repeated", default: 0] += 1 }
            counts.pushes["stored", default: 0] += 1
            let observations = [
                ("stored", receipt.stored), ("unchanged", receipt.unchanged), ("restated", receipt.restated), ("refused", receipt.refused.count),
            ]
            for (outcome, number) in observations { counts.observations[outcome, default: 0] += number }
        }
    }

    func note(_ trouble: PushTrouble) { counts.withLock { $0.pushes[trouble.name, default: 0] += 1 } }
}

extension PushTrouble {
    /// How scrapers see it.
    fileprivate var name: String {
        switch self {
        case .busy: "busy"
        case .full: "full"
        case .failed: "failed"
        case .refused: "refused"
        case .keyReused: "key-reused"
        case .stopping: "stopping"
        }
    }
}
