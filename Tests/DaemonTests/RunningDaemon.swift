import Assembly
import Control
import Daemon
import Foundation
import Logging
import Model
import Store
import TestSupport

/// The daemon in this process, on a clock that the test moves, for as long as the body runs.
struct RunningDaemon: Sendable {
    let province: SmallProvince
    let clock: ManualClock

    /// Starts the daemon, runs the body once the control socket answers, and stops the daemon again.
    static func run(
        _ province: SmallProvince, at start: Instant = instant("2026-09-10T08:00"),
        reached: @escaping @Sendable (Stage) async -> Void = { _ in }, isScrapable: @escaping @Sendable (Int) -> Void = { _ in },
        isPushable: @escaping @Sendable (Int) -> Void = { _ in }, _ body: @escaping @Sendable (RunningDaemon) async throws -> Void
    ) async throws {
        let clock = ManualClock(start)
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        let program = try program(province.directory.path, clock: clock, reached: reached, isScrapable: isScrapable, isPushable: isPushable) {
            isReady.yield()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A cancelled service group ends with an error of its own; the body decides whether the test holds.
                do { try await program.run() } catch { if !Task.isCancelled { throw error } }
            }
            group.addTask {
                for await _ in ready { break }
                try await body(RunningDaemon(province: province, clock: clock))
            }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// The daemon put together for a directory, silent in the log.
    static func program(
        _ directory: String, clock: ManualClock, reached: @escaping @Sendable (Stage) async -> Void = { _ in },
        isScrapable: @escaping @Sendable (Int) -> Void = { _ in }, isPushable: @escaping @Sendable (Int) -> Void = { _ in },
        isReady: @escaping @Sendable () async -> Void = {}
    ) throws -> DaemonProgram {
        let configuration = try Configuration.load(directory).get()
        let time = TimeSource(now: { clock.now }, sleep: { try await clock.sleep(until: $0) })
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var surroundings = DaemonProgram.Surroundings(time: time, logger: logger, reached: reached, isReady: isReady)
        surroundings.isScrapable = isScrapable
        surroundings.isPushable = isPushable
        return DaemonProgram(configuration: configuration, surroundings: surroundings)
    }

    /// Asks over the control socket, off the cooperative pool because the client blocks.
    func ask(_ request: Request, language: Language = .english) async throws -> Response {
        let socket = province.socket
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: the concurrent queues share their threads with the daemon's tasks, which would wait for each other.
            Thread.detachNewThread {
                continuation.resume(with: Result { try ControlClient(path: socket).ask(request, language: language) })
            }
        }
    }

    /// What the store holds, read the way the command line reads it beside a running daemon.
    func stored<Answer>(_ body: (Store) throws -> Answer) throws -> Answer {
        try body(try Store(path: province.database, mode: .readOnly))
    }

    /// Waits until something holds, looking again and again; fails the test with the remark when it does not within a generous time.
    func eventually(_ remark: String, _ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            if try await condition() { return }
            guard ContinuousClock.now < deadline else { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw NeverHappened(remark: remark)
    }

    struct NeverHappened: Error, CustomStringConvertible {
        let remark: String
        var description: String { "within 120 s it never happened that \(remark)" }
    }
}

extension Response {
    /// The sheet with this id; what came instead is the error.
    func sheet(_ id: String) throws -> Sheet {
        guard case .document(let document) = self else { throw NoDocument(text: text) }
        return try document.sheet(id)
    }

    struct NoDocument: Error {
        let text: String
    }

    /// What to do about a failure; empty for other answers.
    var hint: String { if case .failure(let failure) = self { failure.hint } else { "" } }

    /// All cells of the answer's sheets as one text, for looking for words.
    var text: String {
        switch self {
        case .document(let document): String(describing: document.blocks)
        case .bytes(let payload): String(decoding: payload.bytes, as: UTF8.self)
        case .failure(let failure): "\(failure.code.rawValue): \(failure.message)"
        }
    }
}
