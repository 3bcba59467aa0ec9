@testable import Daemon
import Assembly
import Model
import Rules
import Settings
import Store
import TestSupport
import Testing

/// After a delivery only what it touched is judged. Two stores live through the same random months: one judges everything after each delivery, the
/// other everything once a day and after each delivery what it touched. Their alerts must never differ. In the middle a district ends, and its last
/// figures come late.
struct IncrementalJudgingTests {
    private struct Life {
        let store: Store
        let judging: Judging

        init(_ configuration: Configuration, _ path: String) throws {
            store = try Store(path: path, mode: .readWrite)
            judging = Judging(configuration: configuration, store: store, shelf: CellShelf(store: store), reached: { _ in })
        }

        /// Judges what the deliveries since the last judging have touched.
        func judgeTouched(at now: Instant) async throws { _ = try await judging.run(at: now, onlyTouched: true) }
    }

    @Test(arguments: 0..<6) func whatWasTouchedIsJudgedAsIfEverythingWas(seed: Int) async throws {
        var random = SeededNumbers(seed: seed)
        let directory = try TemporaryDirectory()
        try YearOfAProvince.write(to: directory)
        let configuration = try Configuration.load(directory.path).get()
        let whole = try Life(configuration, directory.file("whole.db"))
        let touched = try Life(configuration, directory.file("touched.db"))
        var seen: Set<AlertState> = []

        for number in 0..<60 {
            var now = Instant(day("2025-04-15") + number * 2, hour: 8, minute: 0)
            for life in [whole, touched] { _ = try await life.judging.run(at: now) }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                now = now + .seconds(60)
                let observations = delivery(on: now.day, &random)
                for life in [whole, touched] {
                    let delivery = Delivery(source: "sheet", receivedAt: now, bytes: Array("\(number)".utf8), mediaType: "text/plain")
                    _ = try await life.store.record(delivery, observations: observations)
                }
                _ = try await whole.judging.run(at: now)
                try await touched.judgeTouched(at: now)

                let alerts = try whole.store.alerts()
                #expect(try touched.store.alerts() == alerts, "on \(now.day)")
                #expect(try touched.store.outbox(limit: 1000).map(\.letter) == whole.store.outbox(limit: 1000).map(\.letter))
                seen.formUnion(alerts.map(\.state))
            }
        }
        #expect(seen.isSuperset(of: [.firing, .resolved]), "the months held what this is about")
    }

    @Test func twoJudgingsWithinOneMillisecondGiveTwoLettersDifferentIDs() async throws {
        let directory = try TemporaryDirectory()
        try YearOfAProvince.write(to: directory)
        let life = try Life(try Configuration.load(directory.path).get(), directory.file("one.db"))
        let now = Instant(day("2025-03-12"), hour: 9, minute: 0)
        _ = try await life.judging.run(at: now + .seconds(-3600))
        for agency in ["H52.07", "H52.08"] {
            let delivery = Delivery(source: "sheet", receivedAt: now, bytes: Array(agency.utf8), mediaType: "text/plain")
            let observations = [("above", Int64(10)), ("below", 100)].map { part, value in
                Observation(
                    cell: CellKey(agency: code(agency), measure: measure("online.\(part)"), range: days("2025-02-01", "2025-02-28")), value: value)
            }
            _ = try await life.store.record(delivery, observations: observations)
            try await life.judgeTouched(at: now)
        }

        let letters = try life.store.outbox(limit: 10)
        // Three were told an hour before that their figures are missing.
        #expect(letters.count == 5 && Set(letters.map(\.letter.messageID)).count == 5)
    }

    /// Counts of one indicator for some agencies, mostly over the month that is being judged, and else late for one before.
    private func delivery(on today: Day, _ random: inout SeededNumbers) -> [Observation] {
        let (name, scheme): (String, PeriodScheme) = Bool.random(using: &random) ? ("online", .calendar) : ("signed", .admin15)
        let newest = Period.lastClosed(.month, scheme: scheme, on: today)
        let period = Int.random(in: 0..<4, using: &random) == 0 ? newest.advanced(by: -Int.random(in: 1...4, using: &random)) : newest
        return ["H52.07", "H52.08", "H52.20", "H52.101"].filter { _ in Bool.random(using: &random) }.flatMap { agency in
            [("above", Int64.random(in: 30...100, using: &random)), ("below", 100)].map { part, value in
                Observation(
                    cell: CellKey(agency: code(agency), measure: measure("\(name).\(part)"), range: period.range),
                    value: Int.random(in: 0..<12, using: &random) == 0 ? nil : value)
            }
        }
    }
}
