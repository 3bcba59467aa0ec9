import Testing

@testable import Province

/// The server's side of SMTP, line by line.
@Suite struct MailSessionTests {
    private func handle(_ lines: [String], in session: inout MailSession) -> [MailSession.Action] {
        lines.map { session.handle(Array($0.utf8)) }
    }

    private func answers(to lines: [String]) -> [MailSession.Action] {
        var session = MailSession()
        return handle(lines, in: &session)
    }

    @Test func aLetterLosesTheDotsThatWereStuffedAndNothingElse() {
        let lines = ["MAIL FROM:<a@demo.example>", "RCPT TO:<b@demo.example>", "DATA", "Subject: x", "", "..dot", "...", "a.b", "."]

        let answers = answers(to: lines)

        let bytes = Array("Subject: x\r\n\r\n.dot\r\n..\r\na.b\r\n".utf8)
        #expect(answers.last == .take(CaughtLetter(sender: "a@demo.example", recipients: ["b@demo.example"], bytes: bytes)))
        #expect(answers[3..<8].allSatisfy { $0 == .silence })
    }

    @Test func commandsOutOfOrderAreRefusedByName() {
        #expect(answers(to: ["RCPT TO:<b@demo.example>"]) == [.reply("503 5.5.1 MAIL first")])
        #expect(answers(to: ["MAIL FROM:<a@demo.example>", "DATA"]).last == .reply("503 5.5.1 RCPT first"))
        #expect(answers(to: ["MAIL FROM:<a@demo.example>", "RCPT TO:<b@demo.example>", "RSET", "DATA"]).last == .reply("503 5.5.1 RCPT first"))
    }

    @Test(arguments: ["EHLO again", "HELO again"])
    func aGreetingForgetsTheLetterBegun(_ greeting: String) {
        #expect(answers(to: ["MAIL FROM:<a@demo.example>", "RCPT TO:<b@demo.example>", greeting, "DATA"]).last == .reply("503 5.5.1 RCPT first"))
    }

    @Test func withinALetterCommandsAndBytesThatAreNoTextAreItsText() {
        var session = MailSession()
        _ = handle(["MAIL FROM:<>", "RCPT TO:<b@demo.example>", "DATA", "QUIT", "RSET"], in: &session)

        let silence = session.handle([0xFF, 0x00, 0xC3])
        let taken = session.handle([46])

        #expect(silence == .silence)
        #expect(
            taken
                == .take(
                    CaughtLetter(sender: "", recipients: ["b@demo.example"], bytes: Array("QUIT\r\nRSET\r\n".utf8) + [0xFF, 0x00, 0xC3, 0x0D, 0x0A])))
    }

    @Test func commandsAreReadInAnyCaseAndWithParameters() {
        let lines = ["ehlo client", "mail from:<> SIZE=100 BODY=8BITMIME", "rcpt to: <b@demo.example>", "noop", "quit"]

        #expect(
            answers(to: lines) == [
                .reply("250-demo.sonla.example\r\n250-8BITMIME\r\n250 SIZE 20000000"), .reply("250 2.1.0 Ok"), .reply("250 2.1.5 Ok"),
                .reply("250 2.0.0 Ok"), .close("221 2.0.0 Bye"),
            ])
    }

    @Test(arguments: ["MAIL", "MAIL FROM:", "MAIL FROM:a@demo.example", "MAIL FROM:<a@demo.example", "MAIL TO:<a@demo.example>"])
    func anAddressWithoutItsBracketsIsRefused(_ line: String) {
        #expect(answers(to: [line]) == [.reply("501 5.5.4 MAIL FROM:<address>")])
    }

    @Test func aRecipientWithoutAnAddressIsRefused() {
        #expect(answers(to: ["MAIL FROM:<>", "RCPT TO:<>"]).last == .reply("501 5.5.4 RCPT TO:<address>"))
    }

    @Test(arguments: ["", " ", "GET / HTTP/1.1", "ßMAIL ﬃ FROM:<", "\u{0}\u{1}", "<<<>>>", "VRFY root"])
    func whatIsNoCommandIsSaidToBeNone(_ line: String) {
        #expect(answers(to: [line]) == [.reply("502 5.5.2 command not known")])
    }

    @Test func bytesThatAreNoTextDoNotEndIt() {
        var session = MailSession()

        let answer = session.handle((0...255).map { UInt8($0) } + [0xC3, 0x28, 0xFF])

        #expect(answer == .reply("502 5.5.2 command not known"))
        #expect(session.handle(Array("NOOP".utf8)) == .reply("250 2.0.0 Ok"))
    }

    @Test func recipientsAreBounded() {
        let lines = ["MAIL FROM:<a@demo.example>"] + (1...101).map { "RCPT TO:<b\($0)@demo.example>" }

        let answers = answers(to: lines)

        #expect(answers[100] == .reply("250 2.1.5 Ok"))
        #expect(answers[101] == .reply("452 4.5.3 too many recipients"))
    }

    @Test func aLetterTooLargeIsRefusedWholeAndTheNextOneTaken() {
        var session = MailSession()
        let envelope = ["MAIL FROM:<a@demo.example>", "RCPT TO:<b@demo.example>", "DATA"]
        _ = handle(envelope, in: &session)
        let line = [UInt8](repeating: 120, count: 7998)

        for _ in 0..<2501 { _ = session.handle(line) }
        let refusal = session.handle([46])
        let next = handle(envelope + ["hello", "."], in: &session)

        #expect(refusal == .reply("552 5.3.4 larger than 20000000 bytes"))
        #expect(next.last == .take(CaughtLetter(sender: "a@demo.example", recipients: ["b@demo.example"], bytes: Array("hello\r\n".utf8))))
    }
}
