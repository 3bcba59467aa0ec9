import Assembly
@testable import Daemon
import Model
import Settings
import Store
import TestSupport
import Testing

/// What a replay of past days shows is what was judged on them.
struct ReplayTests {
    private struct Shown: Hashable, CustomStringConvertible {
        let key: AlertKey
        let state: AlertState
        let severity: Severity
        let period: Period?
        let ever: Bool?

        init(_ alert: Alert) {
            (key, state, severity, period) = (alert.key, alert.state, alert.severity, alert.period)
            if case .notReported(let facts) = alert.reason { ever = facts.ever } else { ever = nil }
        }

        var description: String { "\(key) \(state) \(severity) \(period.map { "\($0)" } ?? "") \(ever.map { "\($0)" } ?? "")" }
    }

    @Test(arguments: 0..<4) func aReplayOfTheSameDaysEndsWithTheSameAlerts(seed: Int) async throws {
        var random = SeededNumbers(seed: seed)
        let directory = try TemporaryDirectory()
        try YearOfAProvince.write(to: directory)
        let configuration = try Configuration.load(directory.path).get()
        let store = try Store(path: directory.file("lived.db"), mode: .readWrite)
        let judging = Judging(configuration: configuration, store: store, shelf: CellShelf(store: store), reached: { _ in })
        let first = day("2025-03-01")
        var standings: [Set<Shown>] = []
        // One has reported January; the others owe it for as long as this goes on.
        let january = Delivery(source: "sheet", receivedAt: first.start, bytes: Array("January".utf8), mediaType: "text/plain")
        let cell = CellKey(agency: code("H52.07"), measure: measure("online.below"), range: days("2025-01-01", "2025-01-31"))
        _ = try await store.record(january, observations: [Observation(cell: cell, value: 100)])

        for number in 0..<75 {
            let today = first + number
            if Int.random(in: 0..<3, using: &random) == 0 {
                let at = Instant(today, hour: 7, minute: 0)
                let delivery = Delivery(source: "sheet", receivedAt: at, bytes: Array("\(number)".utf8), mediaType: "text/plain")
                _ = try await store.record(delivery, observations: counts(on: today, &random))
            }
            _ = try await judging.run(at: Instant(today, hour: 8, minute: 0))
            standings.append(Set(try store.alerts().filter { $0.key != .lettersHeld }.map(Shown.init)))
        }

        // The figures that came later must not be known on an earlier day.
        for length in [20, 45, 75] {
            let outcome = try RulesReplay(configuration: configuration, store: store).run(from: first, through: first + length - 1)
            #expect(Set(outcome.alerts.values.map(Shown.init)) == standings[length - 1], "after \(length) days")
        }
        let evers = Set(standings.joined().compactMap(\.ever))
        #expect(evers == [true, false], "some had reported before they failed to, and some never had")
    }

    private func counts(on today: Day, _ random: inout SeededNumbers) -> [Observation] {
        let (name, scheme): (String, PeriodScheme) = Bool.random(using: &random) ? ("online", .calendar) : ("signed", .admin15)
        let period = Period.lastClosed(.month, scheme: scheme, on: today)
        // Most report at the beginning and few later on, so that there are those who stopped and those who never began.
        let chances = today < day("2025-04-01") ? 2 : 12
        return ["H52.07", "H52.08", "H52.20"].filter { _ in Int.random(in: 0..<chances, using: &random) == 0 }.flatMap { agency in
            [("above", Int64.random(in: 30...100, using: &random)), ("below", 100)].map { part, value in
                Observation(cell: CellKey(agency: code(agency), measure: measure("\(name).\(part)"), range: period.range), value: value)
            }
        }
    }
}
