import Assembly
import Control
import FoundationEssentials
import Logging
import Model
import Receiver
import ServiceLifecycle
import Store
import Transport

/// The daemon put together: everything that can fail happens before the first service starts.
public struct DaemonProgram: Sendable {
    /// The version that `--version` and `dondoc status` show; one for all programs.
    public static let version = Desk.version

    /// What the outside gives: a configuration, a clock, a log; tests give their own.
    public struct Surroundings: Sendable {
        public var time: TimeSource
        public var logger: Logger
        public var supervisor: Supervisor
        /// Draws a share of a duration, for schedules and back-off.
        public var jitter: @Sendable (Duration) -> Duration
        /// Called at each named step of the cycle.
        public var reached: @Sendable (Stage) async -> Void
        /// Called once the control socket accepts connections.
        public var isReady: @Sendable () async -> Void
        /// Called with the port once the metrics listener accepts connections.
        public var isScrapable: @Sendable (Int) -> Void = { _ in }
        /// The listening sockets that systemd opened.
        public var inherited = InheritedSockets()
        /// Called with the port once the push listener accepts connections.
        public var isPushable: @Sendable (Int) -> Void = { _ in }
        /// Signals that end the daemon gracefully; none in tests.
        public var handlesSignals: Bool

        public init(
            time: TimeSource, logger: Logger, supervisor: Supervisor = Supervisor(environment: [:]),
            jitter: @escaping @Sendable (Duration) -> Duration = { _ in .zero }, reached: @escaping @Sendable (Stage) async -> Void = { _ in },
            isReady: @escaping @Sendable () async -> Void = {}, handlesSignals: Bool = false
        ) {
            self.time = time
            self.logger = logger
            self.supervisor = supervisor
            self.jitter = jitter
            self.reached = reached
            self.isReady = isReady
            self.handlesSignals = handlesSignals
        }
    }

    private let configuration: Configuration
    private let surroundings: Surroundings

    public init(configuration: Configuration, surroundings: Surroundings) {
        self.configuration = configuration
        self.surroundings = surroundings
    }

    /// Runs until it is told to stop. Straight-line wiring: one place shows what hangs on what.
    ///
    /// - Throws: `ReceiverError` when the push listener's certificates cannot be used; `StoreError` when the database cannot be opened, `ControlServer.Taken` when another daemon answers on the control socket; `ServiceGroupError` when a service ends on its own.
    public func run() async throws {
        let province = configuration.core.province
        let time = surroundings.time
        let logger = surroundings.logger
        let startedAt = time.now()

        try ControlServer.refuseTaken(province.listen.control)
        let store = try Store(path: province.store.path, mode: .readWrite, maximumBytes: province.store.maximumBytes)
        let courier = Courier(concurrent: province.limits.concurrentFetches, perHost: province.limits.concurrentFetchesPerHost)
        defer { courier.close() }
        // Copies for other stores never take a place from a source.
        let carrier = Courier(concurrent: 8, perHost: 8)
        defer { carrier.close() }

        let gate = try PushGate(configuration)
        let backupBell = Bell()
        let live = LiveConfiguration(
            configuration, loadedAt: startedAt, followers: [.ringing(backupBell)] + (gate.map { [$0.follower] } ?? []))
        let health = Health()
        let passed = Bell()
        let told = Bell()
        let mailboxBell = Bell()
        let runner = CycleRunner(
            live: live, store: store, courier: courier, time: time, health: health, logger: logger, jitter: surroundings.jitter,
            reached: surroundings.reached, passed: [passed, told])
        // One core is left to the commit that runs beside.
        let office = try PushOffice(store: store, width: max(1, ProcessInfo.processInfo.activeProcessorCount - 1)) { runner.figuresCame(after: $0) }
        let counter = FrontDesk(
            live: live, store: store, courier: courier, runner: runner, health: health, time: time, startedAt: startedAt, remoteWriteBell: passed,
            office: office, mailboxBell: mailboxBell, logger: logger)
        let server = ControlServer(
            path: province.listen.control, logger: logger, answer: { await counter.answer($0) },
            opened: { [surroundings] in
                surroundings.supervisor.ready(status: "running")
                logger.notice(
                    "started", metadata: ["version": "\(DaemonProgram.version)", "directory": "\(configuration.directory)"])
                await surroundings.isReady()
            })

        // Started in this order and stopped in the reverse: systemd hears of the stop first, then no new questions, then the cycle ends.
        var services: [any Service] = [
            runner, Keeping(live: live, store: store, time: time, logger: logger),
            ScheduledBackups(live: live, store: store, bell: backupBell, time: time, logger: logger),
            RemoteWriter(
                live: live, store: store, courier: carrier, runner: runner, bell: passed, time: time, jitter: surroundings.jitter, logger: logger),
            TokenUses(office: office, time: time, logger: logger),
            WaysOut(live: live, store: store, courier: carrier, bell: told, time: time, jitter: surroundings.jitter, logger: logger),
            MailboxReader(
                live: live, store: store, bell: mailboxBell, runner: runner, time: time, jitter: surroundings.jitter, logger: logger),
            server,
            Watchdog(supervisor: surroundings.supervisor, health: health, time: time, logger: logger),
        ]
        if let address = province.listen.metrics {
            services.append(MetricsServer(address: address, counter: counter, logger: logger, opened: surroundings.isScrapable))
        }
        if let gate {
            services.append(gate.service(live: live, office: office, desk: counter, surroundings))
        }
        if surroundings.handlesSignals {
            services.append(Reloader(live: live, store: store, runner: runner, supervisor: surroundings.supervisor, time: time, logger: logger))
        }
        services.append(ShutdownNotice(supervisor: surroundings.supervisor, logger: logger))
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: surroundings.handlesSignals ? [.sigterm, .sigint] : [], logger: quiet(logger))
        group.maximumGracefulShutdownDuration = province.limits.shutdown
        try await ServiceGroup(configuration: group).run()
        try store.close()
        logger.notice("stopped")
    }

    /// The service group reports each step of its own at info; ours are enough.
    private func quiet(_ logger: Logger) -> Logger {
        var quiet = logger
        quiet.logLevel = .warning
        return quiet
    }
}
