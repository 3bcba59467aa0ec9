import Control
import Foundation
import TestSupport
import Testing

@testable import Assembly

/// Programs that fail, hang or are not there.
@Suite(.timeLimit(.minutes(5)))
struct ExternalProgramTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func program(_ script: String, limit: Duration = .seconds(30)) throws -> ExternalProgram {
        try directory.write("#!/bin/sh\n\(script)\n", to: "program")
        chmod(directory.file("program"), 0o755)
        return ExternalProgram(name: directory.file("program"), package: "program", limit: limit)
    }

    @Test func aProgramThatHangsIsKilledWithWhatItStarted() throws {
        let program = try program("sleep 600 & echo $! > \(directory.file("child")); sleep 600", limit: .milliseconds(1000))
        let start = ContinuousClock.now

        let failure = #expect(throws: Failure.self) { try program.run([], output: .nullDevice) }

        #expect(failure == Failure(.failed, "\(directory.file("program")) did not end within 1 s and was killed"))
        #expect(ContinuousClock.now - start < .seconds(200))
        let child = try String(contentsOfFile: directory.file("child"), encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        // The kernel may be still at it; then it is gone, or waits for init to collect it.
        func isGone() -> Bool { (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)).map { $0.contains(" Z ") } ?? true }
        for _ in 0..<600 where !isGone() { usleep(100_000) }
        #expect(isGone())
    }

    @Test func whatAProgramLeavesBehindIsNotWaitedFor() throws {
        let start = ContinuousClock.now

        try program("sleep 300 &").run([], output: .nullDevice)

        #expect(ContinuousClock.now - start < .seconds(200))
    }

    @Test func outputComplaintsAndInputAreTheCallers() throws {
        let program = try program("cat; echo \"not $1\" >&2; [ \"$1\" = good ]")
        try directory.write("counted", to: "in")
        try directory.write("", to: "out")
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: directory.file("out")))

        try program.run(["good"], input: try FileHandle(forReadingFrom: URL(fileURLWithPath: directory.file("in"))), output: output)
        let failure = #expect(throws: Failure.self) { try program.run(["bad"], output: .nullDevice) }

        #expect(try String(contentsOfFile: directory.file("out"), encoding: .utf8) == "counted")
        #expect(failure == Failure(.failed, "\(directory.file("program")) refused: not bad"))
    }

    @Test func aProgramThatIsNotThereNamesItsPackage() {
        let program = ExternalProgram(name: "dondoc-no-such-program", package: "age", limit: .seconds(1), language: .vietnamese)

        let failure = #expect(throws: Failure.self) { try program.run([], output: .nullDevice) }

        #expect(failure == Failure(.failed, "chưa cài chương trình dondoc-no-such-program", hint: "cài đặt: apt-get install age"))
    }
}
