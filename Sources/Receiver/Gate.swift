import Model
import Settings
import Synchronization

/// What is counted across all connections: requests and wrong log-ins by address and sender, bytes of bodies, pushes at work.
final class Gate: Sendable {
    private struct State {
        var addresses = RateLimiter()
        var senders = RateLimiter()
        var logins = LoginGuard()
        var bytes = 0
        var pushes = 0
    }

    private let state = Mutex(State())

    /// A request came from an address; a problem when it must not be looked at.
    func arrived(from address: String, _ limits: PushLimits, at now: Instant) -> PushProblem? {
        state.withLock { state in
            if let wait = state.addresses.take(address, perMinute: limits.requestsPerMinutePerAddress, at: now) {
                return .tooManyRequests(retryAfter: wait)
            }
            if let wait = state.logins.wait(address, most: limits.failedLogins, at: now) { return .tooManyFailedLogins(retryAfter: wait) }
            return nil
        }
    }

    /// A request of a sender who is known.
    func arrived(_ sender: PushSender, _ limits: PushLimits, at now: Instant) -> PushProblem? {
        state.withLock { $0.senders.take(sender.name, perMinute: limits.requestsPerMinute, at: now) }
            .map { .tooManyRequests(retryAfter: $0) }
    }

    /// Counts a wrong log-in.
    func failedLogin(from address: String, _ limits: PushLimits, at now: Instant) {
        state.withLock { $0.logins.failed(address, lockout: limits.lockout, at: now) }
    }

    /// Sets bytes aside for a body; false when all bodies together hold too much already.
    func holds(_ count: Int, _ limits: PushLimits) -> Bool {
        state.withLock { state in
            guard state.bytes + count <= limits.bodies else { return false }
            state.bytes += count
            return true
        }
    }

    /// Gives bytes back that `holds` set aside.
    func releases(_ count: Int) { state.withLock { $0.bytes -= count } }

    /// Whether one more push may be worked on; `leaves` must follow when it is true.
    func enters(_ limits: PushLimits) -> Bool {
        state.withLock { state in
            guard state.pushes < limits.queue else { return false }
            state.pushes += 1
            return true
        }
    }

    /// A push has been answered.
    func leaves() { state.withLock { $0.pushes -= 1 } }

    /// Whether a push that came now would find the queue full; asked before its body is read.
    func isFull(_ limits: PushLimits) -> Bool {
        state.withLock { $0.pushes >= limits.queue || $0.bytes >= limits.bodies }
    }
}
