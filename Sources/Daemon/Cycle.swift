import Assembly
import Connectors
import Indicators
import Ingest
import Logging
import Model
import Notify
import Rules
import Settings
import Store
import Transport

/// One pass of the daemon over everything that is due: the whole pipeline, top to bottom.
///
///     sources ─▶ Delivery ─▶ Row ─▶ Observation ─▶ store ─▶ Reading ─▶ Verdict ─▶ Transition ─▶ Notice ─▶ Letter ─▶ store ─▶ relay
///
/// Each arrow into the store is one transaction, so a crash between any two steps loses nothing that was acknowledged: an unstored delivery
/// is fetched again, unstored transitions are judged again, and a stored letter is handed over again with the same Message-ID.
struct Cycle: Sendable {
    let configuration: Configuration
    let store: Store
    let shelf: CellShelf
    let courier: Courier
    let time: TimeSource
    /// Draws a share of a duration.
    let jitter: @Sendable (Duration) -> Duration
    /// False once the daemon is stopping: what is begun is brought to an end, nothing new is begun.
    let goesOn: @Sendable () -> Bool
    /// Called at each named step; what it does there is the caller's business.
    let reached: @Sendable (Stage) async -> Void

    /// What a pass did, for the one log line of a healthy cycle and for `dondoc status`.
    struct Report: Sendable {
        var pulled: [PullResult] = []
        var judged: Judging.Result?
        var posted: Posting.Result = Posting.Result()

        /// Whether there is anything to say.
        var didSomething: Bool { !pulled.isEmpty || judged?.isNews == true || posted.isNews }
    }

    /// - Parameters:
    ///   - orders: sources that an operator asked for, with the days, whether or not they are due.
    ///   - unjudged: the last delivery before those that were pushed and are to be judged by now; nil when none are.
    /// - Throws: what the store could not do. Everything else is handled where it arises, as a finding or a later attempt.
    func run(orders: [PullOrder], judgingIsDue: Bool, unjudged: DeliveryID? = nil) async throws(StoreError) -> Report {
        var report = Report()

        // 1. Pull. Each window of each due source: fetch, decode, check, and store in one transaction. Sources run beside each other.
        let pull = Pull(configuration: configuration, store: store, courier: courier, time: time, jitter: jitter, goesOn: goesOn, reached: reached)
        report.pulled = try await pull.everythingDue(orders: orders)
        guard goesOn() else { return report }

        // 2. Judge and write. Rules over closed periods, everything when that is due and otherwise what the deliveries touched; transitions and the letters that tell of them in one transaction. Not while a source is
        // in the middle of its days: half a backfill looks like agencies that have not reported.
        let isInTheMiddle = report.pulled.contains { $0.rest != nil }
        if !isInTheMiddle, judgingIsDue || unjudged != nil || report.pulled.contains(where: \.changedFigures) {
            let judging = Judging(configuration: configuration, store: store, shelf: shelf, reached: reached)
            report.judged = try await judging.run(at: time.now(), onlyTouched: !judgingIsDue)
        }

        // 3. Post. Letters that are due go to the relay; its answer is stored.
        if let mail = configuration.core.province.mail {
            let posting = Posting(mail: mail, store: store, courier: courier, time: time, goesOn: goesOn, reached: reached)
            report.posted = try await posting.everythingDue()
        }
        return report
    }
}
