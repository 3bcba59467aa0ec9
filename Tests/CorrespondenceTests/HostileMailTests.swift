import Correspondence
import Model
import TestSupport
import Testing

/// Whatever bytes arrive, reading and sorting them ends with a value.
struct HostileMailTests {
    @Test(arguments: MailCaseTests.names)
    func mutatedMailsNeitherTrapNorHang(_ name: String) throws {
        let original = try MailCaseTests.bytes(name)
        var random = SeededNumbers(seed: original.count)
        let pieces = ["\r\n", "\n\n", "--", "=", "=?", "?=", "\"", ";", "<", ">", "@", "\0", "boundary=", "Content-Type: multipart/mixed; boundary=\"b\"\r\n"]
        var kinds: Set<MailKind> = []

        for _ in 0..<200 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1 where !bytes.isEmpty: bytes.removeSubrange(place..<min(bytes.count, place + 40))
                case 2: bytes.insert(contentsOf: Array(pieces.randomElement(using: &random)?.utf8 ?? "".utf8), at: place)
                default: bytes = Array(bytes.prefix(place + 1)) + bytes
                }
            }
            let mail = IncomingMail(bytes)
            kinds.insert(mail.sorted(MailCaseTests.surroundings).kind)
            #expect(AnswerText(mail.text).words.count <= AnswerText.longest)
            #expect(!mail.subject.contains("\n") && mail.sender.utf8.count <= 254)
        }

        #expect(!kinds.isEmpty)
    }

    @Test func aHundredThousandHeadersAreCutOff() {
        let mail = IncomingMail(Array((String(repeating: "X-A: 1\r\n", count: 100_000) + "Subject: spät\r\n\r\nx").utf8))

        #expect(mail.headers.fields.count == 1000)
        #expect(mail.subject.isEmpty)
    }

    @Test func partsInsidePartsEndAtTheBoundOfDepth() {
        var text = "Content-Type: text/plain\r\n\r\ndeep"
        for level in 0..<200 { text = "Content-Type: multipart/mixed; boundary=b\(level)\r\n\r\n--b\(level)\r\n\(text)\r\n--b\(level)--" }

        #expect(!IncomingMail(Array(text.utf8)).text.contains("deep"))
    }

    @Test func partsBesidePartsEndAtTheBoundOfNumber() {
        let part = "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n"
        let mail = IncomingMail(Array(("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + String(repeating: part, count: 5000)).utf8))

        #expect(mail.files.count == 20)
        #expect(mail.remarks == ["it has more than 20 files; the rest was left in the mailbox"])
    }

    @Test func aMailCutOffKeepsItsWordsAndLeavesItsFiles() {
        let text = """
            From: a@xa.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nĐã khắc phục\r\n--b\r\n\
            Content-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBE
            """
        let mail = IncomingMail(Array(text.utf8), isCut: true)

        #expect(mail.text == "Đã khắc phục")
        #expect(mail.files.isEmpty)
        #expect(mail.remarks == ["only its beginning was read, because it is larger than the limit"])
    }

    @Test func zerosAndControlSignsDoNotReachTheText() {
        let mail = IncomingMail(Array("From: a@xa.example\r\nSubject: a\0b\u{1B}[31mc\r\n\r\nx\0y\u{7}z".utf8))

        #expect(mail.subject == "ab[31mc")
        #expect(mail.text == "xyz")
    }

    @Test func wordsOfHeadersAreJoinedAcrossTheBytesOfALetter() {
        let mail = IncomingMail(Array("Subject: =?utf-8?B?4bs=?=\r\n =?utf-8?B?nQ==?= a =?x?B?eA==?= =?utf-8?Q?_=E1=BB=9D?=\r\n\r\n".utf8))

        #expect(mail.subject == "ờ a =?x?B?eA==?= ờ")
    }
}
