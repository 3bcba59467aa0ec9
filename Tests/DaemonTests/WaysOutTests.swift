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
        let ways = WaysOut(
            live: LiveConfiguration(try Configuration.load(province.directory.path).get(), loadedAt: now), store: store,
            courier: Courier(concurrent: 1, perHost: 1), bell: Bell(),
            time: TimeSource(now: { clock.now }, sleep: { try await clock.sleep(until: $0) }), jitter: { $0 },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var state = WayOutState(way: "am")
        state.lastSuccess = now + .seconds(-3600)
        try await store.save(state, at: now)

        #expect(await ways.nextDue() == now + .seconds(3600), "a judging rings the bell")
        var alert = StandingAlert(labels: "{}", annotations: "{}", startsAt: now)
        try await store.save([alert], forgetting: [], by: "am")
        #expect(await ways.nextDue() == now)
        alert.endsAt = now + .seconds(-3600)
        try await store.save([alert], forgetting: [], by: "am")
        #expect(await ways.nextDue() == now + .seconds(3600), "its end has been told long enough")
    }
}
