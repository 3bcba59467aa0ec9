import Control
import Foundation
import Model
import Testing

/// The real program as a child process, on a configuration directory, with this machine's clock.
final class DaemonProcess: Sendable {
    private let pid: pid_t
    private let exit: AsyncStream<Int32>
    let socket: String

    /// - Parameter notify: what systemd would leave in NOTIFY_SOCKET.
    init(_ directory: String, socket: String, notify: String = "") throws {
        self.socket = socket
        // Beside the program that runs the tests, where the build puts all of them.
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(filePath: tests).deletingLastPathComponent().appending(path: "dondocd")
        process.arguments = ["--config", directory]
        process.environment = ["NOTIFY_SOCKET": notify]
        process.standardError = FileHandle.nullDevice
        let (exit, ended) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            ended.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
            ended.finish()
        }
        try process.run()
        self.exit = exit
        pid = process.processIdentifier
    }

    func signal(_ signal: Int32) { kill(pid, signal) }

    /// Waits for its end: the exit status, or the signal that ended it as a negative number.
    func exitStatus() async -> Int32? { await exit.first { _ in true } }

    /// Asks over the control socket until something holds; fails the test with the remark when it never does.
    func eventually(_ remark: String, _ request: Request, _ condition: @escaping @Sendable (Response) -> Bool) async throws -> Response {
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            // Until it listens nobody answers, which is what is waited for.
            if let response = try? await ask(request), condition(response) { return response }
            guard ContinuousClock.now < deadline else { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        kill(pid, SIGKILL)
        throw RunningDaemon.NeverHappened(remark: remark)
    }

    private func ask(_ request: Request) async throws -> Response {
        let socket = socket
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: the concurrent queues share their threads with the daemon's tasks, which would wait for each other.
            Thread.detachNewThread {
                continuation.resume(with: Result { try ControlClient(path: socket).ask(request, language: .english) })
            }
        }
    }
}
