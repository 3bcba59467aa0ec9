@testable import Daemon
import Model
import Settings
import TestSupport
import Testing

/// When a source is asked next, without a source, a store or a clock.
struct SourceMachineTests {
    private let now = instant("2026-09-10T08:00")

    @Test func aSourceNeverAskedIsDueAtOnce() {
        #expect(machine().isDue(at: now))
    }

    @Test func aSourceIsDueFromItsNextRunOn() {
        var state = SourceState(source: "one-stop", registeredAt: now)
        state.nextRun = now

        #expect(!machine(state).isDue(at: now - .milliseconds(1)))
        #expect(machine(state).isDue(at: now))
        #expect(machine(state).isDue(at: now + .seconds(86_400)))
    }

    @Test func aDisabledSourceIsNeverDue() {
        var settings = settings()
        settings.isEnabled = false

        #expect(!machine(settings: settings).isDue(at: now))
    }

    struct Asking: Sendable, CustomTestStringConvertible {
        let name: String
        let cursor: String?
        let backfillFrom: String?
        let lookback: Int
        let days: DayRange?

        var testDescription: String { name }
    }

    static let askings = [
        Asking(name: "nothing known: the look-back", cursor: nil, backfillFrom: nil, lookback: 7, days: days("2026-09-03", "2026-09-09")),
        Asking(name: "first run: the whole backfill", cursor: nil, backfillFrom: "2026-06-01", lookback: 7, days: days("2026-06-01", "2026-09-09")),
        Asking(
            name: "up to date: the look-back again", cursor: "2026-09-10", backfillFrom: "2026-06-01", lookback: 7,
            days: days("2026-09-03", "2026-09-09")),
        Asking(
            name: "after an outage: from the gap on", cursor: "2026-08-01", backfillFrom: "2026-06-01", lookback: 7,
            days: days("2026-08-01", "2026-09-09")),
        Asking(
            name: "the look-back ends where the history begins", cursor: "2026-09-10", backfillFrom: "2026-09-08", lookback: 30,
            days: days("2026-09-08", "2026-09-09")),
        Asking(
            name: "without look-back: yesterday all the same", cursor: "2026-09-10", backfillFrom: nil, lookback: 0,
            days: days("2026-09-09", "2026-09-09")),
        Asking(name: "a source that begins in the future", cursor: nil, backfillFrom: "2026-10-01", lookback: 7, days: nil),
    ]

    @Test(arguments: askings)
    func theDaysAskedForReachFromTheFirstMissingThroughYesterday(asking: Asking) {
        var state = SourceState(source: "one-stop", registeredAt: now)
        state.cursor = asking.cursor.map { day($0) }
        var settings = settings()
        settings.lookbackDays = asking.lookback
        settings.backfillFrom = asking.backfillFrom.map { day($0) }

        #expect(machine(state, settings: settings).days(today: day("2026-09-10")) == asking.days)
    }

    @Test func thePauseDoublesUpToTheLongestAndThenTheRegularRunIsWaitedFor() {
        var machine = machine(jitter: { $0 })

        let pauses = (1...6).map { _ in
            machine.handle(.failed("the source answered 503", isRetryable: true, wait: nil), at: now)
            return machine.state.nextRun.map { $0 - now }
        }

        #expect(pauses.prefix(5) == [.seconds(30), .seconds(60), .seconds(120), .seconds(240), .seconds(300)])
        #expect(machine.state.nextRun == instant("2026-09-11T02:15"))
        #expect(machine.state.failures == 6)
        #expect(machine.state.lastError == "the source answered 503")
        #expect(machine.state.lastAttempt == now)
    }

    @Test func halfOfThePauseIsDrawn() {
        var shortest = machine(jitter: { _ in .zero })
        var middle = machine(jitter: { $0 / 2 })

        shortest.handle(.failed("x", isRetryable: true, wait: nil), at: now)
        middle.handle(.failed("x", isRetryable: true, wait: nil), at: now)

        #expect(shortest.state.nextRun == now + .seconds(15))
        #expect(middle.state.nextRun == now + .milliseconds(22_500))
    }

    @Test func aSourceThatAsksForALongerPauseGetsIt() {
        var long = machine(jitter: { $0 })
        var short = machine(jitter: { $0 })

        long.handle(.failed("busy", isRetryable: true, wait: .seconds(3600)), at: now)
        short.handle(.failed("busy", isRetryable: true, wait: .seconds(1)), at: now)

        #expect(long.state.nextRun == now + .seconds(3600))
        #expect(short.state.nextRun == now + .seconds(30))
    }

    @Test func noSourceSilencesItselfForLongerThanADay() {
        var machine = machine()

        machine.handle(.failed("busy", isRetryable: true, wait: .seconds(999_999_999)), at: now)

        #expect(machine.state.nextRun == now + .seconds(86_400))
    }

    @Test func aFailureThatRepeatingCannotHelpWaitsForTheRegularRun() {
        var machine = machine()

        machine.handle(.failed("401", isRetryable: false, wait: nil), at: now)

        #expect(machine.state.nextRun == instant("2026-09-11T02:15"))
        #expect(machine.state.failures == 1)
    }

    @Test func aSuccessForgetsTheFailuresAndDrawsTheRegularRun() {
        var state = SourceState(source: "one-stop", registeredAt: now)
        state.failures = 4
        state.lastError = "busy"
        var settings = settings()
        settings.jitter = .seconds(600)
        var machine = machine(state, settings: settings, jitter: { $0 / 2 })

        machine.handle(.finished, at: now)

        #expect(machine.state.failures == 0)
        #expect(machine.state.lastError.isEmpty)
        #expect(machine.state.lastSuccess == now)
        #expect(machine.state.nextRun == instant("2026-09-11T02:20"))
    }

    @Test func theCursorFollowsTheFetchedDaysAndNeverGoesBack() {
        var machine = machine()

        machine.handle(.fetched(days("2026-06-01", "2026-06-30")), at: now)
        let afterJune = machine.state.cursor
        machine.handle(.fetched(days("2026-07-01", "2026-07-31")), at: now)
        machine.handle(.fetched(days("2026-06-01", "2026-06-30")), at: now)

        #expect(afterJune == day("2026-07-01"))
        #expect(machine.state.cursor == day("2026-08-01"))
    }

    @Test func daysOrderedBeyondAGapDoNotHideTheGap() {
        var fresh = machine()
        var state = SourceState(source: "one-stop", registeredAt: now)
        state.cursor = day("2026-07-01")
        var behind = machine(state)

        fresh.handle(.fetched(days("2026-08-01", "2026-08-31")), at: now)
        behind.handle(.fetched(days("2026-08-01", "2026-08-31")), at: now)

        #expect(fresh.days(today: now.day)?.start == day("2026-06-01"))
        #expect(behind.state.cursor == day("2026-07-01"))
    }

    private func settings() -> SourceSettings {
        SourceSettings(
            id: "one-stop", kind: "http", title: LocalizedText(vietnamese: "Một cửa", english: "One-stop"), schedule: cron("15 2 * * *"),
            lookbackDays: 7, backfillFrom: day("2026-06-01"),
            retry: RetrySettings(first: .seconds(30), longest: .seconds(300), attempts: 5))
    }

    private func machine(
        _ state: SourceState? = nil, settings: SourceSettings? = nil, jitter: @escaping (Duration) -> Duration = { _ in .zero }
    ) -> SourceMachine {
        SourceMachine(
            state: state ?? SourceState(source: "one-stop", registeredAt: now), settings: settings ?? self.settings(), jitter: jitter)
    }
}
