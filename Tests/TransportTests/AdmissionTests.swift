import Testing

@testable import Transport

struct AdmissionTests {
    @Test func orderIsKeptWithinTheBounds() {
        var admission = Admission(total: 3, perHost: 2, room: 10)
        for (number, host) in [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "b")] as [(UInt64, String)] {
            let isTaken = admission.enqueue(number, host: host)
            #expect(isTaken)
        }

        let first = [admission.next(), admission.next(), admission.next(), admission.next()]
        admission.leave(4)
        let afterB = [admission.next(), admission.next()]
        admission.leave(1)
        let afterA = [admission.next(), admission.next()]

        #expect(first == [1, 2, 4, nil])
        #expect(afterB == [5, nil])
        #expect(afterA == [3, nil])
    }

    @Test func waitingRoomHasAnEnd() {
        var admission = Admission(total: 1, perHost: 1, room: 1)

        let taken = [admission.enqueue(1, host: "a"), admission.enqueue(2, host: "a")]
        admission.leave(1)
        let again = admission.enqueue(2, host: "a")
        let next = admission.next()

        #expect(taken == [true, false])
        #expect(again)
        #expect(next == 2)
    }

    @Test func boundsBelowOneMeanOne() {
        var admission = Admission(total: 0, perHost: -1, room: 0)

        let isTaken = admission.enqueue(1, host: "a")
        let next = admission.next()

        #expect(isTaken)
        #expect(next == 1)
    }
}
