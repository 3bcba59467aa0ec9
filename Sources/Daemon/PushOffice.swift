import Model
import Store
import Synchronization

/// What pushing keeps for as long as the daemon lives, shared by those who take pushes, those who keep the tokens and those who report.
struct PushOffice: Sendable {
    let store: Store
    let tokens: PushTokenBook
    let logins: LoginLedger
    let commits: PushCommits
    let bench: Workbench
    let tally = PushTally()

    /// - Parameters:
    ///   - width: how many pushes are checked beside each other.
    ///   - changed: told, after each commit that changed figures, of the last delivery before it.
    init(store: Store, width: Int, changed: @escaping @Sendable (DeliveryID) -> Void) throws(StoreError) {
        self.store = store
        tokens = PushTokenBook()
        logins = LoginLedger()
        bench = Workbench(width: width)
        commits = PushCommits(store: store) { outcomes in
            if let first = outcomes.compactMap(\.changedFigures).min() { changed(DeliveryID(first.number - 1)) }
        }
        try tokens.reload(from: store)
    }
}

extension PushOutcome {
    /// The delivery, when it changed figures.
    fileprivate var changedFigures: DeliveryID? {
        guard case .recorded(let recorded) = self, recorded.outcome.stored + recorded.outcome.restated > 0 else { return nil }
        return recorded.id
    }
}

/// The failed log-ins, behind a lock.
final class LoginLedger: Sendable {
    private let failed = Mutex(FailedLogins())

    func note(_ address: String, at now: Instant) { failed.withLock { $0.note(address, at: now) } }

    /// The addresses of the last day, the busiest first.
    func entries(at now: Instant) -> [FailedLogins.Entry] { failed.withLock { $0.entries(at: now) } }
}
