import Model
import Settings
import Synchronization

/// What is counted across all connections: requests and wrong log-ins by address and sender, bytes of bodies and pushes at work by
/// sender. Here alone it is decided whether there is room for a push.
final class Gate: Sendable {
    private struct State {
        var addresses = RateLimiter()
        var senders = RateLimiter()
        var logins = LoginGuard()
        var bodies = FairRoom()
        var pushes = FairRoom()
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

    /// Sets bytes aside for a body; false when all bodies together, or those of its sender, hold too much already.
    ///
    /// Of a sender who is not known yet nothing needs to be counted: reading stops at a header until its sender is, so that a connection has no more
    /// of a body than came with the header in one go.
    func holds(_ count: Int, of sender: String, _ limits: PushLimits) -> Bool {
        state.withLock { $0.bodies.take(count, of: sender, in: limits.bodies, little: limits.body) }
    }

    /// Gives bytes back that `holds` set aside.
    func releases(_ count: Int, of sender: String) { state.withLock { $0.bodies.giveBack(count, of: sender) } }

    /// Whether one more push of a sender may be worked on; `leaves` must follow when it is true.
    func enters(_ sender: String, _ limits: PushLimits) -> Bool {
        state.withLock { $0.pushes.take(1, of: sender, in: limits.queue, little: 1) }
    }

    /// A push has been answered.
    func leaves(_ sender: String) { state.withLock { $0.pushes.giveBack(1, of: sender) } }

    /// Whether a push with so long a body would find no room now; asked before its body is read.
    func isFull(for sender: String, body: Int, _ limits: PushLimits) -> Bool {
        state.withLock { state in
            !state.pushes.fits(1, of: sender, in: limits.queue, little: 1)
                || !state.bodies.fits(body, of: sender, in: limits.bodies, little: limits.body)
        }
    }
}
