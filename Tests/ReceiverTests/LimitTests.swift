import Model
import PushFormats
import Settings
import Synchronization
import TestSupport
import Testing

@testable import Receiver

/// Every bound of one request at its limit and one past it.
@Suite struct LimitTests {
    /// JSON of exactly so many bytes: white space at its end counts too.
    private func json(_ bytes: Int) -> String {
        let text = Sample.json()
        return text + String(repeating: " ", count: bytes - text.utf8.count)
    }

    @Test func bodyOfTheLimitIsTakenAndOneByteMoreIsNot() async throws {
        try await RunningListener.run(.onLoopback { $0.body = 1000 }) { listener in
            let atLimit = try await listener.connect().push(json(1000))
            let past = try await listener.connect().push(json(1001))

            #expect(atLimit.status == 200)
            #expect(past.status == 413)
            #expect(past.body.contains(#""detail":"the body is longer than 1000 bytes; send it in several pushes""#))
        }
    }

    @Test func chunkedBodyIsCountedAsItComes() async throws {
        try await RunningListener.run(.onLoopback { $0.body = 1000 }) { listener in
            let head = "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\n"
            func push(_ bytes: Int) async throws -> WireClient.Heard {
                let client = try await listener.connect()
                try await client.send(head + "Transfer-Encoding: chunked\r\n\r\n")
                try await client.send(String(bytes, radix: 16) + "\r\n" + json(bytes) + "\r\n0\r\n\r\n")
                return try await client.answer()
            }

            let found1 = try await push(1000).status
            #expect(found1 == 200)
            let found2 = try await push(1001).status
            #expect(found2 == 413)
        }
    }

    @Test func bodyWithoutLengthIsRefused() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let heard = try await client.ask("POST", "/v1/observations", headers: ["Content-Type: application/json", "Accept-Language: en"])

            #expect(heard.status == 411)
            #expect(heard.body.contains(#""code":"length-required""#))
        }
    }

    @Test func observationsAreCounted() async throws {
        try await RunningListener.run(.onLoopback { $0.observations = 2 }) { listener in
            let client = try await listener.connect()
            let two = Sample.json([Sample.observation(day: "2026-11-01"), Sample.observation(day: "2026-11-02")])
            let three = Sample.json((1...3).map { Sample.observation(day: "2026-11-0\($0)") })

            let found3 = try await client.push(two).status
            #expect(found3 == 200)
            let past = try await client.push(three)
            #expect(past.status == 413)
            #expect(past.body.contains(#""code":"too-many-observations""#))
        }
    }

    @Test func unpackedBodyIsBoundedWhateverItsPackedSize() async throws {
        // A reader that knows sizes only: what unpacking itself does stands in PushFormats' tests.
        try await RunningListener.run(.onLoopback { $0.unpackedBody = 4_000_000 }) { listener in
            let heard = try await listener.connect().push(json(3_999_999))
            #expect(heard.status == 200)
        }
        try await RunningListener.run(.onLoopback { ($0.body, $0.unpackedBody) = (1000, 999) }) { listener in
            let client = try await listener.connect()
            let found4 = try await client.push(json(999)).status
            #expect(found4 == 200)
            let past = try await client.push(json(1000))
            #expect(past.status == 413)
            #expect(past.body.contains(#""code":"unpacked-too-large""#))
        }
    }

    @Test func queueBeforeTheStoreIsBoundedAndAnsweredEarly() async throws {
        let held = HeldCounter()
        try await RunningListener.run(.onLoopback { $0.queue = 1 }, counter: held.double) { listener in
            let first = try await listener.connect()
            async let slow = first.push(Sample.json())
            // What fails below must not leave the first push waiting for ever.
            defer { held.release() }
            await held.arrival()
            let second = try await listener.connect()

            let past = try await second.push(Sample.json())
            held.release()
            let answered = try await slow
            let after = try await second.push(Sample.json())

            #expect(past.status == 503)
            #expect(past.headers["retry-after"] == "5")
            #expect(past.body.contains(#""code":"busy""#))
            #expect(answered.status == 200)
            #expect(after.status == 200)
        }
    }

    @Test func bodiesTogetherAreBounded() async throws {
        let held = HeldCounter()
        try await RunningListener.run(.onLoopback { ($0.body, $0.bodies) = (100_000, 100_000) }, counter: held.double) { listener in
            let first = try await listener.connect()
            async let whole = first.push(json(100_000))
            // What fails below must not leave the first push waiting for ever.
            defer { held.release() }
            await held.arrival()

            let past = try await listener.connect().push(json(1000))
            held.release()
            let answered = try await whole
            let after = try await listener.connect().push(json(100_000))

            #expect(past.status == 503)
            #expect(past.body.contains(#""code":"busy""#))
            #expect(answered.status == 200)
            #expect(after.status == 200)
        }
    }

    @Test func headersAreBounded() async throws {
        try await RunningListener.run(.onLoopback { $0.headers = 2000 }) { listener in
            let client = try await listener.connect()
            let small = try await client.ask("GET", "/healthz", headers: ["X-Filler: " + String(repeating: "x", count: 1000)])
            let large = try await client.ask("GET", "/healthz", headers: ["X-Filler: " + String(repeating: "x", count: 2000)])

            #expect(small.status == 200)
            #expect(large.status == 431)
            #expect(large.headers["connection"] == "close")
            try await client.closed()
        }
    }

    @Test(arguments: [
        "\u{16}\u{03}\u{01}\u{02}", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "hello world\r\n\r\n", "GET /healthz HTTP/1.1\r\nA B: c\r\n\r\n",
    ])
    func whatIsNoHTTPIsToldAndClosed(_ text: String) async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            try await client.send(text)

            let heard = try await client.answer()

            #expect(heard.status == 400)
            #expect(heard.body.contains(#""code":"malformed-request""#))
            try await client.closed()
            let found7 = try await listener.connect().ask("GET", "/healthz").status
            #expect(found7 == 200)
        }
    }

    @Test(arguments: [
        ("/v1/observations", "application/json", #""detail":"the request cannot be read: "#),
        ("/api/v1/write", "application/x-protobuf", "malformed-request: the request cannot be read: "),
    ])
    func aBrokenBodyIsToldInTheLanguageAndTheWordsOfItsHeader(_ path: String, _ type: String, _ answer: String) async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            try await client.send(
                "POST \(path) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: \(type)\r\nAccept-Language: en\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nno length\r\n")

            let heard = try await client.answer()

            #expect(heard.status == 400)
            #expect(heard.body.contains(answer))
        }
    }

    @Test func smugglingByTwoLengthsIsRefused() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            try await client.send(
                "POST /v1/observations HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n"
            )

            let found8 = try await client.answer().status
            #expect(found8 >= 400)
            try await client.closed()
        }
    }

    @Test func idleConnectionMakesRoomForANewOne() async throws {
        try await RunningListener.run(.onLoopback { ($0.connections, $0.connectionsPerAddress) = (2, 2) }) { listener in
            let oldest = try await listener.connect()
            let found9 = try await oldest.ask("GET", "/healthz").status
            #expect(found9 == 200)
            let second = try await listener.connect()
            let found10 = try await second.ask("GET", "/healthz").status
            #expect(found10 == 200)

            let third = try await listener.connect()
            let found11 = try await third.ask("GET", "/healthz").status
            #expect(found11 == 200)

            try await oldest.closed()
            let found12 = try await second.ask("GET", "/healthz").status
            #expect(found12 == 200)
        }
    }

    @Test func connectionBeyondThoseAtWorkIsClosed() async throws {
        let held = HeldCounter()
        try await RunningListener.run(.onLoopback { ($0.connections, $0.connectionsPerAddress) = (1, 1) }, counter: held.double) { listener in
            let client = try await listener.connect()
            async let slow = client.push(Sample.json())
            // What fails below must not leave the first push waiting for ever.
            defer { held.release() }
            await held.arrival()

            let past = try await listener.connect()
            try await past.closed()
            held.release()

            let found13 = try await slow.status
            #expect(found13 == 200)
        }
    }
}
