@testable import Daemon
import Assembly
import Logging
import Model
import Store
import TestSupport
import Testing
import Transport

/// When the ways out are looked at again.
struct WaysOutTests {
    @Test func anAlertmanagerWithNothingToHearIsNoReasonToWake() async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0 + "ways_out: [{id: am, kind: alertmanager, url: \"http://127.0.0.1:9/\", resend: 1m}]\n" }
        let now = instant("2026-09-10T08:00")
        let clock = ManualClock(now)
        let store = try Store(path: province.database, mode: .readWrite)
        let live = LiveConfiguration(try Configuration.load(province.directory.path).get(), loadedAt: now)
        let way = try #require(live.current.configuration.core.province.waysOut.first)
        let ways = WaysOut(
            live: live, store: store,
            courier: Courier(concurrent: 1, perHost: 1), bell: Bell(),
            time: TimeSource(now: { clock.now }, sleep: { try await clock.sleep(until: $0) }), jitter: { $0 },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var state = WayOutState(way: "am")
        state.lastSuccess = now + .seconds(-3600)
        try await store.save(state, at: now)

        #expect(try await ways.nextDue(of: way) == now + .seconds(3600), "a judging rings the bell")
        var alert = StandingAlert(labels: "{}", annotations: "{}", startsAt: now)
        try await store.save([alert], forgetting: [], by: "am")
        #expect(try await ways.nextDue(of: way) == now)
        alert.endsAt = now + .seconds(-3600)
        try await store.save([alert], forgetting: [], by: "am")
        #expect(try await ways.nextDue(of: way) == now + .seconds(3600), "its end has been told long enough")
    }

    /// A webhook that takes its time used to keep an Alertmanager waiting, which then let go what fires.
    @Test func aReceiverThatAnswersSlowlyKeepsNoOtherWaiting() async throws {
        let slow = try EventReceiver()
        let alertmanager = try EventReceiver()
        slow.answerAlways { _ in nil }
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") {
            $0 + """
                ways_out:
                  - {id: oncall, kind: webhook, url: "http://127.0.0.1:\(slow.port)/"}
                  - {id: am, kind: alertmanager, url: "http://127.0.0.1:\(alertmanager.port)/", resend: 1m}

                """
        }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the event is on its way") { slow.requests.count == 1 }
            for count in 1...3 {
                try await daemon.eventually("the Alertmanager hears the \(count). time") { alertmanager.taken.count == count }
                try await daemon.eventually("it is written down") {
                    try daemon.stored { try $0.wayOutStates() }["am"]?.lastSuccess == daemon.clock.now
                }
                daemon.clock.advance(by: .seconds(60))
            }
            #expect(slow.taken.isEmpty, "the webhook has not answered yet")
        }
    }
}
