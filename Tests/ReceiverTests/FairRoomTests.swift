import Testing

@testable import Receiver

/// Who has how much of the room.
@Suite struct FairRoomTests {
    @Test func oneHasHalfAndTheLastQuarterIsForThoseWithLittle() {
        var room = FairRoom()
        func take(_ owner: String) -> Bool { room.take(1, of: owner, in: 8, little: 1) }

        let big = (0..<6).map { _ in take("big") }
        let other = (0..<4).map { _ in take("other") }
        let newcomers = ["third", "fourth", "fifth"].map { take($0) }
        #expect(big == [true, true, true, true, false, false])
        #expect(other == [true, true, false, false], "the last quarter is for newcomers")
        #expect(newcomers == [true, true, false], "the bound holds for everybody")
        #expect(room.total == 8)

        room.giveBack(1, of: "big")
        let after = ["big", "fifth"].map { take($0) }
        #expect(after == [false, true], "whoever has something inside does not take the newcomers' room")
    }

    @Test func bodyThatGrowsMayBeAsLargeAsTheLargest() {
        var room = FairRoom()
        func take(_ amount: Int, _ owner: String) -> Bool { room.take(amount, of: owner, in: 1000, little: 100) }

        let taken = [take(500, "big"), take(1, "big"), take(250, "other"), take(60, "small"), take(40, "small"), take(1, "small")]
        #expect(taken == [true, false, true, true, true, false])
        room.giveBack(500, of: "big")
        room.giveBack(250, of: "other")
        room.giveBack(60, of: "small")
        room.giveBack(40, of: "small")
        #expect(room.total == 0)
        let alone = room.take(100, of: "big", in: 100, little: 100)
        #expect(alone, "a room for one is not halved")
    }
}
