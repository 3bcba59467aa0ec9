import Model
import Synchronization

/// Wakes the one task that waits for it. Ringing while nobody waits is remembered once; ringing twice is ringing once.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiter: (id: Int, continuation: CheckedContinuation<Void, Never>)?
        var lastID = 0
    }

    private let state = Mutex(State())

    func ring() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRung = true }
            return state.waiter
        }
        waiter?.continuation.resume()
    }

    /// Returns when the bell rings, at once when it has rung since the last wait, or when the task is cancelled.
    func wait() async {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiter = (id, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard let waiter = state.waiter, waiter.id == id else { return nil }
                state.waiter = nil
                return waiter.continuation
            }
            waiter?.resume()
        }
    }

    /// Returns at the instant, or earlier when the bell rings or the task is cancelled.
    func wait(until instant: Instant, by time: TimeSource) async {
        await withTaskGroup(of: Void.self) { group in
            // A cancelled sleep is the bell's doing, or the shutdown's; both are looked at by whoever waits.
            group.addTask { try? await time.sleep(instant) }
            group.addTask { await self.wait() }
            await group.next()
            group.cancelAll()
        }
    }
}
