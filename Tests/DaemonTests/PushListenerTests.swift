@testable import Daemon
@testable import Receiver
import Assembly
import Control
import Foundation
import Model
import Settings
import Store
import Synchronization
import TestSupport
import Testing
import Transport

/// A push from the socket to the store and back, in a whole daemon.
struct PushListenerTests {
    private func ask(_ port: Int, _ path: String, token: String, body: String? = nil, type: String = "application/json") async throws -> FetchAnswer {
        let courier = Courier(concurrent: 1, perHost: 1)
        defer { courier.close() }
        return try await courier.fetch(
            FetchRequest(
                url: "http://127.0.0.1:\(port)\(path)", method: body == nil ? "GET" : "POST",
                headers: [("Authorization", "Bearer \(token)"), ("Content-Type", type), ("Accept-Language", "en")],
                body: body.map { Array($0.utf8) }))
    }

    /// A daemon that takes pushes, with the port it listens on.
    private func run(_ body: @escaping @Sendable (_ daemon: RunningDaemon, _ port: Int) async throws -> Void) async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0 + "push: {address: \"127.0.0.1:0\"}\n" }
        let port = Mutex(0)
        try await RunningDaemon.run(province, isPushable: { number in port.withLock { $0 = number } }) { daemon in
            try await daemon.eventually("it listens") { port.withLock { $0 } > 0 }
            try await body(daemon, port.withLock { $0 })
        }
    }

    @Test func pushIsStoredUnderItsSenderAndRepeatedWithoutHarm() async throws {
        try await run { daemon, listening in
            let order = TokenOrder(name: "truot-doc", scope: PushScope(agencies: [code("H52.01")], includesBelow: false), by: "lan")
            let token = try #require(try await daemon.ask(.tokenCreate(order: order)).sheet("new-token").rows.first?[1].id)
            let own = #"{"agency":"H52.01","measure":"dossiers.received","from":"2026-09-01","value":12}"#
            let foreign = #"{"agency":"H52.02","measure":"dossiers.received","from":"2026-09-01","value":12}"#

            let first = try await ask(listening, "/v1/observations", token: token, body: #"{"observations":[\#(own),\#(foreign)]}"#)
            let again = try await ask(listening, "/v1/observations", token: token, body: #"{"observations":[\#(own)]}"#)
            let agencies = try await ask(listening, "/v1/agencies", token: token)
            let ready = try await ask(listening, "/readyz", token: token)

            #expect(first.status == 200)
            let text = String(decoding: first.body, as: UTF8.self)
            #expect(text.contains(#""stored":1"#) && text.contains(#""code":"out-of-scope""#))
            #expect(String(decoding: again.body, as: UTF8.self).contains(#""stored":0,"unchanged":1"#))
            #expect(String(decoding: agencies.body, as: UTF8.self).contains("Sở Trượt Dốc"))
            #expect(!String(decoding: agencies.body, as: UTF8.self).contains("Sở Gương Mẫu"))
            #expect(ready.status == 200)
            let number = try #require(text.firstMatch(of: /"delivery":"(D[0-9]+)"/)?.output.1)
            let record = try await ask(listening, "/v1/deliveries/\(number)", token: token)
            #expect(record.status == 200)
            let source = try daemon.stored { try $0.delivery(try #require(DeliveryID(String(number)))) }?.source
            #expect(source == "push:truot-doc")
        }
    }

    @Test func aFormThatIsPushedAsItCameChangesNothingAndANameIsNotGivenToAnotherScope() async throws {
        try await run { daemon, listening in
            func order(_ agency: String) -> TokenOrder {
                TokenOrder(name: "so", scope: PushScope(agencies: [code(agency)], includesBelow: false), by: "lan")
            }
            let token = try #require(try await daemon.ask(.tokenCreate(order: order("H52.01"))).sheet("new-token").rows.first?[1].id)
            func push(_ body: String) async throws -> String {
                String(decoding: try await ask(listening, "/v1/observations", token: token, body: body, type: "text/csv").body, as: UTF8.self)
            }
            let question = FormQuestion(
                measures: [measure("dossiers.received")], period: try #require(PeriodName("2026-02")), agencies: [code("H52.01")], form: .csv)
            let form = try await daemon.ask(.importForm(question: question)).text

            let reported = try await push(form.replacing(",\r\n", with: ",482\r\n"))
            let untouched = try await push(form)
            let unknown = try await push(form.replacing(",\r\n", with: ",-\r\n"))

            #expect(form.hasSuffix("H52.01,dossiers.received,2026-02-01,2026-02-28,\r\n"))
            #expect(reported.contains(#""refused":[],"restated":0,"stored":1,"unchanged":0"#))
            #expect(untouched.contains(#""refused":[],"restated":0,"stored":0,"unchanged":0"#), "an empty cell is no report")
            #expect(unknown.contains(#""refused":[],"restated":1,"stored":0,"unchanged":0"#), "a dash is one")

            _ = try await daemon.ask(.tokenRevoke(name: "so", by: AlertActor(name: "lan", why: "lost"))).sheet("tokens")
            let refusal = Failure(
                .refused, "the name 'so' is that of a sender for other agencies or measures",
                hint: "choose another name: deliveries and idempotency keys go by it")
            let vietnamese = Failure(
                .refused, "tên 'so' là của bên gửi với cơ quan hoặc chỉ tiêu khác",
                hint: "chọn tên khác: lần gửi và khóa Idempotency-Key đi theo tên")
            #expect(try await daemon.ask(.tokenCreate(order: order("H52.02"))) == .failure(refusal))
            #expect(try await daemon.ask(.tokenCreate(order: order("H52.02")), language: .vietnamese) == .failure(vietnamese))
            #expect(try await daemon.ask(.tokenCreate(order: order("H52.01"))).sheet("new-token").rows.count == 1)
        }
    }

    @Test func aListenerThatCannotListenIsNamedUntilItCan() async throws {
        let province = try SmallProvince()
        let other = try ScriptedServer { _ in }
        try province.rewrite("dondoc.yaml") { $0 + "push: {address: \"127.0.0.1:\(other.port)\"}\n" }
        let trouble = "The push listener has not listened since 2026-09-10T08:00:00+07:00, and nobody can push figures"
        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the trouble is told") { try await daemon.ask(.status).text.contains(trouble) }
            let finding = try #require(try daemon.stored { try $0.findings(kinds: [.pushNotListening]) }.first).finding
            let vietnamese = try await daemon.ask(.status, language: .vietnamese).text
            other.stop()
            try await daemon.eventually("it listens") {
                daemon.clock.advance(by: .seconds(60))
                return try await !daemon.ask(.status).text.contains("The push listener has not listened")
            }

            #expect(finding.place == "127.0.0.1:\(other.port)")
            #expect(finding.found?.contains("in use") == true)
            #expect(vietnamese.contains("Cổng nhận số liệu (push) không lắng nghe được từ 10/09/2026 08:00"))
        }
    }

    @Test func theEndOfTheSectionEndsCertificatesAtOnceAndTheListenerAtARestart() throws {
        let province = try SmallProvince()
        let former = try Configuration.load(province.directory.path).get()
        var push = PushSettings(listening: .address(try #require(ListenAddress("127.0.0.1:0"))))
        let subject = try #require(SubjectName("CN=a"))
        push.senders = [PushSenderSettings(subject: subject, sender: DeskUnderTest.sender)]
        let terms = TermsBox(try ReceiverTerms(push, province: code("H52")))
        try province.rewrite("dondoc.yaml") { $0 + "push: {address: \"127.0.0.1:0\"}\n" }
        let withPush = try Configuration.load(province.directory.path).get()

        PushGate(listening: push.listening, terms: terms).follower.follow(former)

        #expect(terms.current.senders.isEmpty)
        #expect(former.waitsForRestart(startedWith: withPush.core.province) == ["push"])
        #expect(withPush.waitsForRestart(startedWith: former.core.province) == ["push.address"])
        #expect(withPush.waitsForRestart(startedWith: withPush.core.province) == [])
    }
}

extension LiveConfiguration.Follower {
    /// Follows a configuration that nothing speaks against.
    fileprivate func follow(_ configuration: Configuration) {
        switch prepare(configuration) {
        case .success(let swap): swap()
        case .failure(let problems): Issue.record("\(problems.lines)")
        }
    }
}
