import Model
import Testing

@testable import Reports

struct RenderingTests {
    @Test(arguments: [Language.vietnamese, .english], [nil, 100, 60, 40])
    func tablesFitTheTerminal(language: Language, width: Int?) throws {
        let document = Document([.sheet(try Samples.rank(language))])

        let text = TableRenderer(language: language, width: width, usesColour: false).render(document)

        try Golden.expect(text, matches: "rank-\(language.rawValue)-\(width.map { String($0) } ?? "unbounded").txt")
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width ?? .max) }
    }

    @Test(arguments: Language.allCases)
    func anExplanationWalksFromTheFigureToTheChecksum(language: Language) throws {
        let document = ExplanationReport.document(try Samples.explanation(), register: Register(agencies: []), language: language)

        let text = TableRenderer(language: language, width: 100, usesColour: false).render(document)

        try Golden.expect(text, matches: "explain-\(language.rawValue).txt")
    }

    @Test(arguments: Language.allCases)
    func aReadingIsExplainedDownToWhatWasLeftOutAndWhichBytesAreGone(language: Language) throws {
        let document = ExplanationReport.document(
            try Samples.readingExplanation(), agency: try Samples.agency("H52.07.011", "Phường Chiềng Sinh"), asOf: Samples.evening,
            language: language)

        let text = TableRenderer(language: language, width: 130, usesColour: false).render(document)

        try Golden.expect(text, matches: "explain-reading-\(language.rawValue).txt")
        if language == .english { try Golden.expect(JSONRenderer().render(document), matches: "explain-reading.json") }
    }

    @Test(arguments: Language.allCases)
    func aTrendShowsItsBreaks(language: Language) throws {
        let sheets = try [Samples.joinedTrend(language), Samples.cutTrend(language), Samples.trendThatEnds(language)]

        let text = TableRenderer(language: language, width: 120, usesColour: false).render(Document(sheets.map { .sheet($0) }))

        try Golden.expect(text, matches: "trend-\(language.rawValue).txt")
    }

    @Test(arguments: Language.allCases)
    func whatWasRestatedIsShownWithOldNewAndDifference(language: Language) throws {
        let document = Document([
            .sheet(try Samples.restatements(language)), .sheet(try Samples.history(language)), .sheet(try Samples.noHistory(language)),
        ])

        let text = TableRenderer(language: language, width: 160, usesColour: false).render(document)

        try Golden.expect(text, matches: "restatements-\(language.rawValue).txt")
    }

    @Test(arguments: Language.allCases)
    func findingsAsOfLeaveOutWhatCameLater(language: Language) throws {
        let sheet = FindingsReport.sheet(try Samples.findings(), asOf: Samples.evening, language: language)

        let text = TableRenderer(language: language, width: nil, usesColour: false).render(sheet)

        try Golden.expect(text, matches: "findings-as-of-\(language.rawValue).txt")
    }

    @Test func decomposedTextAlignsAsComposedTextDoes() {
        #expect(DisplayWidth.of("Mường Lạn") == 9)
        #expect(DisplayWidth.of("Mu\u{31B}o\u{31B}\u{300}ng La\u{323}n") == 9)
        #expect(DisplayWidth.of("日本") == 4)
        #expect(DisplayWidth.of("✔️") == 2)
        #expect(DisplayWidth.of("👨‍👩‍👧") == 2)
        #expect(DisplayWidth.of("a\u{200B}b") == 2)
        #expect(DisplayWidth.of("") == 0)
    }

    @Test func textFromOutsideCannotSteerTheTerminal() {
        let sheet = Sheet(id: "x", title: "", columns: [.init("a", "A")], rows: [[.text("\u{1B}[2Jx\u{202E}y\nz")]])

        let text = TableRenderer(language: .english, width: nil, usesColour: false).render(sheet)

        #expect(text == "A\n─────────────────────\n\\u{1B}[2Jx\\u{202E}y z\n")
    }

    @Test func colourFollowsTheToneAndNothingElse() {
        let sheet = Sheet(
            id: "x", title: "", columns: [.init("a", "A"), .init("b", "B")],
            rows: [[.code("firing", title: "Firing", tone: .critical), .text("x")]])

        let text = TableRenderer(language: .english, width: nil, usesColour: true).render(sheet)

        #expect(text == "A       B\n──────  ─\n\u{1B}[1;31mFiring\u{1B}[0m  x\n")
    }

    @Test func columnsThatHaveNoRoomAreNamedAndNarrowOnesStayWhereWideOnesGo() {
        let columns: [Sheet.Column] = [
            .init("a", "Key"), .init("b", "Severity", isDetail: true), .init("c", "Since", isDetail: true), .init("d", "N", isDetail: true),
            .init("e", "Empty", isDetail: true), .init("f", "Reason"),
        ]
        let row: [Sheet.Value] = [.text("threshold/H52.07"), .text("warning"), .text("a very wide detail"), .integer(1), .missing, .text("why")]
        let sheet = Sheet(id: "x", title: "", columns: columns, rows: [row])

        func text(_ language: Language, _ width: Int?) -> String { TableRenderer(language: language, width: width, usesColour: false).render(sheet) }

        #expect(!text(.english, 60).contains("not shown"))
        #expect(
            text(.english, 44) == """
                Key               Severity  N  Reason
                ────────────────  ────────  ─  ──────
                threshold/H52.07  warning   1  why
                (not shown: Since; --output csv has them
                all)

                """)
        #expect(text(.vietnamese, 30).contains("(không hiện: Severity, Since;"))
        #expect(!text(.english, nil).contains("not shown"))
    }

    @Test func anEmptySheetSaysSo() {
        let sheet = Sheet(id: "x", title: "Alerts", columns: [.init("a", "A")], rows: [])

        #expect(TableRenderer(language: .english, width: 80, usesColour: false).render(sheet) == "Alerts\n(none)\n")
        #expect(TableRenderer(language: .vietnamese, width: 80, usesColour: false).render(sheet) == "Alerts\n(không có)\n")
    }

    @Test func csvIsQuotedExactAndHarmlessToSpreadsheets() throws {
        let sheet = Sheet(
            id: "x", title: "T", columns: ["text", "int", "percent", "day", "code", "none"].map { .init($0, "Title") },
            rows: [
                [
                    .text("a \"b\", c\r\nd"), .integer(26972), .percent(try #require(ExactDecimal("98.15"))), .day(try #require(Day("2026-08-31"))),
                    .code("firing", title: "Đang đôn đốc", tone: .critical), .missing,
                ],
                [.text("=1+1"), .integer(-5), .decimal(try #require(ExactDecimal("-0.50"))), .missing, .text("-x"), .text("@y")],
            ], notes: ["never printed"])

        let csv = CSVRenderer().render(sheet)

        let expected =
            "text,int,percent,day,code,none\r\n\"a \"\"b\"\", c\r\nd\",26972,98.15,2026-08-31,firing,\r\n'=1+1,-5,-0.50,,'-x,'@y\r\n"
        #expect(csv == expected)
    }

    @Test func jsonNumbersAreExactAndMissingIsNull() throws {
        let sheet = Sheet(
            id: "x", title: "T", columns: ["a", "b", "c"].map { .init($0, "Title") },
            rows: [[.integer(.max), .percent(try #require(ExactDecimal("98.10"))), .missing], [.text("\"\\\n\u{1}đ"), .missing, .missing]])

        let rows = JSONRenderer().render(Document([.sheet(sheet)]))
        let blocks = JSONRenderer().render(Document([.sheet(sheet), .text("x")]))

        #expect(rows == "[\n  {\"a\":9223372036854775807,\"b\":98.10,\"c\":null},\n  {\"a\":\"\\\"\\\\\\n\\u0001đ\",\"b\":null,\"c\":null}\n]\n")
        #expect(blocks.hasPrefix("[\n  {\"sheet\":\"x\",\"title\":\"T\",\"rows\":[\n"))
        #expect(blocks.hasSuffix("],\"notes\":[]},\n  {\"text\":\"x\"}\n]\n"))
    }

    @Test func rankKeepsItsPublishedColumns() throws {
        let csv = CSVRenderer().render(try Samples.rank(.vietnamese))

        #expect(
            csv.hasPrefix(
                "rank,agency,name,level,numerator,denominator,percent,coverage,state,provisional,definition,days_covered,mixed\r\n"
                    + "1,H52.07.003,Xã Mường La,commune,26972,27480,98.15,100,figure,no,1,31,no\r\n"))
        #expect(csv.contains("\r\n,H52.07.020,Xã Vân Hồ,commune,0,0,,100,nothing-to-count,no,1,31,no\r\n"))
    }
}
