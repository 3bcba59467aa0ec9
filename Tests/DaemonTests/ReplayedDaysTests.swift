import Assembly
import Control
@testable import Daemon
import Foundation
import Model
import Rules
import Settings
import Store
import TestSupport
import Testing

/// Weeks in which things change by the calendar and by what people do, lived and then replayed: each alert changes and each letter is written on the same day.
struct ReplayedDaysTests {
    private let directory: TemporaryDirectory
    private let configuration: Configuration
    private let store: Store
    private let judging: Judging
    private static let first = day("2025-09-01")
    private static let last = day("2025-10-20")

    init() throws {
        directory = try TemporaryDirectory()
        try YearOfAProvince.write(to: directory)
        try directory.write(
            "rules:\n  - {id: online, kind: threshold, indicators: [dossier.online], working_days: 5}\n", to: "rules.yaml")
        try directory.write(
            """
            id: sheet
            kind: http
            schedule: "15 2 * * *"
            lookback: 45
            backfill_from: 2025-06-01
            request: {each: month, url: "http://127.0.0.1:1/?month=${month}"}
            answer:
              rows: data
              agency: {code: code}
              measures: {online.above: above, online.below: below}

            """, to: "sources.d/sheet.yaml")
        configuration = try Configuration.load(directory.path).get()
        store = try Store(path: directory.file("lived.db"), mode: .readWrite)
        judging = Judging(configuration: configuration, store: store, shelf: CellShelf(store: store), reached: { _ in })
    }

    @Test func whatTheCalendarAndPeopleChangedIsReplayedOnItsDay() async throws {
        let august = try #require(Period("2025-08"))
        for number in 0...(Self.last - Self.first) {
            let today = Self.first + number
            // The days to correct the figures end on the 9th, without a delivery and within the month.
            if today == day("2025-09-03") { try await deliver(august, [("H52.07", 40), ("H52.08", 30), ("H52.101", 60)], on: today) }
            _ = try await judging.run(at: Instant(today, hour: 8, minute: 0))
            try await act(on: today)
        }

        let outcome = try RulesReplay(configuration: configuration, store: store).run(from: Self.first, through: Self.last)

        let lived = try store.transitions(since: Self.first.start, limit: 1000).reversed().map { said($0.transition) }
        #expect(outcome.events.map { said($0.transition) }.sorted() == lived.sorted())
        for change in [
            "2025-09-10 online/dossier.online/H52.07 firing", "2025-09-11 online/dossier.online/H52.07 acknowledged",
            "2025-09-12 online/dossier.online/H52.08 silenced", "2025-09-26 online/dossier.online/H52.08 firing",
        ] {
            #expect(lived.contains(change), "the weeks held what this is about: \(change) in \(lived)")
        }
        let begun = try store.transitions(since: Self.first.start, limit: 1000).map(\.transition).count { $0.begins && $0.actor == nil }
        #expect(try replay(from: Self.first, through: Self.last).notes.first?.hasPrefix("\(begun) fired (really \(begun)), ") == true)
        let letters = try store.outbox(limit: 100).map { "\($0.createdAt.day) \($0.letter.agency?.text ?? "operators")" }
        #expect(outcome.letters.map(said).sorted() == letters.sorted())
        #expect(!letters.contains("2025-10-03 H52.08") && letters.contains("2025-10-13 H52.08"), "it promised the 10th: \(letters)")
    }

    @Test func operatorsAreWrittenToOnDaysOnWhichAgenciesAreNot() async throws {
        let august = try #require(Period("2025-08"))
        try await deliver(august, [("H52.07", 90)], on: Self.first)
        // Thirty days later is a Wednesday; four more make it a Sunday.
        try directory.write("rules:\n  - {id: sources, kind: stale, sources: all, limit: 33}\n", to: "rules.yaml")
        let patient = try Configuration.load(directory.path).get()

        let letters = try RulesReplay(configuration: patient, store: store).run(from: Self.first, through: Self.last).letters

        let sunday = try #require(letters.first)
        #expect(sunday.day == day("2025-10-05") && sunday.agency == nil)
        #expect(sunday.alerts.map(\.description) == ["sources/sheet/-"])
    }

    @Test func anAlertThatStoodIsUrgedFromTheStepItWasAt() async throws {
        let august = try #require(Period("2025-08"))
        try await deliver(august, [("H52.07", 40)], on: Self.first)
        for today in ["2025-09-10", "2025-09-17", "2025-09-24"].map(day) { _ = try await judging.run(at: Instant(today, hour: 8, minute: 0)) }
        #expect(try store.urged().values.map(\.step) == [2])

        let letters = try RulesReplay(configuration: configuration, store: store).run(from: day("2025-09-25"), through: day("2025-10-01")).letters

        #expect(letters.map(said) == ["2025-10-01 H52.07", "2025-10-01 operators"])
        let shown = try replay(from: day("2025-09-25"), through: day("2025-10-01"))
        #expect(try shown.column("letter").map(\.id) == ["H52.07, operators"])
        #expect(shown.notes.first?.hasPrefix("0 fired (really 0), 2 letters") == true, "it stood before")
    }

    @Test func whatFiredAndWasTakenOnTheSameDayIsCounted() async throws {
        let august = try #require(Period("2025-08"))
        let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.07"))
        let lan = AlertActor(name: "lan", why: "đã gọi điện")
        let today = day("2025-09-10")
        try await deliver(august, [("H52.07", 40), ("H52.08", 30)], on: Self.first)
        _ = try await judging.run(at: Instant(today, hour: 8, minute: 0))
        for (hour, order) in [(9, AlertOrder.acknowledge), (10, .release), (11, .close)] {
            var machine = AlertMachine(key: key, alert: try store.alerts().first { $0.key == key })
            try await store.apply(try machine.handle(order, by: lan, at: Instant(today, hour: hour, minute: 0)))
        }

        let shown = try replay(from: today, through: today)

        #expect(shown.notes.first?.hasPrefix("2 fired (really 2), ") == true)
        #expect(try shown.column("would").map(\.id) == ["closed", "firing"], "of a day the last state is shown")
    }

    @Test func daysThatHaveNotComeAreNoHistory() throws {
        let desk = Desk(configuration: configuration, store: store, language: .english, now: Instant(Self.first, hour: 8, minute: 0))

        let failure = #expect(throws: Failure.self) { try desk.replay(configuration, from: Self.first, through: Self.first + 1) }

        #expect(failure?.message == "2025-09-02 has not come: only days that have passed can be replayed")
        #expect(failure?.hint == "the last day is 2025-09-01 at the latest")
    }

    /// As the command line shows it, asked when all of it was over.
    private func replay(from first: Day, through last: Day) throws -> Sheet {
        let desk = Desk(configuration: configuration, store: store, language: .english, now: Instant(Self.last, hour: 23, minute: 0))
        return try desk.replay(configuration, from: first, through: last).sheet("rules-replay")
    }

    @Test func aDifferenceKnowsTheFiguresOfThisMorning() async throws {
        let august = try #require(Period("2025-08"))
        let noon = Instant(day("2025-09-10"), hour: 12, minute: 0)
        try await deliver(august, [("H52.07", 70)], on: noon.day, hour: 10)
        let strict = """
            targets:
              - {indicator: dossier.online, warning: 60, from: 2024-12-01, legal_basis: Ngưỡng thử nghiệm}

            """
        let mild = try Configuration.load(directory.path, replacing: ["targets.yaml": strict]).get()

        let rows = try Desk(configuration: configuration, store: store, language: .english, now: noon).difference(mild).sheet("rules-diff")

        #expect(try rows.column("alert").map(\.id) == ["online/dossier.online/H52.07"])
        #expect(try rows.column("now").map(\.id) == ["firing warning"])
    }

    // MARK: - What happens

    private func act(on today: Day) async throws {
        let now = Instant(today, hour: 10, minute: 0)
        let operators = AlertActor(name: "Trực", why: "đã biết")
        switch today {
        case day("2025-09-11"):
            let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.07"))
            var machine = AlertMachine(key: key, alert: try store.alerts().first { $0.key == key })
            try await store.apply(try machine.handle(.acknowledge, by: operators, at: now))
            // It says that it has held since the beginning of the month, and nobody knew of it before.
            let silence = Silence(
                scope: .init(agency: code("H52.08")), from: Self.first.start, until: day("2025-09-26").start, actor: operators, createdAt: now)
            _ = try await store.add(silence)
        case day("2025-09-29"):
            let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.08"))
            let answer = Remediation(key: key, at: now, enteredBy: "Trực", cause: "", plan: "bổ sung cán bộ", due: day("2025-10-10"), evidence: nil)
            _ = try await store.add(answer, evidence: nil)
        default: break
        }
    }

    private func deliver(_ period: Period, _ figures: [(agency: String, above: Int64)], on today: Day, hour: Int = 7) async throws {
        let delivery = Delivery(
            source: "sheet", receivedAt: Instant(today, hour: hour, minute: 0), bytes: Array("\(today)".utf8), mediaType: "text/plain")
        let observations = figures.flatMap { figure in
            [("above", figure.above), ("below", 100)].map { part, value in
                Observation(
                    cell: CellKey(agency: code(figure.agency), measure: measure("online.\(part)"), range: period.range), value: value)
            }
        }
        let state = SourceState(source: "sheet", registeredAt: delivery.receivedAt)
        _ = try await store.record(delivery, observations: observations, source: state)
    }

    private func said(_ letter: RulesReplay.Letter) -> String { "\(letter.day) \(letter.agency?.text ?? "operators")" }

    private func said(_ transition: Transition) -> String { "\(transition.at.day) \(transition.key) \(transition.to)" }
}
