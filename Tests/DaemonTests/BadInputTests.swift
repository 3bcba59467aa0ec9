import Control
import Daemon
import Model
import Store
import TestSupport
import Testing

/// Whatever a source answers, the daemon goes on and says what was wrong.
struct BadInputTests {
    struct BadAnswer: CustomTestStringConvertible, Sendable {
        let name: String
        let status: String
        let headers: [String]
        let body: String
        let kind: Finding.Kind
        let found: String

        var testDescription: String { name }
    }

    static let badAnswers = [
        BadAnswer(
            name: "HTML instead of JSON", status: "200 OK", headers: ["Content-Type: text/html"], body: "<!DOCTYPE html><html>login</html>",
            kind: .undecodableDelivery, found: "the answer is a web page, not JSON: a login page, an error page or a firewall's"),
        BadAnswer(
            name: "half a body", status: "200 OK", headers: [], body: #"{"data":[{"code":"H52.01","rec"#, kind: .undecodableDelivery,
            found: "the answer ends in the middle of a text; it was cut off"),
        BadAnswer(
            name: "garbage", status: "200 OK", headers: [], body: "\u{1}\u{2}\u{3}", kind: .undecodableDelivery, found: "this is not JSON"),
        BadAnswer(
            name: "another document", status: "200 OK", headers: [], body: #"{"error":"maintenance"}"#, kind: .undecodableDelivery,
            found: "there is nothing here; check rows under answer"),
        BadAnswer(
            name: "a count below zero", status: "200 OK", headers: [], body: #"{"data":[{"code":"H52.01","received":-5,"online":1}]}"#,
            kind: .negativeCount, found: "-5"),
        BadAnswer(
            name: "a part above its whole", status: "200 OK", headers: [], body: #"{"data":[{"code":"H52.01","received":5,"online":6}]}"#,
            kind: .partAboveWhole, found: "6/5"),
        BadAnswer(
            name: "an agency nobody knows", status: "200 OK", headers: [], body: #"{"data":[{"code":"H52.77","received":5,"online":1}]}"#,
            kind: .unknownAgency, found: "H52.77"),
        BadAnswer(
            name: "a number beyond all bounds", status: "200 OK", headers: [], body: #"{"data":[{"code":"H52.01","received":1e400,"online":1}]}"#,
            kind: .unreadableValue, found: "1e400"),
        BadAnswer(
            name: "a locked door", status: "403 Forbidden", headers: [], body: "", kind: .fetchFailed,
            found: "the source answered 403 (not allowed); it wants a credential: set bearer_file or basic under request"),
        BadAnswer(
            name: "no rows at all", status: "200 OK", headers: [], body: #"{"data":[]}"#, kind: .emptyDelivery, found: ""),
    ]

    @Test(arguments: badAnswers)
    func aBadAnswerIsAFindingAndTheDaemonGoesOn(answer: BadAnswer) async throws {
        let province = try SmallProvince()
        province.answerNext { _ in (answer.status, answer.headers, answer.body) }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the finding is stored") { try !daemon.stored { try $0.findings(kinds: [answer.kind]) }.isEmpty }
            let status = try await daemon.ask(.status)

            let finding = try #require(try daemon.stored { try $0.findings(kinds: [answer.kind]) }.first).finding
            #expect(finding.source == "one-stop")
            #expect(finding.found ?? "" == answer.found)
            guard case .document = status else {
                Issue.record("the daemon no longer answers: \(status.text)")
                return
            }
        }
    }

    struct Misbehaviour: CustomTestStringConvertible, Sendable {
        let name: String
        let found: String
        let script: @Sendable (Conversation) throws -> Void

        var testDescription: String { name }
    }

    static let misbehaviours = [
        Misbehaviour(name: "bytes that are no HTTP", found: "not an answer of this protocol") { try $0.send([0, 1, 2, 3, 255, 254, 10, 10, 10]) },
        Misbehaviour(name: "two gigabytes, declared", found: "64000") { try $0.send("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n") },
        Misbehaviour(name: "more than allowed, undeclared", found: "64000") { conversation in
            try conversation.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            for _ in 0..<200 { try conversation.send(String(repeating: "x", count: 1000)) }
        },
        Misbehaviour(name: "a body cut short", found: "ended") {
            try $0.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"data\":[")
        },
        Misbehaviour(name: "a slow trickle", found: "no complete answer within the time allowed") { conversation in
            try conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
            conversation.waitForEnd()
        },
    ]

    @Test(arguments: misbehaviours)
    func aServerThatBreaksTheRulesIsAFindingAndIsAskedAgain(misbehaviour: Misbehaviour) async throws {
        let province = try SmallProvince()
        // Short enough to wait for, and long enough for the good answer that follows.
        try province.rewrite("sources.d/one-stop.yaml") { $0.replacing("timeout: 60s", with: "timeout: 10s") }
        province.misbehaveNext(misbehaviour.script)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the failure is noted") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.failures == 1 }
            let found = try #require(try daemon.stored { try $0.findings(kinds: [.fetchFailed]) }.first?.finding.found)
            // After the back-off, or with the next regular run for what repeating cannot mend.
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("the source is asked again and answers") {
                try !daemon.stored { try $0.deliveries(source: "one-stop") }.isEmpty
            }

            #expect(found.contains(misbehaviour.found), "\(found)")
        }
    }

    @Test func aRedirectLoopIsAFinding() async throws {
        let province = try SmallProvince()
        for _ in 0..<12 { province.answerNext { ("302 Found", ["Location: \($0.target)"], "") } }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the finding is stored") { try !daemon.stored { try $0.findings(kinds: [.fetchFailed]) }.isEmpty }

            let found = try #require(try daemon.stored { try $0.findings(kinds: [.fetchFailed]) }.first?.finding.found)
            #expect(found.contains("redirect"), "\(found)")
        }
    }
}
