import Model
import PushFormats
import Settings
import Synchronization
import TestSupport
import Testing

@testable import Receiver

/// Pushes over a real socket, each answered as documented.
@Suite struct PushTests {
    @Test func pushIsAnsweredWithItsReceipt() async throws {
        let counter = CounterDouble { (push) throws(PushTrouble) in
            PushReceipt(
                delivery: DeliveryID(42), stored: 1, unchanged: 2, restated: 3,
                refused: [
                    PushRefusal(index: 4, code: .unknownAgency, place: "observations[4].agency", found: "H52.99", expected: "H52.09")
                ])
        }
        try await RunningListener.run(counter: counter) { listener in
            let client = try await listener.connect()

            let english = try await client.push(Sample.json())
            let vietnamese = try await client.ask(
                "POST", "/v1/observations", headers: ["Content-Type: application/json; charset=utf-8"], body: Array(Sample.json().utf8))

            #expect(english.status == 200)
            #expect(english.headers["content-type"] == "application/json")
            #expect(english.headers["content-language"] == "en")
            #expect(english.headers["cache-control"] == "no-store")
            #expect(english.headers["date"] == "Mon, 02 Nov 2026 01:00:00 GMT")
            #expect(
                english.body
                    == #"{"delivery":"D42","refused":[{"code":"unknown-agency","index":4,"message":"observations[4].agency: no agency has this code, found 'H52.99', expected H52.09"}],"restated":3,"stored":1,"unchanged":2}"#
            )
            #expect(vietnamese.headers["content-language"] == "vi")
            #expect(vietnamese.body.contains("observations[4].agency: không có cơ quan này, nhận được 'H52.99', cần H52.09"))
        }
    }

    @Test func counterGetsSenderBytesAndOptions() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let body = Sample.json([Sample.observation("1"), Sample.observation("null", day: "2026-11-02")])

            let heard = try await client.push(body, "/v1/observations?atomic=true", headers: ["Idempotency-Key: k-1"])

            #expect(heard.status == 200)
            let push = try #require(listener.counter.pushes.first)
            #expect(push.sender == .ofOne)
            #expect(push.bytes == Array(body.utf8))
            #expect(push.mediaType == "application/json")
            #expect(push.observations.items.map(\.value) == [decimal("1"), nil])
            #expect(push.isAtomic)
            #expect(push.idempotencyKey == "k-1")
            #expect(!push.lastValueHolds)
        }
    }

    @Test func repeatUnderAKeySaysSo() async throws {
        let counter = CounterDouble { (push) throws(PushTrouble) in
            PushReceipt(delivery: DeliveryID(7), stored: 1, unchanged: 0, restated: 0, refused: [], isRepeat: true)
        }
        try await RunningListener.run(counter: counter) { listener in
            let heard = try await listener.connect().push(Sample.json(), headers: ["Idempotency-Key: k"])

            #expect(heard.headers["idempotent-replayed"] == "true")
            #expect(heard.body == #"{"delivery":"D7","refused":[],"restated":0,"stored":1,"unchanged":0}"#)
        }
    }

    @Test func oneConnectionCarriesManyRequestsAlsoInOneSegment() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let request = "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\n"
            let body = Sample.json()
            let whole = request + "Content-Length: \(body.utf8.count)\r\n\r\n" + body

            try await client.send(whole + whole + whole)
            let statuses = [try await client.answer().status, try await client.answer().status, try await client.answer().status]
            let last = try await client.push(body)

            #expect(statuses == [200, 200, 200])
            #expect(last.status == 200)
            #expect(listener.counter.pushes.count == 4)
        }
    }

    private static func request(_ fields: String = "", body: String = Sample.json()) -> String {
        "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\nAccept-Language: en\r\n"
            + "\(fields)Content-Length: \(body.utf8.count)\r\n\r\n" + body
    }

    @Test func goodRequestsAreAnsweredWhateverFollowsThemInTheSameSegment() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()

            try await client.send(Self.request() + Self.request() + "\u{0}garbage")
            let heard = [try await client.answer(), try await client.answer(), try await client.answer()]
            try await client.closed()

            #expect(heard.map(\.status) == [200, 200, 400])
            #expect(heard[2].body.contains(#""code":"malformed-request""#))
            #expect(listener.counter.pushes.count == 2)
        }
    }

    @Test func requestThatClosesIsAnsweredThoughAnotherFollows() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()

            try await client.send(Self.request("Connection: close\r\n") + Self.request())
            let heard = try await client.answer()
            try await client.closed()

            #expect(heard.status == 200)
            #expect(heard.headers["connection"] == "close")
            #expect(listener.counter.pushes.count == 1)
        }
    }

    @Test func absoluteAddressIsTaken() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let page = try await client.ask("GET", "http://localhost/healthz")
            let push = try await client.push(Sample.json(), "https://localhost:8443/v1/observations?atomic=true")

            #expect(page.status == 200)
            #expect(push.status == 200)
            #expect(listener.counter.pushes.first?.isAtomic == true)
        }
    }

    private static let flaws: [(String, String)] = [
        ("GET /healthz HTTP/1.1\r\nAccept-Language: en\r\n\r\n", "Host is missing"),
        ("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\nAccept-Language: en\r\n\r\n", "there is more than one Host"),
        (
            "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\nAccept-Language: en\r\n"
                + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding is more than 'chunked'"
        ),
    ]

    @Test(arguments: flaws) func requestThatIsNoneOfHTTPOneOneIsTold(_ text: String, _ flaw: String) async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            try await client.send(text)
            let heard = try await client.answer()

            #expect(heard.status == 400)
            #expect(heard.body.contains(#""code":"malformed-request""#))
            #expect(heard.body.contains("the request cannot be read: \(flaw); check the address and the header fields"))
        }
    }

    @Test func olderHTTPNeedsNoHost() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            try await client.send("GET /healthz HTTP/1.0\r\n\r\n")

            let status = try await client.answer().status
            #expect(status == 200)
        }
    }

    @Test func chunkedBodiesAndExpectedContinueWork() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let head = "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Token good\r\nContent-Type: application/json\r\n"
            let body = Sample.json()

            try await client.send(head + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n")
            let goOn = try await client.answer()
            let half = body.utf8.count / 2
            try await client.send(String(half, radix: 16) + "\r\n" + body.prefix(half) + "\r\n")
            try await client.send(String(body.utf8.count - half, radix: 16) + "\r\n" + body.dropFirst(half) + "\r\n0\r\n\r\n")
            let heard = try await client.answer()

            #expect(goOn.status == 100)
            #expect(heard.status == 200)
            #expect(listener.counter.pushes.first?.bytes == Array(body.utf8))
        }
    }

    private static let troubles: [(PushTrouble, Int, String?, String)] = [
        (.busy(retryAfter: .milliseconds(1500)), 503, "2", "busy"), (.full, 507, "60", "store-full"), (.failed("SQL"), 500, nil, "store-failed"),
        (.keyReused, 422, nil, "idempotency-key-reused"), (.stopping, 503, "5", "stopping"),
        (.refused([PushRefusal(index: 0, code: .futureDay, place: "line 2", found: "2030-01-01")]), 422, nil, "observations-refused"),
    ]

    @Test(arguments: troubles)
    func troubleOfTheStoreIsToldAsAProblem(_ trouble: PushTrouble, _ status: Int, _ retryAfter: String?, _ problem: String) async throws {
        let counter = CounterDouble { (push) throws(PushTrouble) in throw trouble }
        try await RunningListener.run(counter: counter) { listener in
            let client = try await listener.connect()

            let heard = try await client.push(Sample.json())
            let next = try await client.ask("GET", "/healthz")

            #expect(heard.status == status)
            #expect(heard.headers["retry-after"] == retryAfter)
            #expect(heard.headers["content-type"] == "application/problem+json")
            #expect(heard.body.contains(#""code":"\#(problem)""#))
            #expect(heard.body.contains(#""type":"urn:dondoc:problem:\#(problem)""#))
            #expect(!heard.body.contains("SQL"))
            #expect(next.status == 200)
        }
    }

    @Test func atomicRefusalNamesWhatWasRefused() async throws {
        let counter = CounterDouble { (push) throws(PushTrouble) in
            throw .refused([PushRefusal(index: 3, code: .futureDay, place: "line 5", found: "2030-01-01")])
        }
        try await RunningListener.run(counter: counter) { listener in
            let heard = try await listener.connect().push(Sample.json(), "/v1/observations?atomic=true")

            #expect(heard.status == 422)
            #expect(
                heard.body.contains(
                    #""refused":[{"code":"future-day","index":3,"message":"line 5: the day has not come, found '2030-01-01'"}]"#))
        }
    }

    @Test func bodyThatIsNoJSONIsRefusedAndTheConnectionGoesOn() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            for body in ["", "{", "[]", #"{"observations":1}"#, String(repeating: "[", count: 100_000), "{\"observations\":[]} x"] {
                let heard = try await client.push(body)
                #expect(heard.status == 400, "\(body.prefix(30))")
                #expect(heard.body.contains(#""code":"malformed-body""#))
            }
            let wrongUTF8 = try await client.ask(
                "POST", "/v1/observations", headers: ["Content-Type: text/csv"],
                body: Array("agency,measure,from,to,value\nH52.07,".utf8) + [0xff, 0xfe])
            #expect(wrongUTF8.status == 400)
            let found1 = try await client.push(Sample.json()).status
            #expect(found1 == 200)
        }
    }

    @Test(
        arguments: [
            ("/v1/observations?atomic=maybe", [], "bad-parameter"), ("/v1/observations", ["Idempotency-Key: a b"], "bad-parameter"),
            ("/v1/observations", ["Idempotency-Key: " + String(repeating: "k", count: 256)], "bad-parameter"),
            ("/v1/observations?%zz", [], "malformed-request"), ("/v1/observations?atomc=true", [], "bad-parameter"),
            ("/v1/observations?atomic=true&ATOMIC=true", [], "bad-parameter"), ("/v1/observations?precision=s", [], "bad-parameter"),
        ] as [(String, [String], String)])
    func wrongOptionsAreRefusedBeforeTheBodyIsRead(_ target: String, _ headers: [String], _ problem: String) async throws {
        try await RunningListener.run { listener in
            let heard = try await listener.connect().push(Sample.json(), target, headers: headers)

            #expect(heard.status == 400)
            #expect(heard.body.contains(#""code":"\#(problem)""#))
            #expect(listener.counter.pushes.isEmpty)
        }
    }

    @Test func unknownParameterIsNamed() async throws {
        try await RunningListener.run { listener in
            let heard = try await listener.connect().push(Sample.json(), "/v1/observations?atomc=true")

            #expect(heard.body.contains(#""detail":"query is 'atomc=true', expected atomic=true / atomic=false""#))
        }
    }

    @Test func longestKeyIsTaken() async throws {
        try await RunningListener.run { listener in
            let key = String(repeating: "k", count: 255)
            let found2 = try await listener.connect().push(Sample.json(), headers: ["Idempotency-Key: \(key)"]).status
            #expect(found2 == 200)
            #expect(listener.counter.pushes.first?.idempotencyKey == key)
        }
    }
}
