import Control
import Foundation
import Model
import Store
import TestSupport
import Testing

/// An Alertmanager is told how alerts stand, again and again, and when they are over.
struct AlertmanagerTests {
    private func province(_ receiver: EventReceiver, _ more: String = "") throws -> SmallProvince {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") {
            $0 + """
                ways_out:
                  - id: am
                    kind: alertmanager
                    url: http://127.0.0.1:\(receiver.port)/prefix/
                    labels: {team: sonla}
                    resend: 1m
                    retry: {first: 10s, longest: 1h}
                    \(more)

                """
        }
        return province
    }

    /// The alerts of a request, each as `severity: startsAt … endsAt`.
    private func lines(_ request: HeardRequest) throws -> [String] {
        let alerts = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [[String: Any]])
        return alerts.map { alert in
            let labels = alert["labels"] as? [String: String] ?? [:]
            return "\(labels["severity"] ?? ""): \(alert["startsAt"] ?? "") … \(alert["endsAt"] ?? "")"
        }
    }

    /// Waits until a request was taken and that is written down; before that a test must not move the clock.
    private func taken(_ count: Int, _ receiver: EventReceiver, _ daemon: RunningDaemon) async throws {
        try await daemon.eventually("request \(count) is taken") { receiver.taken.count >= count }
        try await daemon.eventually("it is written down") {
            try daemon.stored { try $0.wayOutStates() }["am"]?.lastSuccess == daemon.clock.now
        }
    }

    private let key = AlertKey(rule: "online", subject: "dossier.online", agency: AgencyCode("H52.01"))

    @Test func whatFiresIsToldWithItsNumbersAndRepeated() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { daemon in
            try await taken(1, receiver, daemon)
            let request = try #require(receiver.requests.first)
            #expect(request.line == "POST /prefix/api/v2/alerts HTTP/1.1")
            #expect(
                request.text == """
                    [{"annotations":{"agency":"Sở Trượt Dốc","bound":"80","legal_basis":"Ngưỡng thử nghiệm","period":"Tháng 8/2026",\
                    "subject":"Tỷ lệ hồ sơ trực tuyến","summary":"Tháng 8/2026: 60,00% (60/100), thấp hơn ngưỡng 80%.","value":"60.00"},\
                    "endsAt":"2026-09-10T08:04:00+07:00","labels":{"agency":"H52.01","alertname":"online","province":"H52","rule":"online",\
                    "severity":"warning","subject":"dossier.online","team":"sonla"},"startsAt":"2026-09-10T08:00:00+07:00"}]
                    """)
            daemon.clock.advance(by: .seconds(60))
            try await daemon.eventually("it is repeated") { receiver.taken.count == 2 }
            #expect(try lines(receiver.taken[1]) == ["warning: 2026-09-10T08:00:00+07:00 … 2026-09-10T08:05:00+07:00"])
        }
    }

    @Test func whatSomebodyTakesOnIsOverAndFiresAgainWhenItIsReleased() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { [key] daemon in
            try await taken(1, receiver, daemon)
            daemon.clock.advance(by: .seconds(20))
            _ = try await daemon.ask(.alertOrder(key: key, order: .acknowledge, by: AlertActor(name: "lan", why: "đã gọi")))
            try await taken(2, receiver, daemon)
            #expect(try lines(receiver.taken[1]) == ["warning: 2026-09-10T08:00:00+07:00 … 2026-09-10T08:00:20+07:00"])

            daemon.clock.advance(by: .seconds(20))
            _ = try await daemon.ask(.alertOrder(key: key, order: .release, by: AlertActor(name: "lan", why: "chưa xong")))
            let again = ["warning: 2026-09-10T08:00:40+07:00 … 2026-09-10T08:04:40+07:00"]
            try await daemon.eventually("it fires again") { try receiver.taken.last.map { try lines($0) } == again }
        }
    }

    @Test func anotherSeverityEndsTheOneBefore() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { daemon in
            try await taken(1, receiver, daemon)
            for _ in 0..<3 { province.answerNext { $0.target.hasSuffix("=8") ? SmallProvince.figures(sliding: 30) : SmallProvince.figures($0) } }
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("it is worse") { try receiver.taken.last.map { try lines($0).first?.hasPrefix("critical") } == true }
            try await taken(2, receiver, daemon)

            let told = try lines(try #require(receiver.taken.last))
            #expect(told[0] == "critical: 2026-09-11T02:20:00+07:00 … 2026-09-11T02:24:00+07:00")
            #expect(told[1] == "warning: 2026-09-10T08:00:00+07:00 … 2026-09-11T02:20:00+07:00")
            daemon.clock.advance(by: .seconds(16 * 60))
            try await daemon.eventually("what is over is not repeated for ever") {
                // The message before may have been written down after the clock was moved; then the next is a minute later.
                daemon.clock.advance(by: .seconds(61))
                return try receiver.taken.last.map { try lines($0).count } == 1
            }
            #expect(try daemon.stored { try $0.standingAlerts(by: "am") }.count == 1)
        }
    }

    @Test func anAlertmanagerThatWasDownIsRightAgainAfterwards() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        receiver.answerAlways { _ in ("502 Bad Gateway", [], "") }

        try await RunningDaemon.run(province) { [key] daemon in
            try await daemon.eventually("the letter goes out") { !province.letters.isEmpty }
            try await daemon.eventually("the failure is known") { try daemon.stored { try $0.wayOutStates() }["am"]?.failures == 1 }
            _ = try await daemon.ask(.alertOrder(key: key, order: .close, by: AlertActor(name: "lan", why: "nhập nhầm")))
            try await daemon.eventually("the end is kept") { try daemon.stored { try $0.standingAlerts(by: "am") }.first?.endsAt != nil }
            receiver.answerAlways(nil)
            daemon.clock.advance(by: .seconds(11))
            try await daemon.eventually("it is told") { receiver.taken.count == 1 }

            #expect(try lines(receiver.taken[0]) == ["warning: 2026-09-10T08:00:00+07:00 … 2026-09-10T08:00:00+07:00"])
            try await daemon.eventually("the way works") { try daemon.stored { try $0.wayOutStates() }["am"]?.failures == 0 }
        }
    }

    @Test func whatItRefusesIsAFinding() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        receiver.answerAlways { _ in ("400 Bad Request", [], "bad label\n") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the refusal is known") { try !daemon.stored { try $0.findings(kinds: [.eventRefused]) }.isEmpty }
            let finding = try #require(try daemon.stored { try $0.findings(kinds: [.eventRefused]) }.first).finding
            #expect(finding == Finding(.eventRefused, source: "am", found: "400 bad label"))
        }
    }
}
