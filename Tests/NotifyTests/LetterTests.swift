import Foundation
import Model
import Notify
import Testing

/// What letters look like, whole: the shipped templates against texts in `Golden`. `UPDATE_GOLDEN=1` writes them anew.
@Suite struct LetterTests {
    private typealias F = Fixture

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    static func templates(_ language: Language) throws -> [String: String] {
        let folder = folder.appending(path: "../../config/templates/\(language.rawValue)")
        var templates: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".mustache") {
            templates[String(name.dropLast(9))] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        return templates
    }

    private func write(
        _ notice: Notice, _ language: Language = .vietnamese, head: Letterhead? = nil, catalogue: LetterCatalogue = Fixture.catalogue(),
        material: LetterMaterial = LetterMaterial()
    ) throws -> LetterWriter.Written {
        let writer = try LetterWriter(
            head: head ?? F.head(language), catalogue: catalogue, templates: LetterTests.templates(language), secret: F.secret)
        return try writer.letter(for: notice, at: F.now, material: material)
    }

    private func expectGolden(_ name: String, _ letter: Letter) throws {
        try LetterTests.expectGolden("\(name).txt", #require(ReadableLetter.text(of: letter)))
        try LetterTests.expectGolden("\(name).html", #require(ReadableLetter.html(of: letter)))
    }

    static func expectGolden(_ name: String, _ text: String) throws {
        let file = LetterTests.folder.appending(path: "Golden/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)))
    }

    private static let everything: Notice = {
        let missing = Reason.notReported(Reason.NotReported(period: F.october, due: F.day("2026-11-03"), ever: false, legalBasis: "NĐ 09/2019/NĐ-CP"))
        let stale = Reason.stale(
            Reason.Stale(last: F.day("2026-09-01"), today: F.now.day, limit: 30, countsWorkingDays: false, age: 83, legalBasis: ""))
        return Notice(
            agency: F.department, addressees: [F.department],
            transitions: [
                F.transition(F.key("H52.01"), nil, .firing, .critical),
                F.transition(F.key("H52.11", rule: "report"), nil, .firing, .warning, missing),
                F.transition(F.key("H52.01", rule: "portal", subject: "portal.cchc_posts"), nil, .firing, .warning, stale),
                F.transition(F.key("H52.01", rule: "gone"), .firing, .resolved, .warning, .noLongerJudged("rule")),
            ])
    }()

    @Test(arguments: Language.allCases)
    func letterToAnAgencySaysWhatWhyByWhenAndHow(language: Language) throws {
        let catalogue = F.catalogue([F.department, F.agency("H52.11", "Sở Giao thông vận tải", to: "2026-07-01")])

        var material = LetterMaterial()
        material.provenance = [F.key("H52.01"): ["Hệ thống một cửa, nhận ngày 02/11/2026"]]

        let written = try write(LetterTests.everything, language, catalogue: catalogue, material: material)

        try expectGolden("letter.\(language.rawValue)", written.letter)
        #expect(written.letter.recipients == ["vanthu.sxd@sonla.example"])
        #expect(written.letter.sender == "bounce@sonla.example")
        #expect(written.findings.isEmpty)
    }

    @Test func aBoundOfItsOwnAndAnExceptionAreToldWithTheirReasons() throws {
        let excepted = Reason.excepted(Reason.Excepted(from: F.day("2026-11-01"), last: F.day("2026-12-31"), reason: "chuyển đổi phần mềm"))
        let notice = Notice(
            agency: F.department, addressees: [F.department],
            transitions: [
                F.transition(F.key("H52.01"), nil, .firing, .critical, F.late(own: "mới tiếp nhận nhiệm vụ")),
                F.transition(F.key("H52.01", rule: "report"), .firing, .resolved, .warning, excepted),
            ])

        let vietnamese = try #require(ReadableLetter.text(of: write(notice).letter))
        let english = try #require(ReadableLetter.text(of: write(notice, .english).letter))

        #expect(vietnamese.contains("\n   - Ngưỡng riêng của cơ quan: mới tiếp nhận nhiệm vụ\n   - Căn cứ của ngưỡng: Kế hoạch số 12/KH-UBND\n"))
        #expect(
            vietnamese.contains("\n   - Không còn theo dõi: được miễn từ ngày 01/11/2026 đến hết ngày 31/12/2026: chuyển đổi phần mềm\n"))
        #expect(english.contains("\n   - A target of its own: mới tiếp nhận nhiệm vụ\n"))
        #expect(english.contains("excepted from 2026-11-01 to 2026-12-31: chuyển đổi phần mềm\n"))
    }

    @Test func everyPeriodThatIsMissingIsNamed() throws {
        let facts = Reason.NotReported(
            period: F.october, due: F.day("2026-11-03"), ever: true, legalBasis: "", earlier: [-3, -2].map { F.october.advanced(by: $0) })
        let missing = F.transition(F.key("H52.01", rule: "report"), nil, .firing, .warning, .notReported(facts))
        let notice = Notice(agency: F.department, addressees: [F.department], transitions: [missing])

        let vietnamese = try #require(ReadableLetter.text(of: write(notice).letter))
        let english = try #require(ReadableLetter.text(of: write(notice, .english).letter))

        #expect(
            vietnamese.contains("Kỳ báo cáo: Tháng 10/2026 (còn thiếu cả: Tháng 7/2026, Tháng 8/2026), từ ngày 01/10/2026 đến hết ngày 31/10/2026\n"))
        #expect(english.contains("Period: October 2026 (missing too: July 2026, August 2026), from 2026-10-01 to 2026-10-31 inclusive\n"))
    }

    @Test func theEndOfAnAgencyIsToldAsTheReason() throws {
        let ended = F.transition(F.key("H52.01", rule: "portal"), .firing, .resolved, .warning, .noLongerJudged("agency"))
        let notice = Notice(agency: F.department, addressees: [F.department], transitions: [ended])

        #expect(try #require(ReadableLetter.text(of: write(notice).letter)).contains("Không còn theo dõi: cơ quan đã kết thúc hoạt động\n"))
        #expect(try #require(ReadableLetter.text(of: write(notice, .english).letter)).contains("the agency has ended\n"))
    }

    @Test(arguments: Language.allCases)
    func operatorsAreToldOfSilentSources(language: Language) throws {
        let never = Reason.stale(Reason.Stale(last: nil, today: F.now.day, limit: 2, countsWorkingDays: false, age: nil, legalBasis: ""))
        let notice = Notice(
            agency: nil, addressees: [],
            transitions: [F.transition(F.key(nil, rule: "sources", subject: "one-stop"), nil, .firing, .warning, never)])

        let written = try write(notice, language)

        try expectGolden("operators.\(language.rawValue)", written.letter)
        #expect(written.letter.recipients == ["truc@sonla.example"])
        #expect(written.letter.agency == nil)
    }

    @Test func operatorsAreNotToldThatWhatWasTakenOutIsBackToNormal() throws {
        let back = F.transition(F.key("H52.01"), .firing, .resolved)
        let gone = F.transition(F.key(nil, rule: "sources", subject: "one-stop"), .firing, .resolved, .warning, .noLongerJudged("source"))

        let both = try write(Notice(agency: nil, addressees: [], transitions: [gone, back]), .english).letter
        let one = try write(Notice(agency: nil, addressees: [], transitions: [gone]), .english).letter

        let text = try #require(ReadableLetter.text(of: both))
        let (normal, ended) = try (#require(text.range(of: "BACK TO NORMAL (1)")), #require(text.range(of: "NO LONGER FOLLOWED UP (1)")))
        #expect(text[normal.upperBound..<ended.lowerBound].contains("late/dossier.late/H52.01"))
        #expect(text[ended.upperBound...].contains("sources/one-stop/-"))
        #expect(both.subject == "Operations: 1 matter(s) back to normal – 2026-11-23")
        #expect(one.subject == "Operations: 1 matter(s) no longer followed up – 2026-11-23")
        #expect(try #require(ReadableLetter.text(of: one)).contains("BACK TO NORMAL") == false)
    }

    @Test func agencyWithoutContactIsAFindingAndItsLetterGoesToTheOperators() throws {
        let silent = F.agency("H52.01", "Sở Xây dựng")
        let notice = Notice(agency: silent, addressees: [silent], transitions: [F.transition(F.key("H52.01"))])

        let written = try write(notice)

        #expect(written.letter.recipients == ["truc@sonla.example"])
        #expect(
            written.findings == [Finding(.noContact, agency: "H52.01", found: "no contact of Sở Xây dựng", expected: "an address in agencies.csv")])
        #expect(try #require(ReadableLetter.text(of: written.letter)).contains("chưa có địa chỉ thư điện tử dùng được trong danh mục cơ quan"))
    }

    @Test func answerDayIsLeftOpenWhenTheCalendarDoesNotKnow() throws {
        let written = try write(LetterTests.everything, catalogue: F.catalogue(calendar: WorkCalendar(years: [:])))

        #expect(written.findings.map(\.kind) == [.calendarYearMissing])
        #expect(try #require(ReadableLetter.text(of: written.letter)).contains("thời hạn trả lời theo thông báo"))
    }

    @Test func withoutAnyRecipientThereIsNoLetter() {
        let notice = Notice(agency: nil, addressees: [], transitions: [F.transition(F.key(nil))])

        #expect(throws: NotifyError.noRecipient) { try write(notice, head: F.head(operators: [])) }
    }

    @Test func sameNoticeAtTheSameInstantIsTheSameLetter() throws {
        let first = try write(LetterTests.everything).letter

        #expect(try write(LetterTests.everything).letter == first)
    }

    @Test func aMessageIDCannotBeGuessedFromAnother() throws {
        let id = try write(LetterTests.everything).letter.messageID
        let templates = try LetterTests.templates(.vietnamese)
        let writer = try LetterWriter(head: F.head(), catalogue: F.catalogue(), templates: templates, secret: F.secret)
        let elsewhere = try LetterWriter(head: F.head(), catalogue: F.catalogue(), templates: templates, secret: Array("another".utf8))

        let form = /<dondoc\.mwskd2lc\.H52\.01\.([0-9a-z]{8,13})@sonla\.example>/
        let mark = try #require(id.wholeMatch(of: form)).1
        let other = try elsewhere.letter(for: LetterTests.everything, at: F.now).letter.messageID
        #expect(try #require(other.wholeMatch(of: form)).1 != mark)
        let later = try writer.letter(for: LetterTests.everything, at: F.now + .seconds(1)).letter.messageID
        #expect(!later.contains(mark))
    }

    @Test(arguments: [(Language.vietnamese, "Thư đôn đốc đang chờ duyệt"), (.english, "Letters that wait for an operator")])
    func theAlertThatLettersWaitHasATitle(_ language: Language, _ title: String) throws {
        let reason = Reason.lettersHeld(Reason.Held(letters: 22, ceiling: 20, isFirstRun: true))
        let key = AlertKey.lettersHeld
        let transition = F.transition(key, nil, .firing, .warning, reason)

        let letter = try write(Notice(agency: nil, addressees: [], transitions: [transition]), language).letter

        #expect(try #require(ReadableLetter.text(of: letter)).contains("1. \(title)"))
    }

    @Test(arguments: ["sonla.example", "motcua.sonoivu.sonla.example"])
    func everyLineIsShortAsciiAndEndsInCRLF(_ domain: String) throws {
        var material = LetterMaterial()
        material.thread = (1...3).map { "<dondoc.mp5ow00\($0).H52.01.\(String(repeating: "7", count: 13))@\(domain)>" }
        let written = try write(LetterTests.everything, head: F.head(at: domain), material: material)
        let bytes = written.letter.bytes

        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.replacingOccurrences(of: "\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(bytes.allSatisfy { $0 < 0x7F })
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        let unfolded = text.replacingOccurrences(of: "\r\n ", with: " ").replacingOccurrences(of: "  ", with: " ")
        #expect(unfolded.contains("\r\nMessage-ID: \(written.letter.messageID)\r\nIn-Reply-To: \(material.thread[2])\r\n"))
        #expect(unfolded.contains("\r\nReferences: \(material.thread.joined(separator: " "))\r\n"))
        #expect(bytes.indices.allSatisfy { bytes[$0] != 10 || ($0 > 0 && bytes[$0 - 1] == 13) })
        #expect(text.hasSuffix("\r\n"))
    }

    @Test func nameWithALineBreakCannotBeginAHeader() throws {
        let evil = F.agency("H52.01", "Sở\r\nBcc: everyone@example.com", contacts: ["a@sonla.example\r\nBcc: b@example.com"])
        let notice = Notice(agency: evil, addressees: [evil], transitions: [F.transition(F.key("H52.01"))])

        let written = try write(notice, head: F.head(sender: "Sở Nội vụ\nBcc: c@example.com"), catalogue: F.catalogue([evil]))

        let lines = String(decoding: written.letter.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        #expect(!lines.contains { $0.lowercased().hasPrefix("bcc") })
        #expect(written.letter.recipients.allSatisfy { !$0.contains("\r") && !$0.contains("\n") })
        #expect(!written.letter.subject.contains("\n"))
    }

    @Test func ampersandsAndAnglesStayAsTheyAre() throws {
        let text = try #require(ReadableLetter.text(of: try write(LetterTests.everything).letter))

        #expect(text.contains("hồ sơ tiếp nhận & xử lý"))
        #expect(!text.contains("&amp;"))
    }

    @Test(arguments: ["Plain", "Ỷ", String(repeating: "Đôn đốc ", count: 40), String(repeating: "ấ", count: 200), "=?odd?=", "a\"b\\c"])
    func sendersNameSurvivesEncoding(name: String) throws {
        let letter = try write(LetterTests.everything, head: F.head(sender: name)).letter

        let text = try #require(ReadableLetter.text(of: letter))
        let quoted = name.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        let from = try #require(text.split(separator: "\n").first { $0.hasPrefix("From: ") })
        let trimmed = name.split(separator: " ").joined(separator: " ")
        #expect(from == "From: \(trimmed) <dondoc@sonla.example>" || from == "From: \"\(quoted)\" <dondoc@sonla.example>")
    }
}
