import Foundation
import Model
import TestSupport
import Testing

@testable import Reports

/// What mails were told by, and remarks, in Vietnamese.
struct MailWordsTests {
    /// What the cases of `CorrespondenceTests` are told by and remarked with: everything that `Correspondence` says.
    private static func phrases() throws -> Set<String> {
        let folder = repository("Tests/CorrespondenceTests/Cases")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }
        let lines = try names.flatMap { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8).split(separator: "\n") }
        return Set(lines.compactMap { line in ["by: ", "remark: "].first { line.hasPrefix($0) }.map { String(line.dropFirst($0.count)) } })
    }

    @Test func everyPhraseOfTheCasesIsSaidInVietnamese() throws {
        let phrases = try MailWordsTests.phrases()

        // Names of headers and of kinds of content stay what they are.
        let kept = phrases.filter { MailWords.vietnamese($0) == $0 }.sorted()
        #expect(kept == ["Auto-Submitted", "Precedence", "X-Auto-Response-Suppress", "multipart/report disposition-notification"])
        #expect(phrases.count > 15)
    }

    @Test(arguments: [
        (
            "its sender does not speak for H52.01 in agencies.csv, so no alert is answered by it",
            "theo agencies.csv, người gửi không đại diện cho H52.01"
        ),
        ("its sender does not speak for any agency in agencies.csv", "theo agencies.csv, người gửi không đại diện cho cơ quan nào"),
        (
            "the day 2028-01-01 was not taken as a promise: it is over, or more than a year away",
            "ngày 2028-01-01 không được coi là cam kết: đã qua hoặc còn hơn một năm"
        ),
        ("c@so2.example 5.1.1 550 no such user", "c@so2.example 5.1.1 550 no such user"),
    ])
    func whatIsDifferentEachTimeStaysInItsPlace(_ kept: String, _ said: String) {
        #expect(MailWords.vietnamese(kept) == said)
    }

    @Test func peopleReadVietnameseAndProgramsWhatIsKept() throws {
        let mail = ReceivedMail(
            messageID: "", kind: .other, by: "nothing in it is known", receivedAt: Instant(milliseconds: 0), sender: "", subject: "",
            remarks: ["no words of its writer's own could be read in it"])
        let found = Finding(.mailUnclear, place: "other", found: "no sender and no subject", expected: "an address that takes letters")

        let sheet = AnswersReport.sheet([mail], onlyOpen: true, language: .vietnamese)
        let findings = FindingsReport.sheet(trial: [found], language: .vietnamese)

        let row = try #require(sheet.rows.first)
        #expect(row.contains(.code("nothing in it is known", title: "không có dấu hiệu nào đã biết", tone: .plain)))
        #expect(
            row.contains(
                .code("no words of its writer's own could be read in it", title: "không đọc được nội dung nào do người gửi viết", tone: .plain)))
        let line = try #require(findings.rows.first)
        #expect(line.contains(.code("no sender and no subject", title: "không có người gửi, không có tiêu đề", tone: .plain)))
        #expect(line.contains(.code("an address that takes letters", title: "địa chỉ nhận được thư", tone: .plain)))
        #expect(AnswersReport.sheet([mail], onlyOpen: true, language: .english).rows.first?.contains(.text("nothing in it is known")) == true)
    }
}
