import Control
import Foundation
import Model
import Store
import TestSupport
import Testing

/// Events for other systems: nothing is lost or doubled whatever the receiver does, and letters never wait for it.
struct WebhookTests {
    private static let secret = "mật khẩu của bên nhận"

    private func province(_ receiver: EventReceiver, _ more: String = "") throws -> SmallProvince {
        let province = try SmallProvince()
        try province.directory.write(Self.secret + "\n", to: "hook.secret")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: province.directory.file("hook.secret"))
        try province.rewrite("dondoc.yaml") {
            $0 + """
                ways_out:
                  - id: oncall
                    kind: webhook
                    url: http://127.0.0.1:\(receiver.port)/events
                    secret_file: hook.secret
                    headers: {X-Team: sonla}
                    retry: {first: 10s, longest: 1h, give_up: 1d}
                    \(more)

                """
        }
        return province
    }

    private func event(_ request: HeardRequest) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
    }

    private func alert(_ request: HeardRequest) throws -> [String: Any] { try #require(try event(request)["alert"] as? [String: Any]) }

    private func events(_ daemon: RunningDaemon, _ state: OutboxItem.State? = nil) throws -> [OutboxItem] {
        try daemon.stored { try $0.outbox(state: state) }.filter { $0.way == "oncall" }
    }

    @Test func aChangeOfAnAlertIsOnePostThatSaysEverything() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the event is sent") { try events(daemon, .sent).count == 1 }
            let request = try #require(receiver.requests.first)
            let event = try event(request)
            let id = try #require(event["id"] as? String)

            #expect(receiver.requests.count == 1)
            #expect(request.line == "POST /events HTTP/1.1")
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["x-team"] == "sonla")
            #expect(request.headers["x-dondoc-event"] == id)
            #expect(
                request.text == """
                    {"alert":{"actor":null,"agency":{"id":"H52.01","title":"Sở Trượt Dốc"},"bound":"80","denominator":100,"key":"online/dossier.online/H52.01",\
                    "legal_basis":"Ngưỡng thử nghiệm","numerator":60,"period":{"name":"2026-08","scheme":"calendar","title":"Tháng 8/2026"},\
                    "previous_state":null,"rule":"online","rule_version":"\(try #require(try alert(request)["rule_version"] as? String))",\
                    "severity":"warning","state":"firing","subject":{"id":"dossier.online","title":"Tỷ lệ hồ sơ trực tuyến"},\
                    "summary":"Tháng 8/2026: 60,00% (60/100), thấp hơn ngưỡng 80%.","unit":"percent","value":"60.00"},\
                    "at":"\(try #require(event["at"] as? String))","id":"\(id)","province":{"id":"H52","title":"Tỉnh Sơn La"},"version":1}
                    """)
            try await daemon.eventually("the letter goes out") { province.letters.count == 1 }
            let list = try await daemon.ask(.outboxList(state: nil)).sheet("outbox")
            #expect(list.rows.count == 2)
            let shown = try await daemon.ask(.outboxShow(id: try #require(try events(daemon).first).id))
            #expect(shown.text.contains("thấp hơn ngưỡng 80%"))
        }
    }

    @Test func theSignatureIsThatOfTheSecondAndTheBody() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the event is sent") { try events(daemon, .sent).count == 1 }
            let request = try #require(receiver.requests.first)
            let signature = try #require(request.headers["x-dondoc-signature"])
            let second = daemon.clock.now.milliseconds / 1000

            #expect(signature == "t=\(second),v1=" + (try opensslHMAC("\(second)." + request.text, key: Self.secret)))
        }
    }

    /// What another program makes of it.
    private func opensslHMAC(_ text: String, key: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let hex = key.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        process.arguments = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(hex)", "-r"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(String(decoding: answer, as: UTF8.self).prefix { $0 != " " })
    }

    @Test func anOutageIsWaitedOutWithTheSameBytesAndId() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        receiver.answerNext { _ in ("503 Service Unavailable", ["Retry-After: 120"], "tạm nghỉ\n") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the failure is known") { try events(daemon, .queued).first?.attempts == 1 }
            let waiting = try #require(try events(daemon).first)
            #expect(waiting.lastError == "503 tạm nghỉ")
            #expect(waiting.nextAttempt == daemon.clock.now + .seconds(120), "the pause that the receiver asks for is kept")
            try await daemon.eventually("the way rests") { try daemon.stored { try $0.wayOutStates() }["oncall"]?.failures == 1 }
            #expect(try daemon.stored { try $0.wayOutStates() }["oncall"]?.lastError == "503 tạm nghỉ")

            daemon.clock.advance(by: .seconds(121))
            try await daemon.eventually("it is taken") { try events(daemon, .sent).count == 1 }

            #expect(receiver.requests.count == 2)
            #expect(receiver.requests[0].body == receiver.requests[1].body)
            #expect(receiver.requests[0].headers["x-dondoc-event"] == receiver.requests[1].headers["x-dondoc-event"])
            #expect(receiver.requests[0].headers["x-dondoc-signature"] != receiver.requests[1].headers["x-dondoc-signature"])
            try await daemon.eventually("the way works") { try daemon.stored { try $0.wayOutStates() }["oncall"]?.failures == 0 }
        }
    }

    @Test func whatIsRefusedIsAFindingAndCanBeSentAgain() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        receiver.answerNext { _ in ("422 Unprocessable Content", [], "no such team\n") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the refusal is known") { try events(daemon, .failed).count == 1 }
            let item = try #require(try events(daemon).first)
            let finding = try #require(try daemon.stored { try $0.findings(kinds: [.eventRefused]) }.first).finding
            #expect(finding == Finding(.eventRefused, source: "oncall", place: "event \(item.id)", found: "422 no such team"))

            _ = try await daemon.ask(.outboxRetry(id: item.id))
            try await daemon.eventually("it is taken") { try events(daemon, .sent).count == 1 }
            #expect(receiver.requests.count == 2 && receiver.taken.count == 1)
        }
    }

    @Test func anEventIsGivenUpAfterItsLimit() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        receiver.answerAlways { _ in ("401 Unauthorized", [], "") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the first failure") { try events(daemon).first?.attempts == 1 }
            #expect(try events(daemon).first?.state == .queued, "a refused login is not the event's fault")
            for attempt in 2...40 {
                guard try events(daemon, .failed).isEmpty else { break }
                daemon.clock.advance(by: .seconds(3601))
                try await daemon.eventually("attempt \(attempt)") { try events(daemon).first.map { $0.attempts >= attempt } ?? false }
            }

            let item = try #require(try events(daemon, .failed).first)
            #expect(item.lastError == "401")
            #expect(try daemon.stored { try $0.findings(kinds: [.eventRefused]) }.count == 1)
        }
    }

    @Test func theChangesOfOneAlertArriveInOrderWithWhoMadeThem() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        receiver.answerNext { _ in ("500 Internal Server Error", [], "") }
        let key = AlertKey(rule: "online", subject: "dossier.online", agency: AgencyCode("H52.01"))

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the first failure") { try events(daemon).first?.attempts == 1 }
            _ = try await daemon.ask(.alertOrder(key: key, order: .acknowledge, by: AlertActor(name: "lan", why: "đã gọi")))
            try await daemon.eventually("the order is an event") { try events(daemon).count == 2 }
            #expect(receiver.requests.count == 1, "nothing overtakes what waits")

            daemon.clock.advance(by: .seconds(11))
            try await daemon.eventually("both are taken") { receiver.taken.count == 2 }
            let alerts = try receiver.taken.map { try alert($0) }

            #expect(alerts.map { $0["state"] as? String } == ["firing", "acknowledged"])
            #expect(alerts[1]["previous_state"] as? String == "firing")
            #expect((alerts[1]["actor"] as? [String: String]) == ["name": "lan", "why": "đã gọi"])
        }
    }

    @Test func aKillLosesNothingAndARepeatHasTheSameId() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        // By this machine's clock months are judged of which the agency system says 85.
        try province.rewrite("targets.yaml") { $0.replacing("warning: 80", with: "warning: 90") }
        // Heard and never answered: whether it was taken only the receiver knows.
        receiver.answerNext { _ in nil }

        let first = try DaemonProcess(province.directory.path, socket: province.socket)
        let deadline = ContinuousClock.now + .seconds(120)
        while receiver.requests.isEmpty, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        first.signal(9)
        #expect(await first.exitStatus() == -9)

        let second = try DaemonProcess(province.directory.path, socket: province.socket)
        while receiver.taken.isEmpty, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        _ = try await second.eventually("it is written down", .outboxList(state: .sent)) { $0.text.contains("oncall") }
        second.signal(15)
        #expect(await second.exitStatus() == 0)

        let third = try DaemonProcess(province.directory.path, socket: province.socket)
        _ = try await third.eventually("a pass is over", .status) { _ in true }
        third.signal(15)
        #expect(await third.exitStatus() == 0)
        let ids = receiver.requests.map { $0.headers["x-dondoc-event"] ?? "" }
        #expect(Set(ids.prefix(2)).count == 1, "the repeat is recognisable")
        #expect(Set(receiver.taken.map { $0.headers["x-dondoc-event"] ?? "" }).count == receiver.taken.count, "nothing that was taken is sent again")
    }

    @Test func onlyWhatLiesInTheScopeLeaves() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver, "only: {severities: [critical], agencies: [H52.01], rules: [online]}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter goes out") { province.letters.count == 1 }
            #expect(try events(daemon).isEmpty, "60 of 100 is a warning")
            for _ in 0..<3 { province.answerNext { $0.target.hasSuffix("=8") ? SmallProvince.figures(sliding: 30) : SmallProvince.figures($0) } }
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("it is critical") { receiver.taken.count == 1 }
            for _ in 0..<3 { province.answerNext { $0.target.hasSuffix("=8") ? SmallProvince.figures(sliding: 70) : SmallProvince.figures($0) } }
            daemon.clock.advance(to: instant("2026-09-12T02:20"))
            try await daemon.eventually("it is milder") { receiver.taken.count == 2 }

            let severities = try receiver.taken.map { try alert($0)["severity"] as? String }
            #expect(severities == ["critical", "warning"], "who heard of it hears that it is milder")
        }
    }

    @Test func aWayThatIsGoneKeepsNothingWaiting() async throws {
        let receiver = try EventReceiver()
        let province = try province(receiver)
        receiver.answerAlways { _ in ("503 Service Unavailable", [], "") }
        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the failure is known") { try events(daemon, .queued).count == 1 }
        }
        try province.rewrite("dondoc.yaml") { String($0.prefix(upTo: $0.range(of: "ways_out:")?.lowerBound ?? $0.endIndex)) }

        try await RunningDaemon.run(province, at: instant("2026-09-10T09:00")) { daemon in
            try await daemon.eventually("it is given up") { try events(daemon, .failed).count == 1 }
            #expect(try events(daemon).map(\.lastError) == ["this way out is no longer configured"])
        }
    }
}
