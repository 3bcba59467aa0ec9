import Testing

@testable import Receiver

/// Who makes room for whom.
@Suite struct ConnectionTableTests {
    @Test func connectionsAreTakenUpToTheBoundAndThenTheLongestIdleMakesRoom() {
        var table = ConnectionTable()
        let first = (1...3).map { table.open($0, from: "\($0)", most: 3, mostPerAddress: 3) }
        table.works(1)
        table.rests(1)

        let past = table.open(4, from: "4", most: 3, mostPerAddress: 3)

        #expect(first == [.accepted, .accepted, .accepted])
        #expect(past == .replacing(2))
        #expect(table.count == 3)
    }

    @Test func addressMakesRoomAmongItsOwn() {
        var table = ConnectionTable()
        _ = table.open(1, from: "other", most: 10, mostPerAddress: 2)
        let own = (2...4).map { table.open($0, from: "a", most: 10, mostPerAddress: 2) }
        table.works(3)
        table.works(4)
        let past = table.open(5, from: "a", most: 10, mostPerAddress: 2)

        #expect(own == [.accepted, .accepted, .replacing(2)])
        #expect(past == .refused)
    }

    @Test func connectionsAtWorkAreNeverClosedForOthers() {
        var table = ConnectionTable()
        for id in 1...2 {
            _ = table.open(id, from: "\(id)", most: 2, mostPerAddress: 2)
            table.works(id)
        }
        let busy = table.open(3, from: "3", most: 2, mostPerAddress: 2)
        table.rests(2)
        let idle = table.open(3, from: "3", most: 2, mostPerAddress: 2)
        table.close(3)
        let free = table.open(4, from: "4", most: 2, mostPerAddress: 2)

        #expect([busy, idle, free] == [.refused, .replacing(2), .accepted])
    }

    @Test func closingTwiceOrAfterMakingRoomCountsOnce() {
        var table = ConnectionTable()
        _ = table.open(1, from: "a", most: 1, mostPerAddress: 1)
        let second = table.open(2, from: "a", most: 1, mostPerAddress: 1)
        table.close(1)
        table.close(2)
        table.close(2)
        let count = table.count
        let third = table.open(3, from: "a", most: 1, mostPerAddress: 1)

        #expect(second == .replacing(1))
        #expect(count == 0)
        #expect(third == .accepted)
    }
}
