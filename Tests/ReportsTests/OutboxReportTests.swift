import Model
import Testing

@testable import Reports

struct OutboxReportTests {
    private func item() throws -> OutboxItem {
        let at = try #require(Instant("2026-09-10T08:00"))
        let relay = "smtp://mail.sonla.example:587"
        let letter = Letter(
            messageID: "<7@sonla.example>", agency: AgencyCode("H52.07"), sender: "dondoc@sonla.example",
            recipients: ["mot@xa.example", "hai@xa.example", "ba@xa.example"], subject: "Đôn đốc",
            bytes: Array("Subject: x\r\nContent-Type: text/plain\r\n\r\nKính gửi\r\n".utf8))
        return OutboxItem(
            id: 7, letter: letter, state: .queued, createdAt: at, attempts: 1, nextAttempt: at + .seconds(300), sentAt: at,
            lastError: "451 4.7.1 greylisted",
            recipients: [
                LetterRecipient(address: "mot@xa.example", state: .sent, attempts: 1, sentAt: at, lastAnswer: "250 Ok", relay: relay),
                LetterRecipient(
                    address: "hai@xa.example", state: .failed, attempts: 1, sentAt: nil, lastAnswer: "550 5.1.1 no such mailbox", relay: relay),
                LetterRecipient(
                    address: "ba@xa.example", state: .queued, attempts: 1, sentAt: nil, lastAnswer: "451 4.7.1 greylisted", relay: relay),
            ])
    }

    @Test(arguments: Language.allCases)
    func whatBecameOfALetterForEachAddressIsSaid(language: Language) throws {
        let renderer = TableRenderer(language: language, width: nil, usesColour: false)
        let item = try item()

        let sheet = renderer.render(OutboxReport.sheet([item], language: language))
        let document = OutboxReport.document(item, language: language)

        let sheets = document.blocks.compactMap { block in if case .sheet(let sheet) = block { renderer.render(sheet) } else { nil } }
        try Golden.expect(([sheet] + sheets).joined(separator: "\n"), matches: "outbox-\(language.rawValue).txt")
    }
}
