import Testing

@testable import Transport

struct MailDialogueTests {
    /// Plays lines beginning with `>` as sent and `<` as received.
    private func play(_ lines: [String]) -> MailDialogue {
        lines.reduce(into: MailDialogue()) { dialogue, line in
            let bytes = Array((line.dropFirst(2) + "\r\n").utf8)
            line.hasPrefix(">") ? dialogue.sent(bytes) : dialogue.received(bytes)
        }
    }

    @Test func repliesBelongToTheirCommands() {
        let dialogue = play([
            "< 220 hi", "> EHLO x", "< 250-a", "< 250 STARTTLS", "> STARTTLS", "< 220 go", "> EHLO x", "< 250 AUTH PLAIN", "> AUTH PLAIN", "< 334 ",
            "> DATA", "< 235 ok", "> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<c@d>", "< 550-no", "< 550 such one", "> RCPT TO:<e@f>", "< 250 ok",
            "> DATA", "< 354 go", "< 250 taken", "> QUIT", "< 421 late",
        ])

        #expect(dialogue.recipients == [.init(code: 550, text: "no such one"), .init(code: 250, text: "ok")])
        #expect(dialogue.verdict == .init(code: 250, text: "taken"))
        #expect(dialogue.last?.stage == .message)
    }

    @Test func textWithoutVerdictIsInDoubt() {
        let before = play(["> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<c@d>", "< 250 ok", "> DATA"])
        let after = play(["> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<c@d>", "< 250 ok", "> DATA", "< 354 go", "< 250-not yet"])

        #expect(!before.isInDoubt)
        #expect(after.isInDoubt)
    }

    @Test func refusedDataIsNotAVerdictOnTheLetter() {
        let dialogue = play(["> MAIL FROM:<a@b>", "< 250 ok", "> RCPT TO:<c@d>", "< 250 ok", "> DATA", "< 451 disk"])

        #expect(dialogue.verdict == nil)
        #expect(dialogue.last?.stage == .data)
        #expect(dialogue.last?.reply.code == 451)
    }

    @Test(arguments: ["", "2", "25", "hello", "999 x", "099 x", "\u{FFFD}50 x"])
    func linesThatAreNoRepliesAreLeftAlone(line: String) {
        #expect(play(["< " + line]).last == nil)
    }

    @Test func replyWithoutTextHasNone() {
        #expect(play(["< 250"]).last?.reply == .init(code: 250, text: ""))
    }

    @Test func longAndUnprintableRepliesAreCut() {
        let text = play(["< 550 " + String(repeating: "a\u{1B}", count: 500)]).last?.reply.text

        #expect(text?.count == 201)
        #expect(text?.contains("\u{1B}") == false)
    }
}
