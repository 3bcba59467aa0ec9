import Model
import Synchronization

/// How the cycle is doing, for the watchdog and for `dondoc status`.
final class Health: Sendable {
    struct State: Sendable {
        /// When the running pass began, nil between passes.
        var passBegan: Instant?
        /// The last sign of life within a pass.
        var lastMove: Instant?
        var lastPassEnded: Instant?
        /// What the store could not do in the last pass, nil when all was well.
        var lastError: String?
        var passes = 0
        /// Why the push listener does not listen, and since when; nil while it does, and when nothing is to be listened for.
        var pushTrouble: (since: Instant, reason: String)?
    }

    private let state = Mutex(State())

    var current: State { state.withLock { $0 } }

    func began(at now: Instant) {
        state.withLock { state in
            state.passBegan = now
            state.lastMove = now
        }
    }

    func moved(at now: Instant) {
        state.withLock { $0.lastMove = now }
    }

    func ended(at now: Instant, error: String?) {
        state.withLock { state in
            state.passBegan = nil
            state.lastPassEnded = now
            state.lastError = error
            state.passes += 1
        }
    }

    /// The push listener takes connections.
    func listens() {
        state.withLock { $0.pushTrouble = nil }
    }

    /// The push listener could not listen; of several attempts in a row the first one says since when.
    func cannotListen(_ reason: String, at now: Instant) {
        state.withLock { $0.pushTrouble = ($0.pushTrouble?.since ?? now, reason) }
    }

    /// Whether the daemon should still be trusted. A pass that reaches no step for this long hangs: every exchange with the outside has a
    /// deadline far below it.
    func isAlive(at now: Instant, patience: Duration = .seconds(900)) -> Bool {
        state.withLock { state in
            guard state.passBegan != nil, let lastMove = state.lastMove else { return true }
            return now - lastMove < patience
        }
    }
}
