@testable import Daemon
import Foundation
import TestSupport
import Testing

/// What systemd hears, over a real datagram socket.
struct SupervisorTests {
    @Test func eachStateIsOneDatagram() throws {
        let directory = try TemporaryDirectory()
        let systemd = try NotifySocket(directory.file("notify"))
        let supervisor = Supervisor(environment: ["NOTIFY_SOCKET": directory.file("notify")])

        supervisor.ready(status: "running")
        supervisor.status("judging")
        supervisor.watchdog()
        supervisor.stopping()

        #expect(systemd.heard() == "READY=1\nSTATUS=running")
        #expect(systemd.heard() == "STATUS=judging")
        #expect(systemd.heard() == "WATCHDOG=1")
        #expect(systemd.heard() == "STOPPING=1")
    }

    @Test func anAbstractSocketIsWrittenWithAnAt() throws {
        let name = "dondoc-test-\(UUID().uuidString)"
        let systemd = try NotifySocket("\0" + name)

        Supervisor(environment: ["NOTIFY_SOCKET": "@" + name]).watchdog()

        #expect(systemd.heard() == "WATCHDOG=1")
    }

    @Test func aReloadTellsTheMonotonicTimeItBeganAt() throws {
        let directory = try TemporaryDirectory()
        let systemd = try NotifySocket(directory.file("notify"))

        let before = monotonicMicroseconds()
        Supervisor(environment: ["NOTIFY_SOCKET": directory.file("notify")]).reloading()
        let after = monotonicMicroseconds()

        let lines = try #require(systemd.heard()).split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        let time = try #require(lines.last.flatMap { Int64($0.dropFirst("MONOTONIC_USEC=".count)) })
        #expect(lines.count == 2)
        #expect((before...after).contains(time))
    }

    @Test func aStatusIsOneLineSoThatItCannotSayMore() throws {
        let directory = try TemporaryDirectory()
        let systemd = try NotifySocket(directory.file("notify"))

        Supervisor(environment: ["NOTIFY_SOCKET": directory.file("notify")]).status("bad\r\nSTOPPING=1\nrules")

        #expect(systemd.heard() == "STATUS=bad STOPPING=1 rules")
    }

    @Test(arguments: [
        [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "/nowhere/notify"], ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)],
    ])
    func withoutSomebodyWhoListensNothingHappens(environment: [String: String]) {
        let supervisor = Supervisor(environment: environment)

        supervisor.ready(status: "running")

        #expect(supervisor.watchdogInterval == nil)
    }

    @Test func theWatchdogIsFedTwiceAsOftenAsSystemdAsks() {
        let ours = Supervisor(environment: ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": String(getpid())])
        let anyone = Supervisor(environment: ["WATCHDOG_USEC": "30000000"])

        #expect(ours.watchdogInterval == .seconds(15))
        #expect(anyone.watchdogInterval == .seconds(15))
    }

    @Test func theWatchdogOfAnotherProcessIsNotOurs() {
        let supervisor = Supervisor(environment: ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": String(getpid() + 1)])

        #expect(supervisor.watchdogInterval == nil)
    }

    @Test(arguments: ["", "0", "-5", "soon", "99999999999999999999999"])
    func anUnreadableWatchdogTimeIsNone(text: String) {
        #expect(Supervisor(environment: ["WATCHDOG_USEC": text]).watchdogInterval == nil)
    }

    private func monotonicMicroseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
