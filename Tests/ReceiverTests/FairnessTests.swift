import Settings
import TestSupport
import Testing

@testable import Receiver

/// What one sender leaves for the others, through the whole door.
@Suite struct FairnessTests {
    @Test func senderWithManyConnectionsLeavesRoomInTheQueue() async throws {
        let held = HeldCounter()
        try await RunningListener.run(.onLoopback { $0.queue = 8 }, counter: held.double) { listener in
            @Sendable func push(token: String) async throws -> Int {
                let status = try await listener.connect().push(Sample.json(), token: token).status
                if status == 503 { held.note("busy") }
                return status
            }
            try await withThrowingTaskGroup(of: Int.self) { group in
                // What fails below must not leave pushes waiting for ever.
                defer { held.release() }
                for _ in 0..<9 { group.addTask { try await push(token: "good") } }
                var seen: [String?] = []
                for _ in 0..<9 { seen.append(await held.arrival()) }
                async let small = push(token: "all")
                let last = await held.arrival()
                held.release()

                #expect(seen.count { $0 == "busy" } == 5)
                #expect(seen.count { $0 == "so-noi-vu" } == 4)
                #expect(last == "trung-tam")
                let found = try await small
                #expect(found == 200)
                let statuses = try await group.reduce(into: []) { $0.append($1) }
                #expect(statuses.sorted() == [200, 200, 200, 200, 503, 503, 503, 503, 503])
                #expect(listener.counter.busy == 5)
            }
        }
    }

    @Test func slowBodiesOfOneSenderLeaveRoomForOthers() async throws {
        try await RunningListener.run(.onLoopback { ($0.body, $0.bodies) = (50_000, 200_000) }) { listener in
            var statuses: [Int] = []
            var slow: [WireClient] = []
            for _ in 0..<5 {
                let client = try await listener.connect()
                try await client.send(
                    "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 50000\r\nExpect: 100-continue\r\n\r\n")
                let status = try await client.answer().status
                if status == 100 { try await client.send(String(repeating: " ", count: 49_000)) }
                statuses.append(status)
                slow.append(client)
            }
            let body = Sample.json()
            let small = try await listener.connect().push(body, token: "all").status
            let large = try await listener.connect().push(body + String(repeating: " ", count: 50_000 - body.utf8.count), token: "all").status

            #expect(statuses == [100, 100, 503, 503, 503], "half of the room, and asked before the body is read")
            #expect(small == 200 && large == 200)
            for client in slow { await client.close() }
        }
    }

    @Test func bodyInChunksGrowsUpToTheLargest() async throws {
        try await RunningListener.run(.onLoopback { ($0.body, $0.bodies) = (300_000, 300_000) }) { listener in
            let client = try await listener.connect()
            let body = Sample.json()
            try await client.send(
                "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n")
            let rest = 300_000 - body.utf8.count
            try await client.send("\(String(rest, radix: 16))\r\n\(String(repeating: " ", count: rest))\r\n0\r\n\r\n")
            let first = try await client.answer().status
            let second = try await client.push(body + String(repeating: " ", count: rest)).status

            #expect([first, second] == [200, 200], "the room of the first was given back")
        }
    }
}
