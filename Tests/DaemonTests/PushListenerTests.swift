import Control
import Daemon
import Foundation
import Model
import Store
import Synchronization
import TestSupport
import Testing
import Transport

/// A push from the socket to the store and back, in a whole daemon.
struct PushListenerTests {
    private func ask(_ port: Int, _ path: String, token: String, body: String? = nil) async throws -> FetchAnswer {
        let courier = Courier(concurrent: 1, perHost: 1)
        defer { courier.close() }
        return try await courier.fetch(
            FetchRequest(
                url: "http://127.0.0.1:\(port)\(path)", method: body == nil ? "GET" : "POST",
                headers: [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json"), ("Accept-Language", "en")],
                body: body.map { Array($0.utf8) }))
    }

    @Test func pushIsStoredUnderItsSenderAndRepeatedWithoutHarm() async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0 + "push: {address: \"127.0.0.1:0\"}\n" }
        let port = Mutex(0)

        try await RunningDaemon.run(province, isPushable: { number in port.withLock { $0 = number } }) { daemon in
            try await daemon.eventually("it listens") { port.withLock { $0 } > 0 }
            let listening = port.withLock { $0 }
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
}
