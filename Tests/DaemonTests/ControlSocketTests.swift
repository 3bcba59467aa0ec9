@testable import Daemon
import Assembly
import Foundation
import Model
import Settings
import TestSupport
import Testing

/// The control socket belongs to one daemon.
@Suite(.timeLimit(.minutes(3)))
struct ControlSocketTests {
    @Test func aSecondDaemonLeavesTheSocketOfTheFirstAlone() async throws {
        let province = try SmallProvince()
        let other = try SmallProvince()
        try other.rewrite("dondoc.yaml") { $0.replacing("control: s", with: "control: \(province.socket)") }
        try #require(Configuration.load(other.directory.path).get().core.province.listen.control == province.socket)

        try await RunningDaemon.run(province) { daemon in
            let second = try RunningDaemon.program(other.directory.path, clock: daemon.clock)

            let error = await #expect(throws: ControlServer.Taken.self) { try await second.run() }

            #expect(
                error?.description
                    == "another dondocd answers at the control socket \(province.socket); stop it first, or give this one another listen.control")
            #expect(!FileManager.default.fileExists(atPath: other.database))
            let answer = try await daemon.ask(.sourcesList)
            #expect(answer.text.contains("one-stop"))
        }
    }

    @Test func aSocketThatAKilledDaemonLeftIsTakenOver() async throws {
        let province = try SmallProvince()
        let daemon = try DaemonProcess(province.directory.path, socket: province.socket)
        _ = try await daemon.eventually("it answers", .status) { if case .document = $0 { true } else { false } }
        daemon.signal(SIGKILL)
        _ = await daemon.exitStatus()
        try #require(FileManager.default.fileExists(atPath: province.socket))

        try await RunningDaemon.run(province) { daemon in
            let answer = try await daemon.ask(.sourcesList)
            #expect(answer.text.contains("one-stop"))
        }
    }
}
