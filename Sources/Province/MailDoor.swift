import Synchronization

/// Counts who is in the mail server, so that clients that connect and stay cannot use up the machine.
final class MailDoor: Sendable {
    static let mostConnections = 64

    private let inside = Mutex(0)

    /// Returns whether there was room; who got in must `leave` once.
    func enter() -> Bool {
        inside.withLock { inside in
            guard inside < MailDoor.mostConnections else { return false }
            inside += 1
            return true
        }
    }

    func leave() { inside.withLock { $0 -= 1 } }
}
