import Control
import Daemon
import Model
import Store
import TestSupport
import Testing

/// An operator's order for newer days does not make the daemon forget older ones that are still owed.
struct GapTests {
    @Test func daysOrderedBeyondAGapLeaveTheGapOwed() async throws {
        let province = try SmallProvince()
        // A look-back that does not reach the gap, so that only the cursor can.
        try province.rewrite("sources.d/one-stop.yaml") { $0.replacing("lookback: 45", with: "lookback: 7") }
        province.answerNext { SmallProvince.figures($0) }
        province.answerNext { _ in ("503 Service Unavailable", ["Retry-After: 3600"], "") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("July fails") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.failures == 1 }
            _ = try await daemon.ask(.sourcesBackfill(id: "one-stop", from: day("2026-08-01"), through: nil))
            try await daemon.eventually("August is stored") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.failures == 0 }
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("the gap is closed") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.cursor == day("2026-09-01") }

            let asked = province.requests.map(\.target)
            let cells = try daemon.stored { try $0.cells(of: [measure("dossiers.received")], in: days("2026-06-01", "2026-08-31")) }
            #expect(asked == ["/counts?month=6", "/counts?month=7", "/counts?month=8", "/counts?month=7", "/counts?month=8"])
            #expect(cells[measure("dossiers.received"), code("H52.01")].count == 3)
        }
    }
}
