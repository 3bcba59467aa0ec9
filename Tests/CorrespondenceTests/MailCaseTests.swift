import Correspondence
import Foundation
import Model
import TestSupport
import Testing

/// Every mail in `Cases`, and what it is taken for. `UPDATE_GOLDEN=1` writes what is found.
struct MailCaseTests {
    static let folder = repository("Tests/CorrespondenceTests/Cases")

    static let names: [String] = {
        // No folder means no names, which `thereAreCases` notices.
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".eml") }.map { String($0.dropLast(4)) }.sorted()
    }()

    static let surroundings = MailSurroundings(
        own: ["dondoc@sonla.example", "traloi@sonla.example"],
        isLetter: { ["<dondoc.1790000000000.H52.07@sonla.example>", "<dondoc.1780000000000.H52.07@sonla.example>"].contains($0) },
        isContact: { ["vanthu@xa.example", "traloi@sonla.example"].contains($0) })

    @Test func thereAreCases() {
        #expect(MailCaseTests.names.count >= 25)
        // Mails that cannot be opened fail below.
        let kinds = Set(MailCaseTests.names.compactMap { name in try? Self.mail(name).sorted(Self.surroundings).kind })
        #expect(kinds == Set(MailKind.allCases))
    }

    @Test(arguments: names)
    func aMailIsTakenForWhatItIs(_ name: String) throws {
        let mail = try MailCaseTests.mail(name)

        let text = MailCaseTests.description(of: mail, mail.sorted(MailCaseTests.surroundings))

        let file = URL(filePath: "\(MailCaseTests.folder)/\(name).txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name).eml"))) }

    private static func mail(_ name: String) throws -> IncomingMail { IncomingMail(try bytes(name)) }

    static func description(of mail: IncomingMail, _ sorted: SortedMail) -> String {
        var lines = ["kind: \(sorted.kind.rawValue)", "by: \(sorted.by)", "sender: \(mail.sender)", "subject: \(mail.subject)"]
        lines += sorted.notices.map { "notice: \($0.address) \($0.action) \($0.status) \($0.diagnostic)" }
        lines += sorted.letters.map { "letter: \($0)" } + sorted.keys.map { "key: \($0)" }
        let answer = AnswerText(mail.text)
        if let due = answer.due { lines.append("due: \(due)") }
        if !answer.cause.isEmpty { lines.append("cause: \(answer.cause)") }
        if !answer.plan.isEmpty { lines.append("plan: \(answer.plan)") }
        lines += mail.files.map { "file: \($0.name) \($0.mediaType) \($0.bytes.count)" }
        lines += (mail.remarks + answer.remarks).map { "remark: \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
