import Model
import NIOPosix
import Settings
import Synchronization
import TestSupport
import Testing

@testable import Receiver

/// How much is decoded at once, and whose.
@Suite struct DecodingBenchTests {
    private static func observations(_ count: Int, agency: String = "H52.07") -> PushedObservations {
        var observations = PushedObservations()
        observations.agencies = [agency]
        observations.measures = ["mail.accounts.active"]
        observations.items = (0..<count).map {
            PushedObservations.Item(agency: 0, measure: 0, range: days("2026-11-01", "2026-11-01"), value: decimal("1"), index: $0)
        }
        return observations
    }

    private func order(_ sender: String, most: Int) -> PushOrder {
        var limits = PushLimits()
        limits.unpackedBody = most
        return PushOrder(
            format: .json, coding: .identity, sender: PushSender(name: sender, scope: PushSender.ofAll.scope), limits: limits, precision: nil,
            receivedAt: instant("2026-11-02T08:00"), mapping: PushMapping(measures: [], names: [:], agencyLabel: "agency", measureLabel: "measure"))
    }

    /// A bench for as long as the body runs.
    private func withBench(_ reader: BodyReader, _ body: (DecodingBench) async throws -> Void) async throws {
        let threads = NIOThreadPool(numberOfThreads: DecodingBench.width)
        threads.start()
        try await body(DecodingBench(reader: reader, threads: threads))
        try await threads.shutdownGracefully()
    }

    @Test func whatIsDecodedAndNotAnsweredIsBoundedAndTheRestWaitsPacked() async throws {
        let push = Self.observations(10)
        let most = 2 * push.weight
        try await withBench(BodyReader { (_, _) throws(PushProblem) in push }) { bench in
            let reads = 20
            try await withThrowingTaskGroup(of: PushedObservations.self) { group in
                for number in 0..<reads {
                    group.addTask { try await bench.read([1], order("sender \(number % 3)", most: most)).get() }
                }
                var load = bench.load
                while load.decoding > 0 || load.decoded < most || load.waiting + load.decoded / push.weight < reads {
                    await Task.yield()
                    load = bench.load
                }

                #expect(load.waiting > 0)
                var answered = 0
                for try await observations in group {
                    #expect(bench.load.decoded < most + DecodingBench.width * push.weight)
                    bench.answered(observations)
                    answered += 1
                }
                #expect(answered == reads)
            }
            #expect(bench.load == DecodingBench.Load())
        }
    }

    @Test func bodyThatCannotBeReadTakesNoRoom() async throws {
        let fault = LocalizedText(vietnamese: "dòng 1: x", english: "line 1: x")
        try await withBench(BodyReader { (_, _) throws(PushProblem) in throw .malformedBody(fault) }) { bench in
            for _ in 0..<5 {
                let result = await bench.read([1], order("a", most: 1))
                #expect(result == .failure(.malformedBody(fault)))
            }
            #expect(bench.load == DecodingBench.Load())
        }
    }

    @Test func longNamesWeighWhatTheyAre() {
        let name = String(repeating: "x", count: 1_000_000)
        #expect(Self.observations(1, agency: name).weight > 1_000_000)
    }

    @Test func sendersTakeTurnsHoweverMuchABigOneHasWaiting() async throws {
        let decoded = Mutex<[String]>([])
        let reader = BodyReader { (_, order) throws(PushProblem) in
            decoded.withLock { $0.append(order.sender.name) }
            return Self.observations(1)
        }
        try await withBench(reader) { bench in
            let first = try await bench.read([1], order("big", most: 1)).get()
            try await withThrowingTaskGroup(of: PushedObservations.self) { group in
                for number in 1...9 {
                    group.addTask { try await bench.read([1], order(number < 9 ? "big" : "small", most: 1)).get() }
                    while bench.load.waiting + bench.load.decoded / first.weight <= number { await Task.yield() }
                }
                bench.answered(first)
                for try await observations in group { bench.answered(observations) }
            }
        }
        let turns = decoded.withLock { $0 }
        #expect(turns.count == 10 && turns.prefix(3).contains("small"), "\(turns)")
    }

    @Test func answeredPushesMakeRoomForTheNext() async throws {
        // Each push alone is more than may be decoded while others are begun.
        let reader = BodyReader { (_, _) throws(PushProblem) in Self.observations(10) }
        try await RunningListener.run(.onLoopback { $0.unpackedBody = 1000 }, reader: reader) { listener in
            let client = try await listener.connect()
            for _ in 0..<5 {
                let status = try await client.push(Sample.json()).status
                #expect(status == 200)
            }
        }
    }
}
