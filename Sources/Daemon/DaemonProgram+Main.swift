import Assembly
import FoundationEssentials
import Logging
import Model
import Receiver

extension DaemonProgram {
    /// The daemon as a process: the wall clock, the log on standard error, systemd's environment, signals.
    ///
    /// How the process ended; the raw values are its exit status.
    public enum Ending: Int32, Sendable {
        /// It was told to stop.
        case asked = 0
        /// It could not go on; starting it again may help.
        case failed = 1
        /// The configuration has problems; starting it again cannot help (EX_CONFIG in sysexits.h, which the unit does not restart on).
        case misconfigured = 78
    }

    /// Runs until it is told to stop. When it could not start or go on the log says why, with every problem of a configuration on its own line.
    public static func main(directory: String, isDebugging: Bool) async -> Ending {
        let environment = ProcessInfo.processInfo.environment
        let supervisor = Supervisor(environment: environment)
        let time = TimeSource.wall
        let logger = Logger(label: "dondocd") { label in
            JournalLogHandler(
                label: label, level: isDebugging ? .debug : .info, isJournal: environment["JOURNAL_STREAM"] != nil, now: time.now)
        }
        let configuration: Configuration
        switch Configuration.load(directory) {
        case .success(let loaded): configuration = loaded
        case .failure(let failure):
            for problem in failure.problems { logger.error("configuration problem", metadata: ["problem": "\(problem)"]) }
            logger.critical(
                "not started: the configuration has problems", metadata: ["directory": "\(directory)", "problems": "\(failure.problems.count)"])
            supervisor.status("not started: \(failure.problems.count) configuration problems")
            return .misconfigured
        }
        var surroundings = Surroundings(
            time: time, logger: logger, supervisor: supervisor,
            jitter: { longest in .milliseconds(Int64.random(in: 0...max(0, longest.milliseconds))) }, handlesSignals: true)
        surroundings.inherited = InheritedSockets(environment: environment, processID: ProcessInfo.processInfo.processIdentifier)
        do {
            try await DaemonProgram(configuration: configuration, surroundings: surroundings).run()
            return .asked
        } catch let error as ReceiverError {
            logger.critical("not started: the push listener's files cannot be used", metadata: ["error": "\(error)"])
            return .misconfigured
        } catch {
            logger.critical("the daemon ends", metadata: ["error": "\(error)"])
            return .failed
        }
    }
}
