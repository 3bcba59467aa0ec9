import Control
import Correspondence
import Daemon
import Foundation
import Model
import Reports
import Store
import TestSupport
import Testing

/// Digests, summaries, rejections and previews: through the whole daemon, on a clock that the test moves.
struct ReportRoundTests {
    private static let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.01"))

    private func province(mail lines: String, source: String = "") throws -> SmallProvince {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0.replacing("  operators:", with: "\(lines)\n  operators:") }
        if !source.isEmpty { try province.rewrite("sources.d/one-stop.yaml") { source + "\n" + $0 } }
        return province
    }

    private func letters(_ daemon: RunningDaemon, to address: String) throws -> [OutboxItem] {
        try daemon.stored { try $0.outbox() }.filter { $0.letter.recipients.contains(address) }.sorted { $0.id < $1.id }
    }

    private func text(_ item: OutboxItem) -> String { LetterText.readable(item.letter.bytes) }

    private func untilPulled(_ daemon: RunningDaemon, on text: String) async throws {
        try await daemon.eventually("the source is asked on \(text)") {
            try daemon.stored { try $0.sourceStates() }["one-stop"]?.lastSuccess.map { $0.day >= day(text) } ?? false
        }
    }

    /// Lets minutes pass until something holds.
    private func passing(_ daemon: RunningDaemon, _ remark: String, _ condition: () throws -> Bool) async throws {
        try await daemon.eventually(remark) {
            daemon.clock.advance(by: .seconds(60))
            return try condition()
        }
    }

    @Test func aDigestComesAtItsTimesAndTheFirstOneIsNotAboutNothing() async throws {
        // Thursday 10 September 2026; the digest is for Fridays.
        let province = try province(mail: "  digest: \"30 7 * * 5\"")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the agency is told") { try letters(daemon, to: "vanthu@truotdoc.example").count == 1 }
            #expect(try letters(daemon, to: "operator@sonla.example").isEmpty)
            daemon.clock.advance(by: .seconds(22 * 3600))
            try await untilPulled(daemon, on: "2026-09-11")
            try await passing(daemon, "the digest is written") { try letters(daemon, to: "operator@sonla.example").count == 1 }

            let item = try #require(letters(daemon, to: "operator@sonla.example").first)
            let digest = text(item)
            #expect(item.createdAt >= instant("2026-09-11T07:30"))
            #expect(digest.contains("Subject: Tình hình theo dõi, đôn đốc từ ngày 10/09/2026 đến ngày 11/09/2026: 1 nội dung chưa khắc phục\n"))
            #expect(digest.contains("\n- Trong kỳ: 1 nội dung phát sinh, 0 nội dung được khắc phục, 0 ý kiến trả lời của cơ quan\n"))
            #expect(digest.contains("\n   - Cơ quan: Sở Trượt Dốc (H52.01)\n   - 60,00% (60/100), ngưỡng không thấp hơn 80% (Tháng 8/2026)\n"))
        }
    }

    @Test func theSummaryGoesToWhomItIsForAndNamesWhatWasUrgedThroughEveryStep() async throws {
        let province = try province(mail: "  summary: {schedule: \"0 9 18 * *\", to: [chutich@sonla.example, giamdoc@sonla.example]}")
        try province.rewrite("dondoc.yaml") { $0 + "urging: {steps: [{after: 0, to: agency}, {after: 2, to: summary}]}\n" }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the agency is told") { try letters(daemon, to: "vanthu@truotdoc.example").count == 1 }
            for day in 11...18 {
                daemon.clock.advance(by: .seconds(86_400))
                try await untilPulled(daemon, on: "2026-09-\(day)")
            }
            try await passing(daemon, "the summary is written") { try letters(daemon, to: "chutich@sonla.example").count == 1 }

            let item = try #require(letters(daemon, to: "chutich@sonla.example").first)
            #expect(item.letter.recipients == ["chutich@sonla.example", "giamdoc@sonla.example"])
            #expect(text(item).contains("đề nghị Chủ tịch cho ý kiến chỉ đạo:\n\n1. Tỷ lệ hồ sơ trực tuyến – mức cảnh báo\n"))
            #expect(text(item).contains("thông báo lần đầu ngày 10/09/2026, đã đôn đốc 1 lần\n"), "the step that names it here is no letter")
            #expect(text(item).contains("; 1 thư đôn đốc đã gửi, "), "what went to the operators is none")
            #expect(try letters(daemon, to: "vanthu@truotdoc.example").count == 1, "the last step writes to nobody but the Chairman")
        }
    }

    @Test func whoeverLooksAfterASourceIsToldOnceOfWhatWasNotTaken() async throws {
        let province = try province(mail: "", source: "contacts: [it@one-stop.example]")
        let strange: @Sendable (HeardRequest) -> SmallProvince.Answer = { _ in
            ("200 OK", ["Content-Type: application/json"], #"{"data":[{"code":"H99","received":100,"online":1}]}"#)
        }
        for _ in 0..<4 { province.answerNext(strange) }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the rejection is written") { try letters(daemon, to: "it@one-stop.example").count == 1 }
            daemon.clock.advance(by: .seconds(3 * 86_400))
            try await untilPulled(daemon, on: "2026-09-13")

            let rejections = try letters(daemon, to: "it@one-stop.example")
            #expect(rejections.count == 1, "what is known is not told again")
            #expect(try text(#require(rejections.first)).contains("1. Không rõ cơ quan\n   - Vị trí: "))
        }
    }

    @Test func aRejectionSpeaksOfEachDeliveryInTheLanguageOfLetters() async throws {
        let province = try province(mail: "", source: "contacts: [it@one-stop.example]")
        for _ in 0..<2 { province.answerNext { _ in ("200 OK", ["Content-Type: application/json"], "") } }
        for _ in 0..<2 {
            province.answerNext { _ in
                (
                    "200 OK", ["Content-Type: application/json"],
                    #"{"data":[{"code":"H52.91","received":1,"online":1},{"code":"H52.01","received":"x","online":-1}]}"#
                )
            }
        }

        try await RunningDaemon.run(province) { daemon in
            try await passing(daemon, "both are told") { try letters(daemon, to: "it@one-stop.example").map(text).joined().contains("H52.91") }

            let told = try letters(daemon, to: "it@one-stop.example").map(text).joined()
            #expect(
                told.contains(
                    "\nToàn bộ lần nhận bị từ chối vì không đọc được, chưa giá trị nào được lưu.\n1. Không giải mã được dữ liệu\n   - Nhận được: nội dung rỗng\n"
                ))
            #expect(told.contains("kỳ số liệu: Tháng "))
            #expect(told.contains("   - Nhận được: H52.91\n   - Gần giống: H52.01\n"))
            #expect(told.contains("   - Nhận được: x\n   - Cần có: số nguyên\n"))
            #expect(told.contains("   - Nhận được: -1\n   - Cần có: từ 0 trở lên\n"))
        }
    }

    @Test func aReminderIsAnAnswerToTheLetterBeforeItAndShowsTheLastPeriods() async throws {
        let province = try province(mail: "  attach_figures: true")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the agency is told") { try letters(daemon, to: "vanthu@truotdoc.example").count == 1 }
            let first = try #require(letters(daemon, to: "vanthu@truotdoc.example").first)
            daemon.clock.advance(by: .seconds(7 * 86_400))
            try await passing(daemon, "the reminder is written") { try letters(daemon, to: "vanthu@truotdoc.example").count == 2 }

            let reminder = try #require(letters(daemon, to: "vanthu@truotdoc.example").last)
            let wire = String(decoding: reminder.letter.bytes, as: UTF8.self)
            #expect(wire.contains("\r\nIn-Reply-To: \(first.letter.messageID)\r\nReferences: \(first.letter.messageID)\r\n"))
            #expect(wire.contains("Content-Type: image/png"))
            #expect(wire.contains("filename=\"so-lieu-H52.01.csv\""))
            #expect(text(reminder).contains("Subject: Đôn đốc lần 2: 1 nội dung chưa khắc phục – Sở Trượt Dốc"))
        }
    }

    @Test func aPreviewSendsNothingAndATestLetterTakesTheWayOfEveryLetter() async throws {
        let province = try province(mail: "")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the agency is told") { province.letters.count == 1 }
            let next = try await daemon.ask(.letterPreview(question: LetterQuestion(key: ReportRoundTests.key))).text
            let html = try await daemon.ask(.letterPreview(question: LetterQuestion(kind: "digest", form: .html))).text
            let mail = try await daemon.ask(.letterPreview(question: LetterQuestion(form: .mail))).text
            #expect(next.contains("Subject: Đôn đốc lần 2: 1 nội dung chưa khắc phục – Sở Trượt Dốc"))
            #expect(html.hasSuffix("</html>\n"))
            #expect(mail.hasPrefix("Date: "))
            #expect(province.letters.count == 1)

            _ = try await daemon.ask(.letterTest(address: "toi@sonla.example", kind: "reminder"))

            try await daemon.eventually("the test letter is sent") { try letters(daemon, to: "toi@sonla.example").map(\.state) == [.sent] }
            #expect(province.letters.count == 2)
        }
    }

    @Test func whatCannotBeShownOrSentIsSaid() async throws {
        let province = try province(mail: "")

        try await RunningDaemon.run(province) { daemon in
            let noAlert = try await daemon.ask(.letterPreview(question: LetterQuestion(key: AlertKey(rule: "a", subject: "b", agency: nil))))
            let noKind = try await daemon.ask(.letterPreview(question: LetterQuestion(kind: "leter")))
            let noAddress = try await daemon.ask(.letterTest(address: "toi", kind: nil), language: .vietnamese)

            #expect(noAlert == .failure(Failure(.unknownID, "there is no alert 'a/b/-'", hint: "dondoc alerts list")))
            #expect(
                noKind
                    == .failure(
                        Failure(
                            .invalidRequest, "there is no kind of letter 'leter'",
                            hint: "letter, not-reported, reminder, escalation, resolved, operators, digest, summary, rejection, undelivered")))
            #expect(noAddress == .failure(Failure(.invalidRequest, "'toi' không phải là địa chỉ thư điện tử")))
        }
    }
}
