import Receiver
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
