import Model
import PushFormats
import Settings
import Synchronization
import TestSupport
import Testing

@testable import Receiver

/// The doors of other protocols answer as their clients expect.
@Suite struct DoorTests {
    /// A reader that finds so many observations, of which some are unreadable, whatever the body.
    private static func reader(good: Int, bad: Int) -> BodyReader {
        BodyReader { (_, order) throws(PushProblem) in
            var observations = PushedObservations()
            observations.agencies = ["H52.07"]
            observations.measures = ["mail.accounts.active"]
            observations.items = (0..<good).map {
                PushedObservations.Item(agency: 0, measure: 0, range: days("2026-11-01", "2026-11-01"), value: decimal("1"), index: $0)
            }
            observations.unreadable = (0..<bad).map {
                PushRefusal(index: good + $0, code: .unknownMeasure, place: "line \(good + $0 + 1)", found: "cpu.usage")
            }
            return observations
        }
    }

    private func ask(_ target: String, type: String, headers: [String] = [], good: Int, bad: Int) async throws -> (WireClient.Heard, Push?) {
        let box = Box()
        try await RunningListener.run(reader: Self.reader(good: good, bad: bad)) { listener in
            let heard = try await listener.connect().ask(
                "POST", target, headers: ["Content-Type: \(type)", "Accept-Language: en"] + headers, body: Array("x".utf8))
            box.put(heard, listener.counter.pushes.first)
        }
        return try #require(box.content)
    }

    @Test(arguments: ["/api/v2/write?org=o&bucket=b&precision=ns", "/write?db=x", "/write"])
    func influxIsAnsweredWithoutABodyWhenAllIsStored(_ target: String) async throws {
        let (heard, push) = try await ask(target, type: "text/plain; charset=utf-8", good: 2, bad: 0)

        #expect(heard.status == 204)
        #expect(heard.headers["content-length"] == nil)
        #expect(push?.lastValueHolds == true)
        #expect(push?.mediaType == "text/plain")
    }

    @Test func influxHearsOfAPartialWriteInItsOwnWords() async throws {
        let (heard, _) = try await ask("/api/v2/write", type: "text/plain", good: 1, bad: 2)

        #expect(heard.status == 400)
        let sentence =
            "partial write: 2 observations refused, 1 accepted (unknown-measure: line 2: there is no such measure, found 'cpu.usage'; unknown-measure: line 3: there is no such measure, found 'cpu.usage') dropped=2"
        #expect(heard.body == #"{"code":"invalid","error":"\#(sentence)","message":"\#(sentence)"}"#)
    }

    @Test func influxProblemsCarryItsClientsMembers() async throws {
        try await RunningListener.run { listener in
            let heard = try await listener.connect().ask(
                "POST", "/api/v2/write", token: "wrong", headers: ["Accept-Language: en"], body: Array("x".utf8))

            #expect(heard.status == 401)
            #expect(heard.body.contains(#""message":"the token is unknown, expired or revoked; ask the operators of dondoc for a new one""#))
            #expect(heard.body.contains(#""error":"the token is unknown"#))
        }
    }

    @Test func remoteWriteIsAnsweredWith204OrWithTheReason() async throws {
        let headers = ["Content-Encoding: snappy", "X-Prometheus-Remote-Write-Version: 0.1.0"]
        let (good, push) = try await ask("/api/v1/write", type: "application/x-protobuf", headers: headers, good: 2, bad: 0)
        let (partial, _) = try await ask("/api/v1/write", type: "application/x-protobuf", headers: headers, good: 2, bad: 1)

        #expect(good.status == 204)
        #expect(push?.mediaType == "application/x-protobuf; coding=snappy")
        #expect(partial.status == 400)
        #expect(
            partial.body
                == "1 observations refused, 2 accepted (unknown-measure: line 3: there is no such measure, found 'cpu.usage')\n")
    }

    @Test func newerRemoteWriteIsRefusedByItsType() async throws {
        let (heard, push) = try await ask(
            "/api/v1/write", type: "application/x-protobuf;proto=io.prometheus.write.v2.Request", headers: ["Content-Encoding: snappy"], good: 1,
            bad: 0)

        #expect(heard.status == 415)
        #expect(
            heard.body
                == "unsupported-media-type: Content-Type is 'application/x-protobuf;proto=io.prometheus.write.v2.Request', expected application/x-protobuf\n"
        )
        #expect(push == nil)
    }

    @Test func otlpIsAnsweredInTheEncodingItCameIn() async throws {
        let (json, _) = try await ask("/v1/metrics", type: "application/json", good: 1, bad: 0)
        let (partial, _) = try await ask("/v1/metrics", type: "application/json", good: 1, bad: 1)
        let (protobuf, _) = try await ask("/v1/metrics", type: "application/x-protobuf", good: 1, bad: 0)

        #expect(json.status == 200)
        #expect(json.body == "{}")
        #expect(
            partial.body
                == #"{"partialSuccess":{"errorMessage":"1 observations refused, 1 accepted (unknown-measure: line 2: there is no such measure, found 'cpu.usage')","rejectedDataPoints":"1"}}"#
        )
        #expect(protobuf.status == 200)
        #expect(protobuf.headers["content-type"] == "application/x-protobuf")
        #expect(protobuf.body == "")
    }

    @Test func otlpMessagesAreTheOnesOfTheProtocol() {
        #expect(OTLPMessage.response(rejected: 0, message: "") == [])
        #expect(OTLPMessage.response(rejected: 300, message: "no") == [0x0a, 7, 0x08, 0xac, 0x02, 0x12, 2] + Array("no".utf8))
        #expect(OTLPMessage.status(code: 16, message: "x") == [0x08, 16, 0x12, 1] + Array("x".utf8))
    }

    @Test func otlpCollectorRetriesWhatPasses() async throws {
        let counter = CounterDouble { (push) throws(PushTrouble) in throw .full }
        try await RunningListener.run(counter: counter, reader: Self.reader(good: 1, bad: 0)) { listener in
            let client = try await listener.connect()
            let full = try await client.push("{}", "/v1/metrics")
            let stranger = try await client.push("{}", "/v1/metrics", token: "wrong")

            #expect(full.status == 503)
            #expect(full.headers["retry-after"] == "60")
            #expect(
                full.body
                    == #"{"code":14,"message":"store-full: the store has no room; nothing was stored, try again when the operators have made room"}"#
            )
            #expect(stranger.status == 401)
            #expect(stranger.body.hasPrefix(#"{"code":16,"#))
        }
    }

    @Test(arguments: [
        ("/v1/observations", "text/plain", "identity", 415), ("/v1/observations", "", "identity", 415), ("/v1/metrics", "text/csv", "identity", 415),
        ("/v1/observations", "application/json", "br", 415), ("/v1/observations", "application/json", "gzip, gzip", 415),
        ("/api/v1/write", "application/x-protobuf", "gzip", 415), ("/v1/observations", "application/json", "zstd", 200),
        ("/v1/observations", "APPLICATION/JSON ; charset=utf-8", "GZIP", 200), ("/v1/observations", "application/x-ndjson", "identity", 200),
        ("/api/v2/write", "anything/at-all", "gzip", 204),
    ])
    func typesAndCodingsAreTakenOrNamed(_ target: String, _ type: String, _ coding: String, _ status: Int) async throws {
        let (heard, _) = try await ask(target, type: type, headers: ["Content-Encoding: \(coding)"], good: 1, bad: 0)
        #expect(heard.status == status)
    }

    @Test func pingAndDatabaseOfInfluxOneAreThere() async throws {
        try await RunningListener.run { listener in
            let client = try await listener.connect()
            let ping = try await client.ask("GET", "/ping", token: nil)
            let create = try await client.ask(
                "POST", "/query", headers: ["Content-Type: application/x-www-form-urlencoded"], body: Array("q=CREATE+DATABASE+%22telegraf%22".utf8))
            let other = try await client.ask("POST", "/query", headers: ["Accept-Language: en"], body: Array("q=DROP+DATABASE+x".utf8))

            #expect(ping.status == 204)
            #expect(create.status == 200)
            #expect(other.status == 400)
            #expect(other.body.contains("q is 'DROP DATABASE x', expected CREATE DATABASE"))
        }
    }

    @Test func wrongMethodsAndAddressesAreTold() async throws {
        try await RunningListener.run { listener in
            for route in Route.catalogue {
                for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] where !route.methods.contains(method) {
                    let path = route.template.replacing("{id}", with: "D1")
                    let heard = try await listener.connect().ask(method, path, body: method == "GET" ? nil : [])
                    #expect(heard.status == 405, "\(method) \(path)")
                    #expect(heard.headers["allow"]?.hasPrefix(route.methods[0]) == true)
                }
            }
            let nowhere = try await listener.connect().ask("GET", "/v1/elsewhere", token: nil, headers: ["Accept-Language: en"])
            #expect(nowhere.status == 404)
            #expect(nowhere.body.contains(#""detail":"there is nothing at this address; docs/push.md lists the addresses""#))
        }
    }
}

/// What a body of a test found.
private final class Box: Sendable {
    private let state = Mutex<(WireClient.Heard, Push?)?>(nil)

    func put(_ heard: WireClient.Heard, _ push: Push?) { state.withLock { $0 = (heard, push) } }
    var content: (WireClient.Heard, Push?)? { state.withLock { $0 } }
}
