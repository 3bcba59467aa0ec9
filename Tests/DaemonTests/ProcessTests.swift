import Control
import Foundation
import Model
import TestSupport
import Testing

/// The program as systemd starts, reloads and stops it.
@Suite(.timeLimit(.minutes(3)))
struct ProcessTests {
    @Test func aStopIsBoundedInTimeWhileASourceNeverAnswers() async throws {
        let province = try SmallProvince()
        // Whenever the test runs, something is owed; and waiting for the source alone would take a minute.
        try province.rewrite("sources.d/one-stop.yaml") {
            $0.replacing("backfill_from: 2026-06-01", with: "backfill_from: 2020-01-01")
        }
        try province.rewrite("dondoc.yaml") { $0.replacing("shutdown: 5s", with: "shutdown: 1s") }
        let silence = DispatchSemaphore(value: 0)
        defer { silence.signal() }
        province.answerNext { _ in
            _ = silence.wait(timeout: .now() + 60)
            return ("503 Service Unavailable", [], "")
        }
        let daemon = try DaemonProcess(province.directory.path, socket: province.socket)
        _ = try await daemon.eventually("the source is asked", .status) { _ in province.requests.count == 1 }

        let start = ContinuousClock.now
        daemon.signal(SIGTERM)
        let status = await daemon.exitStatus()

        #expect(status == 0)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func aRefusedReloadNamesEveryMistakeAndTheDaemonWorksOn() async throws {
        let province = try SmallProvince()
        let systemd = try NotifySocket(province.directory.file("notify"))
        let daemon = try DaemonProcess(province.directory.path, socket: province.socket, notify: province.directory.file("notify"))
        _ = try await daemon.eventually("it answers", .status) { if case .document = $0 { true } else { false } }
        let good = try province.plantMistakes()

        daemon.signal(SIGHUP)
        let refused = try await daemon.eventually("the reload is refused", .status) { ProcessTests.isRefused($0) }
        let refusal = SmallProvince.mistakes.joined(separator: "\n")
        let figures = try await daemon.eventually("questions are answered", .sourcesList) { $0.text.contains("one-stop") }
        try province.undo(good)
        daemon.signal(SIGHUP)
        let mended = try await daemon.eventually("the mended files are loaded", .status) { !ProcessTests.isRefused($0) }
        daemon.signal(SIGTERM)

        #expect(ProcessTests.verbatim(in: refused) == [refusal])
        #expect(figures.text.contains("one-stop"))
        #expect(mended.text.contains("running"))
        #expect(await daemon.exitStatus() == 0)
        #expect(systemd.heard() == "READY=1\nSTATUS=running")
        #expect(systemd.heard()?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
        #expect(systemd.heard() == "READY=1\nSTATUS=running on the previous configuration: the last reload found 10 problems")
        #expect(systemd.heard()?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
        #expect(systemd.heard() == "READY=1\nSTATUS=running")
        #expect(systemd.heard() == "STOPPING=1")
    }

    @Test func whatOnlyAStartReadsWaitsForOneAndTheStatusShowsWhatIsOpen() async throws {
        let province = try SmallProvince()
        let systemd = try NotifySocket(province.directory.file("notify"))
        let daemon = try DaemonProcess(province.directory.path, socket: province.socket, notify: province.directory.file("notify"))
        _ = try await daemon.eventually("it answers", .status) { if case .document = $0 { true } else { false } }
        let yaml = try String(contentsOfFile: province.directory.file("dondoc.yaml"), encoding: .utf8)
        try province.rewrite("dondoc.yaml") {
            $0.replacing("store: {path: dondoc.db}", with: "store: {path: other.db, maximum: 1GB}").replacing(
                "listen: {control: s}", with: "listen: {control: t}")
        }

        daemon.signal(SIGHUP)
        let waiting = try await daemon.eventually("the reload is done", .status) { (try? ProcessTests.reload($0)) == "waiting" }
        try province.directory.write(yaml, to: "dondoc.yaml")
        daemon.signal(SIGHUP)
        let back = try await daemon.eventually("nothing waits", .status) { (try? ProcessTests.reload($0)) == "ok" }
        daemon.signal(SIGTERM)

        let keys = "store.path, listen.control"
        #expect(waiting.text.contains("their new values wait for systemctl restart dondocd: \(keys)."))
        #expect(try waiting.sheet("status").column("store").map(\.id) == [province.database])
        #expect(!back.text.contains("systemctl restart"))
        #expect(await daemon.exitStatus() == 0)
        #expect(systemd.heard() == "READY=1\nSTATUS=running")
        #expect(systemd.heard()?.hasPrefix("RELOADING=1\n") == true)
        #expect(systemd.heard() == "READY=1\nSTATUS=running; waits for a restart: \(keys)")
    }

    private static func reload(_ status: Response) throws -> String? { try status.sheet("status").column("reload").first?.id }

    @Test func aConfigurationWithProblemsDoesNotStartAndIsNotWorthARestart() async throws {
        let province = try SmallProvince()
        _ = try province.plantMistakes()

        let daemon = try DaemonProcess(province.directory.path, socket: province.socket)

        #expect(await daemon.exitStatus() == 78)
        #expect(!FileManager.default.fileExists(atPath: province.database))
    }

    private static func isRefused(_ status: Response) -> Bool { status.text.contains("The configuration on disk is broken") }

    private static func verbatim(in response: Response) -> [String] {
        guard case .document(let document) = response else { return [] }
        return document.blocks.compactMap { if case .verbatim(let text) = $0 { text } else { nil } }
    }
}
