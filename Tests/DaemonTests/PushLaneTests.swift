@testable import Daemon
import Model
import TestSupport
import Testing

struct FairQueueTests {
    @Test func sendersTakeTurns() {
        var queue = FairQueue<String>()
        for number in 1...4 { queue.append("big \(number)", of: "big") }
        queue.append("small 1", of: "small")
        queue.append("late 1", of: "late")
        queue.append("small 2", of: "small")

        var order: [String] = []
        while let next = queue.next() { order.append(next) }

        #expect(order == ["big 1", "small 1", "late 1", "big 2", "small 2", "big 3", "big 4"])
        let beyond = queue.next()
        #expect(queue.isEmpty && beyond == nil)
    }

    @Test(arguments: 0..<5) func nothingIsLostOrDoubledAndEachSendersOrderHolds(seed: Int) {
        var random = SeededNumbers(seed: seed)
        var queue = FairQueue<(sender: Int, number: Int)>()
        var sent = [Int](repeating: 0, count: 5)
        var taken = [Int](repeating: 0, count: 5)

        for _ in 0..<5000 {
            if Bool.random(using: &random) {
                let sender = Int.random(in: 0..<5, using: &random)
                queue.append((sender, sent[sender]), of: "\(sender)")
                sent[sender] += 1
            } else if let next = queue.next() {
                #expect(next.number == taken[next.sender])
                taken[next.sender] += 1
            }
            #expect(queue.count == zip(sent, taken).reduce(0) { $0 + $1.0 - $1.1 })
        }
        while let next = queue.next() { taken[next.sender] += 1 }
        #expect(taken == sent)
    }
}

struct PushLaneTests {
    private let bounds = PushBounds(pushes: 8, bytes: 1000, batchObservations: 100, batchPushes: 4)

    @Test func oneSenderHasHalfTheRoomAndLeavesSomeForOthers() {
        var lane = PushLane<Int>(bounds)

        let big = (0..<6).map { _ in lane.admit("big", bytes: 1) }
        let other = (0..<4).map { _ in lane.admit("other", bytes: 1) }
        let newcomers = ["third", "fourth", "fifth"].map { lane.admit($0, bytes: 1) }
        #expect(big == [true, true, true, true, false, false])
        #expect(other == [true, true, false, false], "the last quarter is for newcomers")
        #expect(newcomers == [true, true, false], "the bound holds for everybody")
        #expect(lane.count == 8 && lane.waiting == ["big": 4, "other": 2, "third": 1, "fourth": 1])

        lane.leave("big", bytes: 1)
        let after = ["big", "fifth"].map { lane.admit($0, bytes: 1) }
        #expect(after == [false, true], "whoever has something inside does not take the newcomers' room")
    }

    @Test func bytesAreBoundedAsPushesAre() {
        var lane = PushLane<Int>(bounds)

        let asked = [("big", 400), ("big", 200), ("big", 100), ("small", 300), ("new", 201), ("new", 200)]
        let admitted = asked.map { lane.admit($0.0, bytes: $0.1) }
        #expect(admitted == [true, false, true, true, false, true])
        for (sender, bytes) in [("big", 400), ("big", 100), ("small", 300), ("new", 200)] { lane.leave(sender, bytes: bytes) }
        #expect(lane.count == 0 && lane.bytes == 0 && lane.waiting.isEmpty)
        let huge = [("huge", 5000), ("small", 1)].map { lane.admit($0.0, bytes: $0.1) }
        #expect(huge == [true, false], "what is larger than the bound is taken when nothing else is inside")
    }

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
