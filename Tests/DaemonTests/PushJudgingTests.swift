@testable import Daemon
import Assembly
import Foundation
import Logging
import Model
import Receiver
import Store
import Synchronization
import TestSupport
import Testing
import Transport

/// Pushed figures are judged soon after they came, a burst of them once, without a schedule and without a pull.
struct PushJudgingTests {
    private final class Judgings: Sendable {
        private let number = Mutex(0)
        var count: Int { number.withLock { $0 } }
        func note() { number.withLock { $0 += 1 } }
    }

    /// A month of both counts of the sliding agency.
    private func month(online: Int64) -> PushedObservations {
        var pushed = PushedObservations()
        pushed.agencies = ["H52.01"]
        pushed.measures = ["dossiers.received", "dossiers.received.online"]
        for (number, value) in [100, online].enumerated() {
            pushed.items.append(
                .init(
                    agency: 0, measure: number, range: days("2026-08-01", "2026-08-31"), value: ExactDecimal(units: value, scale: 0), index: number))
        }
        return pushed
    }

    private func eventually(_ condition: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while try !condition() {
            guard ContinuousClock.now < deadline else { throw RunningDaemon.NeverHappened(remark: "the pushes were judged") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func aBurstOfPushesIsJudgedOnceAMomentAfterTheFirst() async throws {
        let province = try SmallProvince()
        try FileManager.default.removeItem(atPath: province.directory.file("sources.d/one-stop.yaml"))
        let test = try DeskUnderTest(province.directory.path)
        let configuration = try Configuration.load(province.directory.path).get()
        let judgings = Judgings()
        let courier = Courier(concurrent: 1, perHost: 1)
        defer { courier.close() }
        let clock = test.clock
        let health = Health()
        let runner = CycleRunner(
            live: LiveConfiguration(configuration, loadedAt: clock.now), store: test.store, courier: courier,
            time: TimeSource(now: { clock.now }, sleep: { try await clock.sleep(until: $0) }), health: health,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, jitter: { _ in .zero },
            reached: { if $0 == .judged { judgings.note() } }, passed: [Bell()])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runner.run() }
            try await eventually { health.current.passes > 0 && judgings.count == 1 }

            for online in [60, 40] {
                _ = try await test.desk.receive(DeskUnderTest.push(month(online: Int64(online)), body: "\(online)"))
                try runner.figuresCame(after: #require(test.changes.last))
            }
            #expect(try test.store.alerts().isEmpty)
            clock.advance(by: PushedFigures.gathering)
            try await eventually { try !test.store.alerts().isEmpty }

            #expect(try test.store.alerts().map(\.key.description) == ["online/dossier.online/H52.01"])
            #expect(try test.store.alerts().map(\.severity) == [.critical], "the last push holds")
            #expect(judgings.count == 2, "one judging for both")
            group.cancelAll()
        }
    }
}
