@testable import Province
import Testing

/// The mail catcher's side of the conversation, line by line.
struct MailSessionTests {
    struct Dialogue: Sendable, CustomTestStringConvertible {
        let name: String
        /// What is said, and the answer; an empty answer is silence.
        let lines: [(said: String, answer: String)]

        var testDescription: String { name }
    }

    static let ready: [(said: String, answer: String)] = [
        ("EHLO dondoc.example", "250-demo.sonla.example\r\n250-8BITMIME\r\n250 SIZE 20000000"),
        ("MAIL FROM:<dondoc@sonla.example> SIZE=100 BODY=8BITMIME", "250 2.1.0 Ok"),
        ("RCPT TO:<vanthu@so.example>", "250 2.1.5 Ok"),
    ]

    static let dialogues = [
        Dialogue(name: "HELO of an old client", lines: [("HELO x", "250 demo.sonla.example")]),
        Dialogue(
            name: "small letters", lines: [("ehlo x", ready[0].answer), ("mail from:<a@b.c>", "250 2.1.0 Ok"), ("rcpt to: <d@e.f>", "250 2.1.5 Ok")]),
        Dialogue(name: "the null sender", lines: [("MAIL FROM:<>", "250 2.1.0 Ok")]),
        Dialogue(name: "the end", lines: [("NOOP", "250 2.0.0 Ok"), ("QUIT", "close 221 2.0.0 Bye")]),
        Dialogue(
            name: "wrong order",
            lines: [
                ("RCPT TO:<a@b.c>", "503 5.5.1 MAIL first"), ("DATA", "503 5.5.1 RCPT first"), ("MAIL FROM:<a@b.c>", "250 2.1.0 Ok"),
                ("DATA", "503 5.5.1 RCPT first"),
            ]),
        Dialogue(name: "RSET forgets", lines: ready + [("RSET", "250 2.0.0 Ok"), ("DATA", "503 5.5.1 RCPT first")]),
        Dialogue(name: "a greeting forgets", lines: ready + [("EHLO again", ready[0].answer), ("DATA", "503 5.5.1 RCPT first")]),
        Dialogue(
            name: "garbage",
            lines: [
                ("", "502 5.5.2 command not known"), ("\u{0}\u{1}\u{2}", "502 5.5.2 command not known"),
                ("GET / HTTP/1.1", "502 5.5.2 command not known"),
                ("MAIL", "501 5.5.4 MAIL FROM:<address>"), ("MAIL FROM:", "501 5.5.4 MAIL FROM:<address>"),
                ("MAIL FROM:a@b.c", "501 5.5.4 MAIL FROM:<address>"), ("MAIL FROM:<a@b.c", "501 5.5.4 MAIL FROM:<address>"),
                ("MAIL ßßßß FROM:<a@b.c>", "501 5.5.4 MAIL FROM:<address>"), ("MAIL FROM:<a@b.c>", "250 2.1.0 Ok"),
                ("RCPT TO:<>", "501 5.5.4 RCPT TO:<address>"), ("RCPT", "501 5.5.4 RCPT TO:<address>"),
            ]),
    ]

    @Test(arguments: dialogues)
    func everyLineHasItsAnswer(dialogue: Dialogue) {
        var session = MailSession()

        for (said, answer) in dialogue.lines { #expect(text(session.handle(Array(said.utf8))) == answer, "after \(said)") }
    }

    @Test func aLetterIsTakenWithItsDotsUnstuffed() {
        var session = MailSession()
        for (said, _) in Self.ready { _ = session.handle(Array(said.utf8)) }
        let begun = session.handle(Array("DATA".utf8))

        for line in ["Subject: x", "", "..", "..dots", "QUIT", "RSET"] { #expect(session.handle(Array(line.utf8)) == .silence) }
        let taken = session.handle(Array(".".utf8))

        let letter = CaughtLetter(
            sender: "dondoc@sonla.example", recipients: ["vanthu@so.example"], bytes: Array("Subject: x\r\n\r\n.\r\n.dots\r\nQUIT\r\nRSET\r\n".utf8))
        #expect(begun == .reply("354 end with <CRLF>.<CRLF>"))
        #expect(taken == .take(letter))
        #expect(session.handle(Array("DATA".utf8)) == .reply("503 5.5.1 RCPT first"))
    }

    @Test func bytesThatAreNoTextComeThroughUnchanged() {
        var session = MailSession()
        for (said, _) in Self.ready + [("DATA", "")] { _ = session.handle(Array(said.utf8)) }

        _ = session.handle([0xFF, 0x00, 0xC3])

        guard case .take(let letter) = session.handle([UInt8(ascii: ".")]) else {
            Issue.record("the letter is not taken")
            return
        }
        #expect(letter.bytes == [0xFF, 0x00, 0xC3, 0x0D, 0x0A])
    }

    @Test func aLetterHasABoundedNumberOfRecipients() {
        var session = MailSession()
        _ = session.handle(Array("MAIL FROM:<a@b.c>".utf8))

        let answers = (0...MailSession.mostRecipients).map { session.handle(Array("RCPT TO:<r\($0)@b.c>".utf8)) }

        #expect(answers.dropLast().allSatisfy { $0 == .reply("250 2.1.5 Ok") })
        #expect(answers.last == .reply("452 4.5.3 too many recipients"))
    }

    @Test func aLetterBeyondTheBoundIsRefusedAndTheNextIsTaken() {
        var session = MailSession()
        for (said, _) in Self.ready + [("DATA", "")] { _ = session.handle(Array(said.utf8)) }
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: MailSession.longestLine)
        for _ in 0...(MailSession.largestLetter / line.count) { _ = session.handle(line) }

        let refused = session.handle([UInt8(ascii: ".")])
        for (said, _) in Self.ready + [("DATA", "")] { _ = session.handle(Array(said.utf8)) }
        let next = session.handle([UInt8(ascii: ".")])

        #expect(refused == .reply("552 5.3.4 larger than 20000000 bytes"))
        #expect(next == .take(CaughtLetter(sender: "dondoc@sonla.example", recipients: ["vanthu@so.example"], bytes: [])))
    }

    private func text(_ action: MailSession.Action) -> String {
        switch action {
        case .reply(let text): text
        case .close(let text): "close \(text)"
        case .take: "taken"
        case .silence: ""
        }
    }
}
