import Control
import Correspondence
import Daemon
import Model
import Store
import Synchronization
import TestSupport
import Testing

/// How often was judged.
private final class Judgings: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }
    func add() { number.withLock { $0 += 1 } }
}

/// What comes back to a letter, from the mailbox of a test through the whole daemon.
struct MailboxTests {
    private let mailbox = ScriptedMailbox()
    private let judgings = Judgings()
    private static let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.01"))

    private func province(_ more: String = "") throws -> (SmallProvince, ScriptedServer) {
        let server = try ScriptedServer { [mailbox] in try $0.playMailbox(mailbox) }
        let province = try SmallProvince()
        try province.directory.write("mật khẩu\n", to: "mailbox.password")
        try province.rewrite("dondoc.yaml") {
            $0.replacing(
                "limits:",
                with:
                    """
                      mailbox:
                        host: 127.0.0.1
                        port: \(server.port)
                        security: none
                        username: dondoc
                        password_file: mailbox.password
                        timeout: 20s
                        \(more)
                    limits:
                    """)
        }
        return (province, server)
    }

    private func mail(_ head: String, _ text: String) -> String { "\(head)\nContent-Type: text/plain; charset=utf-8\n\n\(text)\n" }

    private func bounce(of address: String, _ id: String) -> String {
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example
        Message-ID: <b@mx.example>
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; \(address)
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 no such user

        --b
        Content-Type: text/rfc822-headers

        Message-ID: \(id)
        --b--
        """
    }

    /// Starts the daemon, waits for its first letter, and runs the body with the letter's Message-ID.
    private func run(
        _ more: String = "", contacts: String = "vanthu@truotdoc.example",
        _ body: @escaping @Sendable (RunningDaemon, _ letter: String) async throws -> Void
    ) async throws {
        let (province, server) = try province(more)
        if contacts != "vanthu@truotdoc.example" {
            try province.rewrite("agencies.csv") { $0.replacing("vanthu@truotdoc.example", with: contacts) }
        }
        let reached: @Sendable (Stage) async -> Void = { [judgings] stage in if stage == .committed { judgings.add() } }
        try await RunningDaemon.run(province, reached: reached) { daemon in
            try await daemon.eventually("the letter is sent") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }
            try await body(daemon, try #require(province.messageIDs.first))
            _ = server
        }
    }

    /// Lets minutes pass until something holds: a pass that is under way while the clock is moved plans the next one by the new time.
    private func passing(_ daemon: RunningDaemon, _ remark: String, _ condition: () throws -> Bool) async throws {
        try await daemon.eventually(remark) {
            daemon.clock.advance(by: .seconds(60))
            return try condition()
        }
    }

    private func read(_ daemon: RunningDaemon, _ count: Int) async throws -> [ReceivedMail] {
        _ = try await daemon.ask(.mailboxRun)
        try await daemon.eventually("\(count) mails are read") { try daemon.stored { try $0.incoming(onlyOpen: false) }.count >= count }
        return try daemon.stored { try $0.incoming(onlyOpen: false) }
    }

    @Test func aReplyAnswersItsAlertHoldsTheNextReminderAndKeepsItsFile() async throws {
        let box = mailbox
        try await run("processed: Done") { daemon, letter in
            box.add(
                """
                From: vanthu@truotdoc.example
                Message-ID: <r@truotdoc.example>
                In-Reply-To: \(letter)
                Subject: Re
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8

                Nguyên nhân: thiếu người.
                Thời hạn: 25/09/2026
                --b
                Content-Disposition: attachment; filename=cong-van.pdf
                Content-Transfer-Encoding: base64

                JVBERi0xLjQK
                --b--
                """)

            let mail = try #require(try await read(daemon, 1).first)
            let answer = try #require(try daemon.stored { try $0.remediations(of: MailboxTests.key) }.first)
            let bytes = try daemon.stored { try $0.evidence(of: answer.id) }
            try await daemon.eventually("the mail is put away") { box.moved(to: "Done").count == 1 }

            #expect(mail.kind == .reply && mail.isVerified && mail.alerts == [MailboxTests.key] && mail.due == day("2026-09-25"))
            #expect(answer.cause == "thiếu người." && answer.due == day("2026-09-25") && answer.enteredBy == "H52.01 (mail \(mail.id))")
            #expect(answer.evidence?.name == "cong-van.pdf" && bytes == Array("%PDF-1.4\n".utf8))
            let shown = try await daemon.ask(.alertsShow(key: MailboxTests.key))
            #expect(shown.text.contains("thiếu người."))
            // The promise holds the step of five working days; when its day is over, the step comes by itself.
            let before = judgings.count
            daemon.clock.advance(by: .seconds(12 * 86_400))
            // The first may have begun before the clock was moved.
            try await passing(daemon, "the days after the step are judged") { judgings.count >= before + 2 }
            #expect(try daemon.stored { try $0.outbox() }.count == 1)
            daemon.clock.advance(by: .seconds(4 * 86_400))
            try await passing(daemon, "the broken promise is told") { try daemon.stored { try $0.outbox() }.count == 2 }
            #expect(try daemon.stored { try $0.alerts() }.map(\.state) == [.firing], "no letter of anything put right")
        }
    }

    @Test func aBounceMarksItsAddressAndTheNextLetterGoesToTheOthers() async throws {
        let box = mailbox
        try await run(contacts: "mot@truotdoc.example|hai@truotdoc.example") { daemon, letter in
            box.add(bounce(of: "Mot@truotdoc.example", letter))

            let mail = try #require(try await read(daemon, 1).first)
            let item = try #require(try daemon.stored { try $0.outbox() }.first)
            let findings = try daemon.stored { try $0.findings(kinds: [.contactBounced]) }

            #expect(mail.kind == .bounce && mail.letter == item.id)
            #expect(item.recipients.map(\.state) == [.failed, .sent] && item.state == .sent)
            #expect(try daemon.stored { try $0.bouncedAddresses() }.map(\.address) == ["mot@truotdoc.example"])
            #expect(findings.map(\.finding.found) == ["mot@truotdoc.example 5.1.1 550 no such user"])
            daemon.clock.advance(by: .seconds(10 * 86_400))
            try await passing(daemon, "the reminder and the operators' letter are written") { try daemon.stored { try $0.outbox() }.count == 3 }
            let written = try daemon.stored { try $0.outbox() }.prefix(2)
            #expect(written.map(\.letter.recipients) == [["operator@sonla.example"], ["hai@truotdoc.example"]])
            let told = try LetterText.readable(#require(written.first).letter.bytes)
            #expect(told.contains("Subject: Không gửi được thư tới 1 địa chỉ – ngày "))
            #expect(told.contains("\n1. mot@truotdoc.example – Sở Trượt Dốc (H52.01)\n   - Thư \(item.id) ngày "))
            #expect(told.contains("\n   - Máy chủ thư trả lời: mot@truotdoc.example 5.1.1 550 no such user\n"))
            let before = judgings.count
            daemon.clock.advance(by: .seconds(2 * 86_400))
            try await passing(daemon, "the days after that are judged") { judgings.count >= before + 2 }
            #expect(try daemon.stored { try $0.outbox() }.count == 3, "the operators know it already")
            let cleared = try await daemon.ask(.contactsClear(address: "Mot@truotdoc.example", by: "Lan"))
            #expect(try cleared.sheet("contacts").rows.isEmpty)
        }
    }

    @Test func whenEveryAddressBouncedTheOperatorsGetTheLetterWithANote() async throws {
        let box = mailbox
        try await run { daemon, letter in
            box.add(bounce(of: "vanthu@truotdoc.example", letter))
            _ = try await read(daemon, 1)
            daemon.clock.advance(by: .seconds(10 * 86_400))

            try await passing(daemon, "the reminder and the operators' letter are written") { try daemon.stored { try $0.outbox() }.count == 3 }

            #expect(
                try daemon.stored { try $0.outbox() }.map(\.letter.recipients)
                    == [["operator@sonla.example"], ["operator@sonla.example"], ["vanthu@truotdoc.example"]])
            #expect(try daemon.stored { try $0.outbox(state: .failed) }.count == 1)
            let found = try daemon.stored { try $0.findings(kinds: [.noContact]) }.map(\.finding.found)
            #expect(found == ["letters to every contact of Sở Trượt Dốc came back"])
        }
    }

    @Test func aReportAboutAnAddressThatGotNoLetterMarksNobody() async throws {
        let box = mailbox
        try await run { daemon, letter in
            box.add(bounce(of: "vanthu@guongmau.example", letter))
            box.add(bounce(of: "vanthu@truotdoc.example", "<nobody@knows.example>").replacing("<b@mx", with: "<c@mx"))

            let mails = try await read(daemon, 2)

            #expect(mails.map(\.kind) == [.unclearBounce, .unclearBounce])
            #expect(try daemon.stored { try $0.bouncedAddresses() }.isEmpty)
            #expect(try daemon.stored { try $0.findings(kinds: [.mailUnclear]) }.isEmpty == false)
        }
    }

    @Test func automaticAnswersStopNothingAndNothingIsEverSentInAnswer() async throws {
        let box = mailbox
        try await run { daemon, letter in
            let heads = ["Auto-Submitted: auto-replied", "Precedence: bulk", "Return-Path: <>", "Subject: Trả lời tự động: x"]
            for (number, head) in heads.enumerated() {
                box.add(mail("From: vanthu@truotdoc.example\nMessage-ID: <a\(number)@x.example>\nIn-Reply-To: \(letter)\n\(head)", "Đi vắng"))
            }
            // What another dondoc writes, and our own letter coming back.
            box.add(mail("From: dondoc@laocai.example\nMessage-ID: <d@laocai.example>\nAuto-Submitted: auto-generated", "Kính gửi"))
            box.add(daemon.province.letters[0])

            let mails = try await read(daemon, 6)

            #expect(Set(mails.map(\.kind)) == [.automatic, .own])
            #expect(mails.allSatisfy { $0.words.isEmpty && $0.alerts.isEmpty })
            #expect(try daemon.stored { try $0.outbox() }.count == 1)
            daemon.clock.advance(by: .seconds(10 * 86_400))
            try await passing(daemon, "the reminder comes all the same") { try daemon.stored { try $0.outbox() }.count == 2 }
        }
    }

    @Test func whoDoesNotSpeakForTheAgencyStopsNothingUntilAnOperatorSaysSo() async throws {
        let box = mailbox
        try await run { daemon, letter in
            box.add(mail("From: ai.do@la.example\nMessage-ID: <s@la.example>\nIn-Reply-To: \(letter)", "Đã khắc phục"))

            let mail = try #require(try await read(daemon, 1).first)
            #expect(mail.kind == .reply && !mail.isVerified && mail.alerts.isEmpty && mail.words == "Đã khắc phục")
            #expect(mail.remarks == ["its sender does not speak for H52.01 in agencies.csv, so no alert is answered by it"])
            #expect(try daemon.stored { try $0.remediations() }.isEmpty)

            let assigned = try await daemon.ask(.answersAssign(id: mail.id, key: MailboxTests.key, by: "Lan"))
            #expect(try assigned.sheet("answers").rows.count == 1)
            let answer = try #require(try daemon.stored { try $0.remediations(of: MailboxTests.key) }.first)
            #expect(answer.plan == "Đã khắc phục" && answer.enteredBy == "H52.01 (mail \(mail.id), Lan)")
            #expect(try await daemon.ask(.answersAssign(id: mail.id, key: MailboxTests.key, by: "Lan")).text.contains("already"))
            #expect(try daemon.stored { try $0.incoming(onlyOpen: true) }.isEmpty)
            #expect(try daemon.stored { try $0.incoming(mail.id) }?.remarks == [])
        }
    }

    @Test func aRestartAndNewUIDsReadNothingTwice() async throws {
        let box = mailbox
        let (province, server) = try province()
        for number in 1...3 { box.add(mail("From: vanthu@truotdoc.example\nMessage-ID: <\(number)@x.example>", "Câu hỏi \(number)")) }
        try await RunningDaemon.run(province) { daemon in
            let mails = try await read(daemon, 3)
            #expect(mails.count == 3)
        }
        box.renumber()
        box.add(mail("From: vanthu@truotdoc.example\nMessage-ID: <4@x.example>", "Câu hỏi 4"))

        try await RunningDaemon.run(province) { daemon in
            let mails = try await read(daemon, 4)
            #expect(mails.map(\.messageID) == ["<4@x.example>", "<3@x.example>", "<2@x.example>", "<1@x.example>"])
            _ = server
        }
    }

    @Test func aMailboxThatCannotBeReadIsAFindingAndIsTriedAgain() async throws {
        let box = mailbox
        box.behave { $0.login = "NO wrong password" }
        try await run { daemon, _ in
            try await daemon.eventually("the trouble is told") { try !daemon.stored { try $0.findings(kinds: [.mailboxFailed]) }.isEmpty }
            box.behave { $0.login = "OK" }
            box.add(mail("From: ai.do@la.example\nMessage-ID: <1@x.example>", "Xin chào"))

            let mails = try await read(daemon, 1)
            #expect(mails.map(\.kind) == [.other])
            try await daemon.eventually("the status is good again") {
                try await daemon.ask(.mailboxStatus).text.contains("ok")
            }
        }
    }

    @Test func aReplyInWhichNothingCanBeReadWaitsForAnOperatorAndStopsNothing() async throws {
        let box = mailbox
        try await run { daemon, letter in
            let head = "From: vanthu@truotdoc.example\nIn-Reply-To: \(letter)\nMessage-ID: <"
            box.add("\(head)1@x.example>\n\n\n")
            box.add(mail("\(head)2@x.example>", "> Kính gửi"))
            box.add("\(head)3@x.example>\nContent-Type: text/plain; charset=koi8-r\n\nxin chao\n")

            let mails = try await read(daemon, 3)

            #expect(mails.allSatisfy { $0.kind == .reply && $0.isVerified && $0.isOpen && $0.agency?.text == "H52.01" })
            #expect(mails.allSatisfy { $0.remarks.last == "no words of its writer's own could be read in it" })
            #expect(try daemon.stored { try $0.incoming(onlyOpen: true) }.count == 3)
            #expect(try daemon.stored { try $0.findings(kinds: [.mailUnclear]) }.map(\.count) == [3])
            daemon.clock.advance(by: .seconds(10 * 86_400))
            try await passing(daemon, "the reminder comes all the same") { try daemon.stored { try $0.outbox() }.count == 2 }
        }
    }

    @Test func aMailWithoutSenderAndSubjectIsAFindingThatSaysSo() async throws {
        let box = mailbox
        try await run { daemon, _ in
            box.add("\n\nx\n")

            _ = try await read(daemon, 1)

            #expect(try daemon.stored { try $0.findings(kinds: [.mailUnclear]) }.map(\.finding.found) == ["no sender and no subject"])
        }
    }

    @Test func aReplyFromTheAddressThatAnswersGoToIsTheAnswerOfItsAgency() async throws {
        let box = mailbox
        try await run(contacts: "dondoc@sonla.example") { daemon, letter in
            box.add(mail("From: dondoc@sonla.example\nMessage-ID: <r@sonla.example>\nIn-Reply-To: \(letter)", "Biện pháp: đã mua máy quét."))
            box.add(mail("From: dondoc@sonla.example\nMessage-ID: <s@sonla.example>", "Kính gửi"))

            let mails = try await read(daemon, 2)

            #expect(mails.map(\.kind) == [.own, .reply])
            #expect(mails.last?.alerts == [MailboxTests.key])
        }
    }

    @Test func aMailAtWhichTheConnectionEndsIsPassedOverAfterThreeVisits() async throws {
        let box = mailbox
        let heads = ["1", "2", "3"].map { "From: vanthu@truotdoc.example\nMessage-ID: <\($0)@x.example>\nSubject: \($0)" }
        try await run("check: 60s") { daemon, _ in
            let poison = box.uids.last ?? 1
            for head in heads { box.add(mail(head, "Câu hỏi")) }
            box.behave { $0.dropsAt = "UID FETCH \(poison + 1) (UID BODY" }

            try await passing(daemon, "what is behind is read") { try daemon.stored { try $0.incoming(onlyOpen: false) }.count == 3 }

            let mails = try daemon.stored { try $0.incoming(onlyOpen: false) }
            #expect(mails.map(\.subject) == ["3", "", "1"])
            #expect(mails[1].by == "it could not be fetched")
            let asked = box.commands.filter { $0.hasPrefix("UID FETCH \(poison + 1) (UID BODY") }
            #expect(asked.count == 3)
            #expect(try daemon.stored { try $0.findings(kinds: [.mailUnclear]) }.contains { $0.finding.place == "UID \(poison + 1)" })
            try await daemon.eventually("the status is good") { try await daemon.ask(.mailboxStatus).text.contains("ok") }
        }
    }

    @Test(arguments: [true, false])
    func aMailThatCannotBePutAwayDoesNotEndTheReading(_ drops: Bool) async throws {
        let box = mailbox
        if drops { box.behave { $0.dropsAt = "UID MOVE" } } else { box.behave { $0.refusals = ["UID MOVE": "NO [OVERQUOTA] no room"] } }
        try await run("processed: Done") { daemon, _ in
            for number in 1...4 { box.add(mail("From: vanthu@truotdoc.example\nMessage-ID: <\(number)@x.example>", "Câu hỏi \(number)")) }

            let mails = try await read(daemon, 4)

            #expect(mails.count == 4)
            try await daemon.eventually("the trouble is told") { try !daemon.stored { try $0.findings(kinds: [.mailboxFailed]) }.isEmpty }
            let found = try daemon.stored { try $0.findings(kinds: [.mailboxFailed]) }.compactMap(\.finding.found)
            #expect(found.allSatisfy { $0.hasPrefix("a mail that was read could not be put away: ") })
            try await daemon.eventually("the reading goes well") { try await daemon.ask(.mailboxStatus).text.contains("ok") }
        }
    }
}
