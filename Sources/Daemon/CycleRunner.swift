import Assembly
import Logging
import Model
import ServiceLifecycle
import Store
import Synchronization
import Transport

/// Runs passes of the cycle for as long as the daemon lives, and waits between them until something is due or the bell rings.
///
///     bell ◀── operators' orders, reload, shutdown
///      │
///      ▼
///     pass ──▶ report ──▶ one log line ──▶ wait until the earliest of: a source, the rules, a letter
///      ▲                                                  │
///      └──────────────────────────────────────────────────┘
final class CycleRunner: Service {
    private struct State {
        var orders: [PullOrder] = []
        var nextJudging: Instant?
        /// Somebody has changed what is to be told, perhaps while a pass was under way.
        var isJudgingOrdered = false
        /// The configuration that was last judged with, known by when it was loaded; a new one is judged at once.
        var judgedWith: Instant?
        var failures = 0
        var pushed = PushedFigures()
    }

    private let live: LiveConfiguration
    private let store: Store
    private let shelf: CellShelf
    private let courier: Courier
    private let time: TimeSource
    private let logger: Logger
    private let health: Health
    private let jitter: @Sendable (Duration) -> Duration
    private let reached: @Sendable (Stage) async -> Void
    /// Rung after each pass: one for each that waits for it.
    private let passed: [Bell]
    private let bell = Bell()
    private let state = Mutex(State())

    init(
        live: LiveConfiguration, store: Store, courier: Courier, time: TimeSource, health: Health, logger: Logger,
        jitter: @escaping @Sendable (Duration) -> Duration, reached: @escaping @Sendable (Stage) async -> Void, passed: [Bell]
    ) {
        self.passed = passed
        self.live = live
        self.store = store
        shelf = CellShelf(store: store)
        self.courier = courier
        self.time = time
        self.health = health
        self.logger = logger
        self.jitter = jitter
        self.reached = reached
    }

    /// Asks for a source to be pulled in the next pass, which begins at once when none is running.
    func order(_ order: PullOrder) {
        state.withLock { state in
            // One order per source is enough, and bounds the queue; the newest says what is wanted.
            state.orders.removeAll { $0.source == order.source }
            state.orders.append(order)
        }
        bell.ring()
    }

    /// Judges in a pass that begins at once: an operator has changed what is to be told.
    func judgeSoon() {
        state.withLock { $0.isJudgingOrdered = true }
        bell.ring()
    }

    /// Judges what pushes have touched, soon and not after each of them.
    ///
    /// - Parameter delivery: the last one before those that changed figures.
    func figuresCame(after delivery: DeliveryID) {
        let isFirst = state.withLock { $0.pushed.came(after: delivery, at: time.now()) }
        // The waiting runner learns of the earlier moment; later pushes change nothing about it.
        if isFirst { bell.ring() }
    }

    /// Begins a pass at once: a letter was requeued, a configuration swapped in.
    func wake() { bell.ring() }

    /// Whether a pass has ended since the start and no source is in the middle of its days.
    var isSettled: Bool { state.withLock { $0.orders.isEmpty } && health.current.passBegan == nil && health.current.passes > 0 }

    func run() async throws {
        await withGracefulShutdownHandler {
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                let wait = await pass()
                for bell in passed { bell.ring() }
                guard !Task.isShuttingDownGracefully else { break }
                await bell.wait(until: wait, by: time)
            }
        } onGracefulShutdown: {
            self.bell.ring()
        }
    }

    /// - Returns: when the next pass is due.
    private func pass() async -> Instant {
        let now = time.now()
        let live = live.current
        let (orders, judgingIsDue, unjudged) = state.withLock { state in
            defer {
                state.orders = []
                state.isJudgingOrdered = false
            }
            let isDue = state.isJudgingOrdered || state.judgedWith != live.loadedAt || (state.nextJudging.map { $0 <= now } ?? true)
            return (state.orders, isDue, state.pushed.take(at: now, isJudgedAnyway: isDue))
        }
        let cycle = Cycle(
            configuration: live.configuration, store: store, shelf: shelf, courier: courier, time: time, jitter: jitter,
            goesOn: { !Task.isShuttingDownGracefully && !Task.isCancelled },
            reached: { [health, reached, time] stage in
                health.moved(at: time.now())
                await reached(stage)
            })
        health.began(at: now)
        do throws(StoreError) {
            let report = try await cycle.run(orders: orders, judgingIsDue: judgingIsDue, unjudged: unjudged)
            let nextReport = try live.configuration.core.province.mail.flatMap { mail throws(StoreError) in
                ReportRound.nextDue(mail, try store.writtenReports(), at: now)
            }
            health.ended(at: time.now(), error: nil)
            log(report, since: now)
            state.withLock { state in
                // An order that an operator gave meanwhile is newer than the rest of this one.
                for result in report.pulled where !state.orders.contains(where: { $0.source == result.source }) {
                    if let rest = result.rest { state.orders.append(PullOrder(source: result.source, days: rest)) }
                }
                state.failures = 0
                if report.judged == nil, let unjudged { state.pushed.putBack(unjudged, at: time.now()) }
                // What an earlier part of a long run changed is judged when its last part has come.
                if report.pulled.contains(where: { $0.rest != nil }) { state.nextJudging = nil }
                // After a judging of what was touched everything is still due when it was.
                guard report.judged != nil, judgingIsDue else { return }
                state.judgedWith = live.loadedAt
                // After the moment it was due at, not the one at which the pass ended: none in between may be skipped.
                state.nextJudging = [live.configuration.core.province.judge.next(after: now), nextReport].compactMap { $0 }.min()
            }
            if report.pulled.contains(where: { $0.rest != nil }) { bell.ring() }
            return try nextDue(live.configuration)
        } catch {
            guard !Task.isCancelled else { return time.now() }
            health.ended(at: time.now(), error: error.description)
            logger.error("the store failed; the pass ends and is repeated", metadata: ["error": "\(error)"])
            let failures = state.withLock { state in
                state.failures += 1
                if let unjudged { state.pushed.putBack(unjudged, at: time.now()) }
                state.orders += orders.filter { order in !state.orders.contains { $0.source == order.source } }
                return state.failures
            }
            return time.now() + min(.seconds(5) * (1 << min(failures - 1, 10)), .seconds(300))
        }
    }

    /// The earliest moment at which a source, the rules or a letter is due.
    private func nextDue(_ configuration: Configuration) throws(StoreError) -> Instant {
        let now = time.now()
        let states = try store.sourceStates()
        // A source without a stored state has never been asked and is due now; a disabled one never is.
        var due = configuration.sources.filter(\.settings.isEnabled).map { states[$0.settings.id]?.nextRun ?? now }
        let (judging, pushed) = state.withLock { ($0.nextJudging, $0.pushed.dueAt) }
        due += [judging, pushed].compactMap { $0 }
        if configuration.core.province.mail != nil, let letter = try store.nextLetterDue() { due.append(letter) }
        // Without anything due the clock is looked at once an hour.
        return max(due.min() ?? now + .seconds(3600), now)
    }

    /// The one line of a healthy pass; a source in trouble has a line of its own, because somebody may have to act.
    private func log(_ report: Cycle.Report, since start: Instant) {
        guard report.didSomething else { return }
        let outcome = report.pulled.reduce(IngestOutcome()) { $0 + $1.outcome }
        logger.info(
            "pass",
            metadata: [
                "sources": "\(report.pulled.count)", "deliveries": "\(report.pulled.reduce(0) { $0 + $1.deliveries })", "stored": "\(outcome.stored)",
                "restated": "\(outcome.restated)", "refused": "\(outcome.refused)", "transitions": "\(report.judged?.transitions ?? 0)",
                "letters.written": "\(report.judged?.letters ?? 0)", "letters.sent": "\(report.posted.sent)",
                "milliseconds": "\((time.now() - start).milliseconds)",
            ])
        for result in report.pulled where !result.error.isEmpty {
            logger.warning("a source failed and will be asked again", metadata: ["source": "\(result.source)", "error": "\(result.error)"])
        }
        for trouble in report.posted.troubles {
            logger.warning("a relay was passed over", metadata: ["relay": "\(trouble.relay)", "error": "\(trouble.error)"])
        }
        for failure in report.posted.failures {
            logger.error("a letter cannot be delivered", metadata: ["letter": "\(failure.id)", "error": "\(failure.error)"])
        }
    }
}
