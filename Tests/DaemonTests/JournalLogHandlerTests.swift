@testable import Daemon
import Logging
import TestSupport
import Testing

struct JournalLogHandlerTests {
    @Test(arguments: zip(Logger.Level.allCases, [7, 7, 6, 5, 4, 3, 2]))
    func theJournalGetsThePriorityInFront(level: Logger.Level, priority: Int) {
        #expect(handler(isJournal: true).line(level, "started", [:]) == "<\(priority)>started\n")
    }

    @Test func elsewhereALineHasItsTimeAndItsLevelAsAWord() {
        #expect(handler(isJournal: false).line(.warning, "started", [:]) == "2026-09-10T08:00:00+07:00 warning started\n")
    }

    @Test func metadataFollowsInTheOrderOfItsKeys() {
        let line = handler().line(.info, "pass", ["sources": "2", "letters.sent": "1", "deliveries": "3"])

        #expect(line == "<6>pass deliveries=3 letters.sent=1 sources=2\n")
    }

    @Test(
        arguments: zip(
            ["plain", "", "two words", "a=b", #"say "no""#, #"C:\new file"#, #"back\slash"#, "Sở Y tế"],
            ["plain", #""""#, #""two words""#, #""a=b""#, #""say \"no\"""#, #""C:\\new file""#, #"back\slash"#, #""Sở Y tế""#]))
    func aValueIsQuotedWhenItNeedsToBe(value: String, written: String) {
        #expect(handler().line(.info, "x", ["v": "\(value)"]) == "<6>x v=\(written)\n")
    }

    @Test(arguments: ["one\ntwo", "one\r\ntwo", "one\rtwo", "one\u{2028}two", "one\u{85}two", "one\u{B}two", "one\n\n<0>two"])
    func whateverItHoldsAnEventIsOneLine(text: String) {
        let line = handler().line(.error, text, ["error": "\(text)"])

        #expect(line.hasSuffix("\n"))
        #expect(line.dropLast().allSatisfy { !$0.isNewline })
        #expect(line.contains("one | "))
    }

    @Test func controlCharactersOfASourceDoNotReachTheTerminal() {
        let line = handler().line(.error, "refused \u{1B}[2J", ["error": "a\u{0}b\tc"])

        #expect(line == "<3>refused \u{FFFD}[2J error=a\u{FFFD}b\u{FFFD}c\n")
    }

    private func handler(isJournal: Bool = true) -> JournalLogHandler {
        JournalLogHandler(label: "dondocd", level: .info, isJournal: isJournal, now: { instant("2026-09-10T08:00") })
    }
}
