import Logging
import ServiceLifecycle
import UnixSignals

/// Reloads the configuration at each SIGHUP, and tells systemd, the log and `dondoc status` how it went.
struct Reloader: Service {
    let live: LiveConfiguration
    let runner: CycleRunner
    let supervisor: Supervisor
    let time: TimeSource
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            supervisor.reloading()
            let problems = live.reload(at: time.now())
            if problems.isEmpty {
                logger.notice("configuration reloaded", metadata: ["directory": "\(live.current.configuration.directory)"])
                supervisor.ready(status: "running")
                runner.wake()
            } else {
                for problem in problems { logger.error("configuration problem", metadata: ["problem": "\(problem)"]) }
                logger.error(
                    "configuration not reloaded; the daemon goes on with the one it has", metadata: ["problems": "\(problems.count)"])
                supervisor.ready(status: "running on the previous configuration: the last reload found \(problems.count) problems")
            }
        }
    }
}
