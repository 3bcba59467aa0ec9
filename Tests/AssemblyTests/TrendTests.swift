import Assembly
import Control
import Model
import TestSupport
import Testing

@Suite struct TrendTests {
    /// April to August 2026, one figure a month.
    private func office() async throws -> Office {
        let office = try Office(Audit.files())
        for (index, name) in ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08"].enumerated() {
            let range = Audit.month(name)
            try await Audit.record(
                [
                    Audit.observation("online", range, 50 + Int64(index)), Audit.observation("received", range, 100),
                    Audit.observation("eligible", range, 80),
                ], in: office.store, at: range.end.start + .seconds(3600))
        }
        return office
    }

    private func trend(_ office: Office, _ change: (inout TrendQuestion) -> Void = { _ in }) throws -> Sheet {
        var question = TrendQuestion(agency: Audit.agency, indicator: "share")
        change(&question)
        return try office.desk().answer(.trend(question: question)).sheet("trend")
    }

    private func rows(_ sheet: Sheet) throws -> [String] {
        try zip(sheet.column("period"), sheet.column("percent")).map { "\($0.id) \($1.id)" }
    }

    @Test func theSeriesIsThatOfTheNewestDefinitionAndSaysHowToSeeTheOther() async throws {
        let sheet = try trend(try await office())

        #expect(try rows(sheet) == ["2026-07 66.25", "2026-08 67.50"])
        #expect(try sheet.column("definition") == [.integer(2), .integer(2)])
        #expect(
            sheet.notes == [
                "The series begins after a break: on 2026-06-15 the definition changes from version 1 to 2. Nothing is computed for 2026-06, "
                    + "which lies across the change. For what is before: --through 2026-05; for both: --join-breaks."
            ])
    }

    @Test func theAdviceLeadsToTheOtherPart() async throws {
        let office = try await office()

        let before = try trend(office) { $0.through = PeriodName("2026-05") }
        let from = try trend(office) { $0.from = PeriodName("2026-04") }

        #expect(try rows(before) == ["2026-04 50.00", "2026-05 51.00"])
        #expect(before.notes == [])
        #expect(try rows(from) == ["2026-04 50.00", "2026-05 51.00"])
        #expect(
            from.notes == [
                "The series stops at a break: on 2026-06-15 the definition changes from version 1 to 2. Nothing is computed for 2026-06, "
                    + "which lies across the change. To go on: --from 2026-07; for both: --join-breaks."
            ])
    }

    @Test func joinedBreaksAreVisibleAndNothingIsComputedAcrossThem() async throws {
        let sheet = try trend(try await office()) { $0.joinsBreaks = true }

        #expect(try sheet.column("row").map(\.id) == ["reading", "reading", "break", "reading", "reading"])
        #expect(try rows(sheet) == ["2026-04 50.00", "2026-05 51.00", "2026-06 -", "2026-07 66.25", "2026-08 67.50"])
        #expect(try sheet.column("numerator")[2] == .missing)
    }

    @Test func aQuarterAcrossTheChangeIsRefusedByEveryQuestion() async throws {
        let office = try await office()
        let quarter = PeriodName("2026-Q2")

        let rank = try office.desk().answer(.rank(indicator: "share", period: quarter, scheme: nil, level: nil, asOf: nil)).sheet("rank")
        let explained = office.desk().answer(
            .explain(indicator: "share", agency: Audit.agency, period: try #require(quarter), scheme: nil, asOf: nil))

        #expect(try rank.column("state").map(\.id) == ["definition-break", "definition-break", "definition-break"])
        #expect(try rank.column("numerator") == [.missing, .missing, .missing])
        #expect(
            rank.notes.contains(
                "Nothing is computed for a period in which the definition changes; see dondoc indicators show and name a period within one version."))
        #expect(try explained.sheet("reading").column("state").map(\.id) == ["definition-break"])
        #expect(try explained.sheet("definitions").column("version") == [.integer(1), .integer(2)])
        #expect(try explained.sheet("cells").rows.isEmpty)
    }

    @Test func eachRowIsTheReadingOfItsPeriod() async throws {
        let office = try await office()

        let sheet = try trend(office) {
            $0.indicator = "silence"; $0.from = PeriodName("2026-04")
        }

        for (index, name) in try sheet.column("period").enumerated() {
            let reading = try office.desk().answer(
                .readings(agency: Audit.agency, indicator: "silence", period: PeriodName(name.id), scheme: nil, asOf: nil)
            ).sheet("readings")
            #expect(try reading.column("numerator")[0] == sheet.column("numerator")[index])
            #expect(try reading.column("days_covered")[0] == sheet.column("days_covered")[index])
        }
        #expect(sheet.rows.count == 5)
    }

    @Test func asOfTheSeriesEndsWithWhatWasClosedThen() async throws {
        let office = try await office()

        let sheet = try trend(office) { $0.asOf = instant("2026-08-02T08:00") }
        let open = try trend(office) {
            $0.asOf = instant("2026-08-02T08:00")
            $0.through = PeriodName("2026-08")
        }

        #expect(try rows(sheet) == ["2026-07 66.25"])
        #expect(try rows(open) == ["2026-07 66.25", "2026-08 -"])
        #expect(try open.column("provisional").map(\.id) == ["no", "yes"])
    }

    @Test func questionsThatMakeNoSeriesAreRefusedInBothLanguages() async throws {
        let office = try await office()
        let questions: [(String, String, vietnamese: (String, String), english: (String, String))] = [
            (
                "2026-04", "2026-Q3",
                ("'2026-04' và '2026-Q3' không cùng loại kỳ", "viết cả hai theo tháng (2026-08), quý (2026-Q3) hoặc năm (2026)"),
                ("'2026-04' and '2026-Q3' are not periods of one kind", "write both as months (2026-08), quarters (2026-Q3) or years (2026)")
            ),
            (
                "2026-05", "2026-04", ("kỳ đầu 2026-05 ở sau kỳ cuối 2026-04", ""),
                ("the first period 2026-05 is after the last, 2026-04", "")
            ),
            (
                "2020-01-01", "2026-01-01",
                ("từ 2020-01-01 đến 2026-01-01 có hơn 1100 kỳ", "thu hẹp bằng --from, hoặc hỏi theo tháng"),
                ("from 2020-01-01 through 2026-01-01 there are more than 1100 periods", "narrow it down with --from, or ask by months")
            ),
        ]

        for (from, through, vietnamese, english) in questions {
            let question = TrendQuestion(
                agency: Audit.agency, indicator: "share", from: PeriodName(from), through: PeriodName(through))
            let answers = [office.desk(.vietnamese), office.desk(.english)].map { $0.answer(.trend(question: question)).failure }
            #expect(
                answers == [
                    Failure(.invalidRequest, vietnamese.0, hint: vietnamese.1), Failure(.invalidRequest, english.0, hint: english.1),
                ])
        }
    }

    @Test func monthsInWhichTheAgencyDidNotExistAreLeftOutWithARemark() async throws {
        let office = try await office()

        func notes(_ agency: String, _ from: String, _ through: String) throws -> [[String]] {
            let question = TrendQuestion(
                agency: code(agency), indicator: "silence", from: PeriodName(from), through: PeriodName(through))
            return try [office.desk(.vietnamese), office.desk(.english)].map { try $0.answer(.trend(question: question)).sheet("trend").notes }
        }

        #expect(
            try notes("H52.03", "2025-06", "2025-08") == [
                [
                    "Bỏ 1 kỳ mà cơ quan không tồn tại (cơ quan có từ 01/07/2025 đến nay); xem cơ quan trước và sau bằng dondoc agencies show H52.03."
                ],
                [
                    "1 period is left out in which the agency did not exist (it is there from 2025-07-01 on); dondoc agencies show H52.03 names who was "
                        + "before and after."
                ],
            ])
        #expect(
            try notes("H52.04", "2025-06", "2025-08").last == [
                "2 periods are left out in which the agency did not exist (it is there from 2000-01-01 through 2025-06-30); dondoc agencies show "
                    + "H52.04 names who was before and after."
            ])
    }
}
