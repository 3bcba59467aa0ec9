import Logging
import ServiceLifecycle
import Store
import UnixSignals

/// Reloads the configuration at each SIGHUP, and tells systemd, the log and `dondoc status` how it went.
struct Reloader: Service {
    let live: LiveConfiguration
    let store: Store
    let runner: CycleRunner
    let supervisor: Supervisor
    let time: TimeSource
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() { await reload() }
    }

    /// One reload. What the daemon reads at a start only is named, because it goes on with the former values.
    func reload() async {
        supervisor.reloading()
        let problems = live.reload(at: time.now())
        guard problems.isEmpty else {
            for problem in problems { logger.error("configuration problem", metadata: ["problem": "\(problem)"]) }
            logger.error("configuration not reloaded; the daemon goes on with the one it has", metadata: ["problems": "\(problems.count)"])
            supervisor.ready(status: "running on the previous configuration: the last reload found \(problems.count) problems")
            return
        }
        let state = live.current
        do throws(StoreError) {
            try await store.bound(to: state.configuration.core.province.store.maximumBytes)
        } catch {
            logger.error("store.maximum could not be applied; a restart applies it", metadata: ["error": "\(error)"])
        }
        let waiting = state.waitsForRestart.joined(separator: ", ")
        logger.notice("configuration reloaded", metadata: ["directory": "\(state.configuration.directory)"])
        if !waiting.isEmpty { logger.warning("part of the configuration waits for a restart", metadata: ["keys": "\(waiting)"]) }
        supervisor.ready(status: waiting.isEmpty ? "running" : "running; waits for a restart: \(waiting)")
        runner.wake()
    }
}
