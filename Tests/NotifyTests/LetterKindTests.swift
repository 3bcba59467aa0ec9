import Foundation
import Model
import Notify
import Testing

/// Every kind of letter with its shipped templates, whole, in text and HTML against `Golden`.
@Suite struct LetterKindTests {
    private typealias F = Fixture

    private let key = Fixture.key("H52.01")

    private func writer(_ language: Language) throws -> LetterWriter {
        try LetterWriter(
            head: F.head(language), catalogue: F.catalogue(), templates: LetterTests.templates(language), kinds: LetterKind.allCases,
            secret: F.secret)
    }

    private func expectGolden(_ name: String, _ language: Language, _ letter: Letter) throws {
        try LetterTests.expectGolden("\(name).\(language.rawValue).txt", #require(ReadableLetter.text(of: letter)))
        try LetterTests.expectGolden("\(name).\(language.rawValue).html", #require(ReadableLetter.html(of: letter)))
    }

    private func notice(_ transitions: [Transition], audience: EscalationStep.Audience = .agency, step: Int = 0) -> Notice {
        Notice(agency: F.department, addressees: [F.department], transitions: transitions, audience: audience, step: step)
    }

    /// Twelve months up to October 2026, of which the third has no figure.
    static func history() -> [Reading] {
        (0..<12).map { index in
            Reading(
                indicator: "dossier.late", definitionVersion: 1, agency: F.code("H52.01"), period: F.october.advanced(by: index - 11),
                state: index == 2 ? .notReported : .figure, numerator: index == 2 ? nil : Int64(200 + 120 * index),
                denominator: index == 2 ? nil : 25_000, coverage: Coverage(days: index == 2 ? 0 : 30, of: 30))
        }
    }

    private var told: LetterMaterial {
        var material = LetterMaterial()
        material.firstTold = [key: F.now + .seconds(-7 * 86_400)]
        material.earlierLetters = 1
        material.histories = [key: LetterKindTests.history()]
        material.thread = ["<dondoc.1.H52.01@sonla.example>", "<dondoc.2.H52.01@sonla.example>"]
        return material
    }

    @Test(arguments: Language.allCases) func aReminderSaysHowOftenAndSinceWhen(language: Language) throws {
        let letter = try writer(language).letter(for: notice([F.transition(key, nil, .firing, .critical)], step: 1), at: F.now, material: told).letter

        try expectGolden("reminder", language, letter)
    }

    @Test func aReminderWithoutALetterBeforeItIsTheFirstWord() throws {
        let letter = try writer(.vietnamese).letter(for: notice([F.transition(key)], step: 2), at: F.now).letter

        #expect(letter.subject == "Đôn đốc 1 nội dung cần khắc phục – Sở Xây dựng – ngày 23/11/2026")
    }

    @Test func aReminderCountsLettersAndNotSteps() throws {
        let letter = try writer(.vietnamese).letter(for: notice([F.transition(key)], step: 3), at: F.now, material: told).letter

        #expect(letter.subject.hasPrefix("Đôn đốc lần 2: "))
        #expect(try #require(ReadableLetter.text(of: letter)).contains("Đây là thư thứ 2 của"))
    }

    @Test(arguments: Language.allCases) func anEscalationSpeaksToTheHead(language: Language) throws {
        let notice = notice([F.transition(key), F.transition(F.key("H52.01", rule: "new"))], audience: .head, step: 2)
        var material = told
        let answer = Remediation(
            key: key, at: F.now + .seconds(-5 * 86_400), enteredBy: "lan", cause: "", plan: "x", due: F.day("2026-11-20"), evidence: nil)
        material.answers = StandingAnswers([answer], since: [:])

        // One matter was promised and not mended, the other is new.
        try expectGolden("escalation", language, try writer(language).letter(for: notice, at: F.now, material: material).letter)
    }

    @Test(arguments: Language.allCases) func whatIsPutRightIsAcknowledged(language: Language) throws {
        let notice = notice([F.transition(key, .firing, .resolved)])

        try expectGolden("resolved", language, try writer(language).letter(for: notice, at: F.now).letter)
    }

    @Test func whatMerelyEndedIsNotCalledPutRight() throws {
        let restated = Reason.restated(Reason.Restated(count: 0, days: 30, newest: nil, scale: 0, legalBasis: ""))
        let ended = [
            F.transition(F.key("H52.01", rule: "gone"), .firing, .resolved, .warning, .noLongerJudged("rule")),
            F.transition(F.key("H52.01", rule: "restated"), .firing, .resolved, .warning, restated),
        ]
        let remedied = F.transition(F.key("H52.01"), .firing, .resolved)
        func letter(_ transitions: [Transition], _ language: Language = .vietnamese) throws -> (subject: String, text: String, html: String) {
            let written = try writer(language).letter(for: notice(transitions), at: F.now).letter
            return (written.subject, try #require(ReadableLetter.text(of: written)), try #require(ReadableLetter.html(of: written)))
        }

        let vietnamese = try letter(ended)
        let english = try letter(ended, .english)
        let both = try letter(ended + [remedied])

        #expect(vietnamese.subject == "Thôi theo dõi 2 nội dung – Sở Xây dựng – ngày 23/11/2026")
        #expect(english.subject == "No longer followed up: 2 matter(s) – Sở Xây dựng – 2026-11-23")
        for text in [vietnamese.text, vietnamese.html] {
            #expect(!text.contains("khắc phục") && !text.contains("Cảm ơn"))
            #expect(text.contains("được thôi theo dõi"))
        }
        for text in [english.text, english.html] { #expect(!text.contains("put right") && !text.contains("Thank you")) }
        #expect(both.subject == "Ghi nhận 1 nội dung đã khắc phục – Sở Xây dựng – ngày 23/11/2026")
        let places = ["đã được khắc phục", "1. Tỷ lệ hồ sơ trễ hạn", "Thôi theo dõi (2)", "2. ", "3. "].map {
            both.text.firstRange(of: $0)?.lowerBound
        }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(both.html.contains("Thôi theo dõi (2)"))
    }

    @Test(arguments: Language.allCases) func missingFiguresAloneAreALetterOfTheirOwn(language: Language) throws {
        let missing = Reason.notReported(Reason.NotReported(period: F.october, due: F.day("2026-11-03"), ever: true, legalBasis: "NĐ 09/2019/NĐ-CP"))
        let notice = notice([F.transition(F.key("H52.01", rule: "report"), nil, .firing, .warning, missing)])

        try expectGolden("not-reported", language, try writer(language).letter(for: notice, at: F.now).letter)
    }

    private var standing: Standing {
        let other = F.key("H52.11")
        var first = F.transition(key, nil, .firing, .critical).alert
        first.assignee = "Trúc"
        var standing = Standing(since: F.now + .seconds(-7 * 86_400), alerts: [F.transition(other).alert, first])
        standing.begun = [key, other]
        standing.ended = [F.key("H52.02")]
        standing.urged = [key: Urged(toldAt: F.now + .seconds(-40 * 86_400), severity: .critical, step: 4, stepAt: F.now)]
        standing.told = [key: Standing.Told(first: F.now + .seconds(-40 * 86_400), letters: 5)]
        standing.promises = [key: F.day("2026-11-20")]
        standing.answers = 1
        standing.lettersSent = 4
        standing.lettersWaiting = 1
        standing.failedLetters = [Standing.FailedLetter(id: 12, subject: "Đôn đốc 1 nội dung", error: "550 5.1.1 no such mailbox")]
        standing.doubts = [Standing.Doubt(title: "Cơ quan không có trong danh mục", count: 3)]
        standing.summaryStep = 4
        return standing
    }

    @Test(arguments: Language.allCases, [LetterKind.digest, .summary])
    func reportsSayHowEverythingStands(language: Language, kind: LetterKind) throws {
        let letter = try writer(language).report(kind, standing, to: ["chutich@sonla.example"], at: F.now)

        try expectGolden(kind.rawValue, language, letter)
        #expect(letter.recipients == ["chutich@sonla.example"])
    }

    @Test func aSummaryCountsAnAgencyOnceAndLeavesOutWhatConcernsTheOperators() throws {
        let keys = ["late", "last", "median"].map { F.key("H52.01", rule: $0) }
        let own = F.key(nil, rule: "letters-held", subject: "letters")
        var standing = Standing(
            since: F.now, alerts: keys.map { F.transition($0, nil, .firing, .critical).alert } + [F.transition(own).alert])
        standing.begun = keys + [own]

        let letter = try writer(.vietnamese).report(.summary, standing.ofAgencies, to: ["chutich@sonla.example"], at: F.now)

        let text = try #require(ReadableLetter.text(of: letter))
        #expect(text.contains("1. Tình hình chung: 3 nội dung chưa khắc phục (3 nghiêm trọng) của 1 cơ quan.\nTrong kỳ phát sinh 3 nội dung"))
        #expect(text.contains("- Chưa khắc phục: 1 cơ quan (1 nghiêm trọng); phát sinh 1, khắc phục 0\n   - Sở Xây dựng\n"))
        #expect(!text.contains("2.2."))
    }

    @Test(arguments: Language.allCases) func aQuietTimeIsReportedToo(language: Language) throws {
        let letter = try writer(language).report(.summary, Standing(since: F.now, alerts: []), to: ["chutich@sonla.example"], at: F.now)

        let text = try #require(ReadableLetter.text(of: letter))
        #expect(text.contains(language == .vietnamese ? "Không có nội dung nào." : "Nothing."))
    }

    @Test(arguments: Language.allCases) func aRejectionNamesEachDoubtOnceWithItsDelivery(language: Language) throws {
        let unknown = Rejection.Item(what: "Cơ quan không có trong danh mục", place: "dòng 3", found: "H99", nearest: "H52.09")
        let number = Rejection.Item(
            what: "Số không đọc được", place: "trang 2, D17", days: DayRange(F.now.day), found: "<b>12,5,1</b>", expected: "số nguyên")
        func part(_ number: Int64, _ period: String, stored: Int, _ items: [Rejection.Item], isRefusedWhole: Bool = false) -> Rejection.Part {
            Rejection.Part(
                delivery: DeliveryID(number), receivedAt: F.now, sha256: String(repeating: "ab", count: 32), days: Period(period)?.range,
                stored: stored, refused: isRefusedWhole ? 0 : items.count, isRefusedWhole: isRefusedWhole, items: items)
        }
        let whole = part(6, "2026-09", stored: 0, [Rejection.Item(what: "Không giải mã được", found: "nội dung rỗng")], isRefusedWhole: true)
        let parts = [part(5, "2026-08", stored: 41, [unknown]), part(7, "2026-10", stored: 40, [unknown, number, number]), whole]
        let rejection = try #require(Rejection(source: "Hệ thống một cửa", parts: parts))

        let letter = try writer(language).rejection(rejection, to: ["it@sonla.example"], at: F.now)

        try expectGolden("rejection", language, letter)
        #expect(letter.recipients == ["it@sonla.example"])
        #expect(try #require(ReadableLetter.html(of: letter)).contains("&lt;b&gt;12,5,1&lt;/b&gt;"))
    }

    @Test(arguments: Language.allCases) func addressesThatWereNotReachedAreNamed(language: Language) throws {
        let mails = [
            UndeliveredMail(
                address: "vanthu@truotdoc.example", letter: 12, subject: "Đôn đốc lần 2 – Sở Trượt Dốc", agency: AgencyCode("H52.01"),
                writtenAt: F.now + .seconds(-3 * 86_400), answer: "550 5.1.1 <b>no such user</b>"),
            UndeliveredMail(
                address: "it@one-stop.example", letter: 13, subject: "Số liệu chưa được tiếp nhận", agency: nil,
                writtenAt: F.now + .seconds(-86_400), answer: ""),
        ]

        let letter = try writer(language).undelivered(mails, to: ["truc@sonla.example"], at: F.now)

        try expectGolden("undelivered", language, letter)
        #expect(letter.agency == nil)
        #expect(try #require(ReadableLetter.html(of: letter)).contains("&lt;b&gt;no such user&lt;/b&gt;"))
    }

    @Test func aKindWithoutTemplatesOfItsOwnIsWrittenAsANotice() throws {
        var templates = try LetterTests.templates(.vietnamese)
        for name in ["reminder", "reminder-subject"] { templates[name] = nil }
        let writer = try LetterWriter(head: F.head(), catalogue: F.catalogue(), templates: templates, secret: F.secret)

        let letter = try writer.letter(for: notice([F.transition(key)], step: 1), at: F.now, material: told).letter

        #expect(letter.subject == "Đôn đốc 1 nội dung cần khắc phục – Sở Xây dựng – ngày 23/11/2026")
        #expect(try #require(ReadableLetter.html(of: letter)).contains("thông báo kết quả theo dõi"), "its HTML is that of the notice too")
    }

    @Test func aListLongerThanALetterCanHoldIsCounted() throws {
        let alerts = (0..<130).map { F.transition(F.key("H52.\($0 + 100)")).alert }

        let letter = try writer(.english).report(.digest, Standing(since: F.now, alerts: alerts), to: ["a@x.example"], at: F.now)

        let text = try #require(ReadableLetter.text(of: letter))
        #expect(text.contains("\n50. ") && !text.contains("\n51. "))
        #expect(text.contains("\n… and 80 more; see: dondoc alerts list\n"))
    }

    /// Gmail shows 102 kB and hides the rest, which is where the answer's address stands.
    @Test(arguments: LetterKind.allCases, [Language.vietnamese, .english]) func noSampleIsCutOff(kind: LetterKind, language: Language) throws {
        let letter = try writer(language).sample(kind, to: "thu@example.vn", at: F.now)

        #expect(try #require(ReadableLetter.html(of: letter)).utf8.count < 100_000)
    }

    @Test(arguments: LetterKind.allCases) func everySampleCanBeWritten(kind: LetterKind) throws {
        let letter = try writer(.vietnamese).sample(kind, to: "thu@example.vn", at: F.now)

        #expect(letter.recipients == ["thu@example.vn"])
        #expect(try #require(ReadableLetter.html(of: letter)).hasSuffix("</html>\n"))
        #expect(!letter.subject.isEmpty)
    }
}
