import Assembly
import Control
import Daemon
import Foundation
import Logging
import Model
import Store
import Synchronization
import TestSupport
import Testing
import Transport

/// The page for scrapers, over TCP and over the control socket.
struct MetricsPageTests {
    private func scrape(_ port: Int, _ path: String = "/metrics", accept: String = "*/*") async throws -> FetchAnswer {
        let courier = Courier(concurrent: 1, perHost: 1)
        defer { courier.close() }
        return try await courier.fetch(FetchRequest(url: "http://127.0.0.1:\(port)\(path)", headers: [("Accept", accept)]))
    }

    /// The lines of some metrics.
    private func lines(_ text: String, _ names: String...) -> [String] {
        text.split(separator: "\n").map(String.init).filter { line in names.contains { line.hasPrefix("\($0){") || line.hasPrefix("\($0) ") } }
    }

    @Test func thePageShowsReadingsAlertsHeartbeatsAndTheDaemon() async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0.replacing("listen: {control: s}", with: "listen: {control: s, metrics: 127.0.0.1:0}") }
        let port = Mutex(0)

        try await RunningDaemon.run(province, isScrapable: { number in port.withLock { $0 = number } }) { daemon in
            try await daemon.eventually("it listens") { port.withLock { $0 } > 0 }
            try await daemon.eventually("the letter goes out") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }
            let answer = try await scrape(port.withLock { $0 })
            let text = String(decoding: answer.body, as: UTF8.self)

            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let labels = { (agency: String, level: String) in
                "{agency=\"\(agency)\",indicator=\"dossier.online\",level=\"\(level)\",period=\"2026-08\",scheme=\"calendar\""
            }
            #expect(
                lines(text, "dondoc_reading_numerator", "dondoc_reading_denominator", "dondoc_reading_ratio", "dondoc_reading_coverage_ratio") == [
                    "dondoc_reading_numerator\(labels("H52.01", "department"))} 60", "dondoc_reading_numerator\(labels("H52.02", "department"))} 95",
                    "dondoc_reading_denominator\(labels("H52.01", "department"))} 100",
                    "dondoc_reading_denominator\(labels("H52.02", "department"))} 100",
                    "dondoc_reading_ratio\(labels("H52.01", "department"))} 0.6", "dondoc_reading_ratio\(labels("H52.02", "department"))} 0.95",
                    "dondoc_reading_coverage_ratio\(labels("H52.01", "department"))} 1",
                    "dondoc_reading_coverage_ratio\(labels("H52.02", "department"))} 1",
                ])
            #expect(
                lines(text, "dondoc_reading_state") == [
                    "dondoc_reading_state\(labels("H52", "province")),state=\"not-reported\"} 1",
                    "dondoc_reading_state\(labels("H52.01", "department")),state=\"figure\"} 1",
                    "dondoc_reading_state\(labels("H52.02", "department")),state=\"figure\"} 1",
                ])
            #expect(
                lines(text, "dondoc_alert") == [
                    #"dondoc_alert{agency="H52.01",rule="online",severity="warning",state="firing",subject="dossier.online"} 1"#
                ])
            #expect(lines(text, "dondoc_build_info") == ["dondoc_build_info{version=\"\(DaemonProgram.version)\"} 1"])
            #expect(lines(text, "dondoc_deliveries_total") == ["dondoc_deliveries_total 3"])
            #expect(lines(text, "dondoc_start_time_seconds") == ["dondoc_start_time_seconds 1789002000"])
            #expect(
                lines(text, "dondoc_outbox_letters") == [#"dondoc_outbox_letters{state="failed"} 0"#, #"dondoc_outbox_letters{state="queued"} 0"#])
            #expect(
                lines(text, "dondoc_source_last_success_timestamp_seconds", "dondoc_source_failures") == [
                    #"dondoc_source_last_success_timestamp_seconds{source="one-stop"} 1789002000"#, #"dondoc_source_failures{source="one-stop"} 0"#,
                ])
        }
    }

    @Test func everyWayToThePageShowsTheSameFigures() async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0.replacing("listen: {control: s}", with: "listen: {control: s, metrics: 127.0.0.1:0}") }
        let port = Mutex(0)

        try await RunningDaemon.run(province, isScrapable: { number in port.withLock { $0 = number } }) { daemon in
            try await daemon.eventually("it listens") { port.withLock { $0 } > 0 }
            try await daemon.eventually("the letter goes out") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }
            let scraped = try await scrape(port.withLock { $0 })
            let again = try await scrape(port.withLock { $0 })
            let asked = try await daemon.ask(.metrics)
            let openMetrics = try await scrape(port.withLock { $0 }, accept: "application/openmetrics-text;version=1.0.0")
            let configuration = try Configuration.load(province.directory.path).get()
            let offline = try daemon.stored { store in
                Desk(configuration: configuration, store: store, language: .english, now: daemon.clock.now).answer(.metrics)
            }

            let readings = { (text: String) in text.split(separator: "\n").filter { $0.hasPrefix("dondoc_reading_") || $0.hasPrefix("dondoc_alert{") }
            }
            let text = String(decoding: scraped.body, as: UTF8.self)
            #expect(readings(text).count == 12)
            #expect(readings(String(decoding: again.body, as: UTF8.self)) == readings(text), "kept readings are the ones computed")
            #expect(readings(asked.text) == readings(text))
            #expect(readings(offline.text) == readings(text))
            #expect(!offline.text.contains("dondoc_passes_total"))
            #expect(readings(String(decoding: openMetrics.body, as: UTF8.self)) == readings(text))
            #expect(openMetrics.header("Content-Type") == "application/openmetrics-text; version=1.0.0; charset=utf-8")
            #expect(String(decoding: openMetrics.body, as: UTF8.self).hasSuffix("# EOF\n"))
            #expect(try await scrape(port.withLock { $0 }, "/v1/request").status == 404)
        }
    }

    @Test func aTakenAddressKeepsNobodyFromBeingUrged() async throws {
        let province = try SmallProvince()
        let other = try ScriptedServer { _ in }
        try province.rewrite("dondoc.yaml") { $0.replacing("listen: {control: s}", with: "listen: {control: s, metrics: 127.0.0.1:\(other.port)}") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter goes out") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            #expect(try await daemon.ask(.metrics).text.contains("dondoc_build_info"))
        }
    }

    @Test func aNewDeliveryIsOnThePage() async throws {
        let province = try SmallProvince()

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter goes out") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }
            let before = try await daemon.ask(.metrics).text
            for _ in 0..<3 { province.answerNext { $0.target.hasSuffix("=8") ? SmallProvince.figures(sliding: 66) : SmallProvince.figures($0) } }
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("the restatement is on the page") { try await daemon.ask(.metrics).text.contains("} 0.66\n") }

            #expect(before.contains("} 0.6\n"))
        }
    }
}
