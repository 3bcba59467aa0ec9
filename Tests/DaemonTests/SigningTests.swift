@testable import Daemon
import Assembly
import Model
import Settings
import Store
import TestSupport
import Testing

/// What a judging does about letters that cannot be signed.
struct SigningTests {
    @Test func afterOneFailureTheOtherLettersOfAJudgingAreNotTried() throws {
        let directory = try TemporaryDirectory()
        let signer = LetterSigner(SMIMESettings(certificate: directory.file("none.pem"), key: directory.file("none.pem")))
        let letter = Letter(
            messageID: "<1@x.example>", agency: nil, sender: "a@x.example", recipients: ["b@x.example"], subject: "x",
            bytes: Array("Subject: x\r\n\r\nx\r\n".utf8))
        var judgement = Judgement(at: instant("2026-09-10T08:00"))

        let first = judgement.add(letter, of: [], signer: signer)
        let second = judgement.add(letter, of: [], signer: signer)

        #expect(!first && !second)
        #expect(judgement.letters.isEmpty)
        #expect(judgement.findings.map(\.kind) == [.signingFailed])
    }
}
