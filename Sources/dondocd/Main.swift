import ArgumentParser
import Daemon

/// The daemon's command line: one directory, everything else is in its files.
@main
struct DondocDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dondocd",
        abstract: "The daemon: pulls counts from agency systems, judges them, and writes to lagging agencies.",
        discussion: """
            Runs in the foreground and logs to standard error, as systemd expects. SIGHUP reloads the configuration, SIGTERM stops it.
            Exit status: 0 after a stop that was asked for, 1 when it could not start or go on, 78 when the configuration has problems, \
            64 for a wrong command line.
            """,
        version: DaemonProgram.version)

    @Option(help: "The configuration directory.")
    var config = "/etc/dondoc"

    @Flag(help: "Log what only developers read, too.")
    var debug = false

    func run() async throws {
        let ending = await DaemonProgram.main(directory: config, isDebugging: debug)
        guard ending == .asked else { throw ExitCode(ending.rawValue) }
    }
}
