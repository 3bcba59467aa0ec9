import Assembly
import Model
import Prometheus
import Settings
import Store
import Transport

/// Brings one target up to date, as far as it goes in one go: cells delivery by delivery, then readings.
///
///     delivery_reach ─▶ cells that the delivery brought ─▶ samples ─▶ batch ─▶ target
///     remote_write   ◀─ the last delivery that is wholly in batches that the target has taken or refused
///
/// The figures are the queue: nothing waits anywhere else, so a crash or an outage of any length loses nothing and costs no room. What was sent
/// but not yet written down is sent again.
struct RemoteWriteRound: Sendable {
    struct Result: Sendable {
        var taken = 0
        var refused = 0
        /// Whether there is more to send at once; the round was long enough.
        var hasMore = false
        /// What stopped it, empty when nothing did.
        var error = ""
        /// What the target said of samples that it refused; empty when it took all.
        var refusal = ""
        /// Failures in a row, this one included.
        var failures = 0
    }

    /// After so long a round gives way to the other targets.
    static let longestRound = Duration.seconds(60)

    let target: RemoteWriteSettings
    let core: CoreSettings
    let store: Store
    let request: RemoteWriteRequest
    let time: TimeSource
    let jitter: @Sendable (Duration) -> Duration
    /// False once the daemon is stopping.
    let goesOn: @Sendable () -> Bool
    /// Whether the readings rest on all that the sources had to give; half a backfill would send figures that are wrong a minute later.
    let isSettled: Bool

    func run() async throws(StoreError) -> Result {
        let now = time.now()
        let (stored, newest) = try await store.reading { [target] store throws(StoreError) in
            (try store.remoteWriteStates()[target.id], try store.newestDelivery())
        }
        let first = stored ?? start(newest: newest, at: now)
        var sending = RemoteWriteSending(round: self, state: first, stored: stored, until: now + RemoteWriteRound.longestRound)
        if stored == nil { try await sending.store() }
        if let next = first.nextAttempt, next > now { return sending.result }
        try await sending.cells(through: newest)
        if sending.goesOn, isSettled { try await sending.readings(through: newest) }
        return sending.result
    }

    /// Where a new target begins: with everything from its first day on, or with what comes from now on.
    private func start(newest: DeliveryID, at now: Instant) -> RemoteWriteState {
        RemoteWriteState(
            target: target.id, cells: target.backfillFrom == nil ? newest : DeliveryID(0), readings: newest,
            readingsBefore: target.backfillFrom ?? (now - target.settle).day)
    }
}
