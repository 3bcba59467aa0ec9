import Control
import Daemon
import Foundation
import Model
import Store
import TestSupport
import Testing

/// The store has no room: figures wait, nothing that was acknowledged is lost, and everybody is told.
struct FullDiskTests {
    @Test func aFullStoreKeepsWhatItHasAnswersQuestionsAndHealsWithRoom() async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0.replacing("{path: dondoc.db}", with: "{path: dondoc.db, maximum: 400kB}") }
        try province.rewrite("sources.d/one-stop.yaml") { $0.replacing("maximum: 64kB", with: "maximum: 2MB") }
        province.answerNext { SmallProvince.figures($0) }
        // Made before anybody asks: while it is made, the time allowed for an answer passes.
        let words = (0..<75_000).map { _ in UInt64.random(in: 0 ... .max) }
        let noise = words.withUnsafeBytes { Data($0) }.base64EncodedString()
        for _ in 0..<2 { province.answerNext { _ in tooLarge(noise) } }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("June is stored and July is asked for") { province.requests.count == 2 }
            try await daemon.eventually("status names the full store") { try await isFull(daemon) }
            daemon.clock.advance(by: .seconds(6))
            try await daemon.eventually("July is asked for again") { province.requests.count == 3 }
            try await daemon.eventually("status still names the full store") { try await isFull(daemon) }

            let online = try await online(daemon)
            #expect(online == [90])
            #expect(province.requests.map(\.target) == ["/counts?month=6", "/counts?month=7", "/counts?month=7"])
            #expect(try daemon.stored { try $0.deliveries(source: "one-stop") }.count == 1)
        }
        try province.rewrite("dondoc.yaml") { $0.replacing("maximum: 400kB", with: "maximum: 4MB") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is sent") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            let online = try await online(daemon)
            #expect(online == [90, 40, 60])
            #expect(try await !isFull(daemon))
        }
    }

    /// Figures of July in a body that does not compress: noise in a field that nobody reads.
    private func tooLarge(_ noise: String) -> SmallProvince.Answer {
        let answer = SmallProvince.figures(sliding: 40)
        return (answer.status, answer.headers, #"{"noise":"\#(noise)","# + answer.body.dropFirst())
    }

    private func isFull(_ daemon: RunningDaemon) async throws -> Bool {
        let text = try await daemon.ask(.status).text
        return text.contains("database or disk is full; free space on the disk, raise store.maximum or shorten store.keep_raw")
    }

    private func online(_ daemon: RunningDaemon) async throws -> [Int64?] {
        let id = measure("dossiers.received.online")
        return try daemon.stored { try $0.cells(of: [id], in: days("2026-06-01", "2026-08-31")) }[id, code("H52.01")].map(\.value)
    }
}
