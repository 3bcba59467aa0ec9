import Logging
import ServiceLifecycle

/// Tells systemd at the beginning of a shutdown that the daemon is stopping on purpose. As a service started last it is stopped first.
struct ShutdownNotice: Service {
    let supervisor: Supervisor
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        supervisor.stopping()
        logger.notice("stopping")
    }
}
