@testable import Daemon
import Model
import TestSupport
import Testing

struct PushLaneTests {
    private let bounds = PushBounds(batchObservations: 100, batchPushes: 4)

    @Test func aBatchEndsWithTheBoundOfPushesOrOfObservations() {
        var lane = PushLane<String>(bounds)
        for (name, sender, observations) in [
            ("a1", "a", 60), ("a2", "a", 60), ("b1", "b", 30), ("c1", "c", 5), ("c2", "c", 500), ("d1", "d", 1), ("d2", "d", 1),
        ] { lane.append(name, of: sender, observations: observations) }

        let batches = (0..<4).map { _ in lane.nextBatch() }
        #expect(batches == [["a1", "b1", "c1", "d1"], ["a2", "c2"], ["d2"], []])
    }

    @Test func aSmallSenderIsInTheNextBatchHoweverMuchABigOneHasWaiting() {
        var lane = PushLane<String>(bounds)
        for number in 0..<1000 { lane.append("big \(number)", of: "big", observations: 10) }
        lane.append("small", of: "small", observations: 1)

        let next = lane.nextBatch()
        #expect(next.contains("small"))
    }
}

struct PushedFiguresTests {
    private let start = instant("2026-09-10T08:00")

    @Test func aBurstIsJudgedOnceAndASteadyStreamEveryInterval() {
        var pushed = PushedFigures()

        let nothing = pushed.take(at: start, isJudgedAnyway: true)
        let isNews = [4, 5, 3].enumerated().map { pushed.came(after: DeliveryID($1), at: start + .seconds($0)) }
        #expect(nothing == nil && isNews == [true, false, false])
        #expect(pushed.dueAt == start + .seconds(3))
        let early = pushed.take(at: start + .seconds(2), isJudgedAnyway: false)
        let taken = pushed.take(at: start + .seconds(3), isJudgedAnyway: false)
        let again = pushed.take(at: start + .seconds(9), isJudgedAnyway: true)
        #expect(early == nil && taken == DeliveryID(3) && again == nil && pushed.dueAt == nil)
        _ = pushed.came(after: DeliveryID(6), at: start + .seconds(4))
        #expect(pushed.dueAt == start + .seconds(18), "not before the interval is over")
    }

    @Test func whatCouldNotBeJudgedIsDueAgain() {
        var pushed = PushedFigures()
        _ = pushed.came(after: .init(4), at: start)
        _ = pushed.take(at: start, isJudgedAnyway: true)
        _ = pushed.came(after: .init(9), at: start)

        pushed.putBack(.init(4), at: start)

        #expect(pushed.dueAt == start + .seconds(15))
        let taken = pushed.take(at: start + .seconds(15), isJudgedAnyway: false)
        #expect(taken == DeliveryID(4))
    }
}

struct FailedLoginsTests {
    private let start = instant("2026-09-10T08:00")

    @Test func attemptsAreCountedByAddressOverADay() {
        var failed = FailedLogins()
        for minute in 0..<3 { failed.note("10.0.0.1", at: start + .seconds(minute * 60)) }
        failed.note("10.0.0.2", at: start + .seconds(3600))

        let soon = failed.entries(at: start + .seconds(7200))
        let nextDay = failed.entries(at: start + .seconds(86_400))
        let later = failed.entries(at: start + .seconds(2 * 86_400))
        #expect(
            soon == [
                FailedLogins.Entry(address: "10.0.0.1", count: 3, last: start + .seconds(120)),
                FailedLogins.Entry(address: "10.0.0.2", count: 1, last: start + .seconds(3600)),
            ])
        #expect(nextDay.map(\.address) == ["10.0.0.2"] && later.isEmpty)
    }

    @Test func strangersFromEverywhereFillNoMemory() {
        var failed = FailedLogins()
        for number in 0..<5000 { failed.note("10.0.\(number / 256).\(number % 256)", at: start) }

        let entries = failed.entries(at: start)
        #expect(entries.count == FailedLogins.mostAddresses + 1)
        #expect(entries.first == FailedLogins.Entry(address: "…", count: 4000, last: start))
    }
}
