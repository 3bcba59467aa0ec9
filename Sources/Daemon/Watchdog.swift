import Logging
import ServiceLifecycle

/// Tells systemd that the daemon is alive for as long as the cycle is; a cycle that hangs is then restarted by systemd.
struct Watchdog: Service {
    let supervisor: Supervisor
    let health: Health
    let time: TimeSource
    let logger: Logger

    func run() async throws {
        guard let interval = supervisor.watchdogInterval else {
            try await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if health.isAlive(at: time.now()) {
                    supervisor.watchdog()
                } else {
                    logger.error("the cycle hangs; systemd is not told that the daemon is alive")
                }
                // Cancelled at shutdown, which the loop looks at.
                try? await Task.sleep(for: interval)
            }
        }
    }
}
