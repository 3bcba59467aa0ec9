import Model
import Settings
import TestSupport
import Testing

@testable import Connectors
@testable import Spreadsheets

/// Files that need no mapping, and maps that come with a file.
@Suite struct PlainFileTests {
    private func reading(_ bytes: [UInt8], asked: DayRange? = nil) -> String {
        do throws(DecodeError) {
            let rows = try PlainFile.decode(Delivery(source: "f", receivedAt: instant("2026-09-01T08:00"), bytes: bytes, asked: asked))
            return rows.map(PlainFileTests.line).joined(separator: "\n")
        } catch {
            return error.description
        }
    }

    private static func line(_ row: Result<Row, UnreadableRow>) -> String {
        switch row {
        case .success(let row): "\(row.subject) \(row.range) \(row.measure) \(row.value) [\(row.place)]"
        case .failure(let row): "[\(row.place)] \(row.agency ?? "-") \(row.measure ?? "-") \(row.found ?? "nothing"); expected \(row.expected)"
        }
    }

    private func reading(_ text: String, asked: DayRange? = nil) -> String { reading(Array(text.utf8), asked: asked) }

    @Test func tablesOfOneFigureALineAreRead() {
        #expect(
            reading(
                "agency,measure,from,to,value\r\nH52.07,a,2026-08-01,2026-08-31,482\r\nH52.08,a,2026-08-01,2026-08-31,-\r\n\r\nH52.09,a,2026-08-01,2026-08-31,\r\n"
            )
                == """
                code("H52.07") 2026-08-01..2026-08-31 a number(482) [line 2, column 'value']
                code("H52.08") 2026-08-01..2026-08-31 a unknown [line 3, column 'value']
                """)
        #expect(
            reading("value,agency,measure,day\n98.15,H52.07,a,2026-08-01") == "code(\"H52.07\") 2026-08-01 a number(98.15) [line 2, column 'value']")
    }

    @Test func tablesWithSemicolonsAreReadAsVietnameseSpreadsheetsSaveThem() {
        #expect(
            reading("\u{FEFF}agency;measure;from;to;value\nH52.07;a;01/08/2026;31/08/2026;26.972\nH52.08;b;2026-08-01;2026-08-31;98,15") == """
                code("H52.07") 2026-08-01..2026-08-31 a number(26972) [line 2, column 'value']
                code("H52.08") 2026-08-01..2026-08-31 b number(98.15) [line 3, column 'value']
                """)
    }

    @Test func documentsAsAgenciesPushThemAreRead() {
        #expect(
            reading(
                #"{"observations":[{"agency":"H52.07","measure":"a","from":"2026-08-01","to":"2026-08-31","value":482},{"agency":"H52.08","measure":"a","day":"2026-08-31","value":null}]}"#
            ) == """
                code("H52.07") 2026-08-01..2026-08-31 a number(482) [$.observations[0].value]
                code("H52.08") 2026-08-31 a unknown [$.observations[1].value]
                """)
    }

    @Test func daysAreGivenAsInAPush() {
        #expect(
            reading("agency,measure,from,to,period,scheme,value\nH52.07,a,2026-08-31,,,,1\nH52.07,b,,,2026-08,,2\nH52.07,c,,,2026-08,admin15,3")
                == """
                code("H52.07") 2026-08-31 a number(1) [line 2, column 'value']
                code("H52.07") 2026-08-01..2026-08-31 b number(2) [line 3, column 'value']
                code("H52.07") 2026-07-15..2026-08-14 c number(3) [line 4, column 'value']
                """)
        #expect(
            reading(
                #"{"observations":[{"agency":"H52.07","measure":"a","from":"2026-08-31","value":1},{"agency":"H52.07","measure":"c","period":"2026-08","scheme":"admin15","value":3}]}"#
            ) == """
                code("H52.07") 2026-08-31 a number(1) [$.observations[0].value]
                code("H52.07") 2026-07-15..2026-08-14 c number(3) [$.observations[1].value]
                """)
    }

    @Test func daysThatAreNotInTheFileAreThoseAskedFor() {
        #expect(
            reading("agency,measure,value\nH52.07,a,1", asked: days("2026-08-01", "2026-08-31"))
                == "code(\"H52.07\") 2026-08-01..2026-08-31 a number(1) [line 2, column 'value']")
        #expect(
            reading("agency,measure,value\nH52.07,a,1")
                == "line 1: no column gives the days; add from and to, or name the period of the whole file with --period")
    }

    @Test func wholeNumbersWithAnExponentAreReadAsFarAsNothingIsRounded() {
        func values(_ texts: [String]) -> [String] {
            let lines = texts.map { "H52.07,a,2026-08-31,\($0)" }.joined(separator: "\n")
            return reading("agency,measure,from,value\n" + lines).split(separator: "\n").map { String($0.split(separator: " ")[3]) }
        }

        #expect(values(["1e2", "12E+3", "-5e0", "99e9"]) == ["number(100)", "number(12000)", "number(-5)", "number(99000000000)"])
        // Spreadsheets write 123456789012 as 1.23457E+11, and 100000000001 as 1E+11.
        #expect(values(["1E+11", "1.23457E+11", "1e400", "5E-05", "e5", "1e"]).allSatisfy { $0.hasPrefix("unreadable") })
        #expect(
            reading(#"{"observations":[{"agency":"H52.07","measure":"a","from":"2026-08-31","value":1e3}]}"#)
                == "code(\"H52.07\") 2026-08-31 a number(1000) [$.observations[0].value]")
    }

    @Test(arguments: [
        ("", "the file is empty"),
        (
            "Cơ quan,Số\nA,1",
            "line 1: the file is not in the form that needs no mapping: its first line must be agency,measure,from,to,value but is 'cơ quan,số'; "
                + "name its source with --source, or give a mapping with --map"
        ),
        (
            "{\"a\":1}",
            "$: the file is not in the form that needs no mapping, {\"observations\":[…]}; name its source with --source, or give a mapping with --map"
        ),
        (
            "agency,measure,from,to,value\nH52.07,a\"b\",2026-08-01,,1",
            "line 2: a quote inside a field that does not begin with one, at character 9 of the line"
        ),
        ("{\"observations\":[", "line 1, column 18: the file ends in the middle; it was cut off"),
    ])
    func fileOfAnotherShapeIsRefusedAsAWhole(text: String, message: String) {
        #expect(reading(text) == message)
    }

    @Test(arguments: [
        ("H52.07,a,2026-08-01,1", "[line 2] - - nothing; expected 5 fields, not 4"),
        (
            "H52.07,a,2026-08-01,,12,5",
            "[line 2] - - nothing; expected 5 fields, not 6; a decimal comma splits a number, write 12.5"
        ),
        ("H52.07,a,01/08/2026,31/08/2026,1", "[line 2, column 'from'] H52.07 a 01/08/2026; expected a day as 2026-08-31"),
        ("H52.07,a,2026-08-01,2026-08-32,1", "[line 2, column 'to'] H52.07 a 2026-08-32; expected a day as 2026-08-31"),
        ("H52.07,a,2026-08-31,2026-08-01,1", "[line 2, column 'to'] H52.07 a 2026-08-01; expected 2026-08-31 or later"),
        ("H52.07,a,,2026-08-31,1", "[line 2, column 'from'] H52.07 a nothing; expected a first day, because 'to' is given"),
        ("H52.07,a,,,1", "[line 2, column 'from'] H52.07 a nothing; expected from and to, or --period for the whole file"),
        (",a,2026-08-31,,1", "[line 2, column 'agency'] - a nothing; expected an agency's code"),
        ("H52.07,,2026-08-31,,1", "[line 2, column 'measure'] H52.07 - nothing; expected a measure's id"),
    ])
    func lineThatCannotBeReadIsRefusedAloneWithItsPlace(line: String, refusal: String) {
        let good = "code(\"H52.08\") 2026-08-31 a number(2) [line 3, column 'value']"

        #expect(reading("agency,measure,from,to,value\n\(line)\nH52.08,a,2026-08-31,,2") == "\(refusal)\n\(good)")
    }

    @Test(arguments: [
        (
            "day,from", "2026-08-31,2026-08-31",
            "[line 2, column 'from'] H52.07 a 2026-08-31; expected either from and to, or day, or period"
        ),
        ("period,to", "2026-08,2026-08-31", "[line 2, column 'to'] H52.07 a 2026-08-31; expected either from and to, or day, or period"),
        ("period,scheme", "2026-13,", "[line 2, column 'period'] H52.07 a 2026-13; expected a period as 2026-08, 2026-Q3 or 2026"),
        ("period,scheme", "2026-08,lunar", "[line 2, column 'scheme'] H52.07 a lunar; expected calendar or admin15"),
        ("from,scheme", "2026-08-01,admin15", "[line 2, column 'scheme'] H52.07 a admin15; expected a period beside it"),
    ])
    func daysThatCannotBeReadAreToldByTheirColumn(columns: String, days: String, refusal: String) {
        #expect(reading("agency,measure,\(columns),value\nH52.07,a,\(days),1") == refusal)
    }

    @Test func daysOfTablesWithSemicolonsAreExpectedInBothForms() {
        #expect(
            reading("agency;measure;from;value\nH52.07;a;31.08.2026;1")
                == "[line 2, column 'from'] H52.07 a 31.08.2026; expected a day as 31/08/2026 or 2026-08-31")
    }

    @Test(arguments: [
        ("7", "[$.observations[0]] - - 7; expected an object with agency, measure, from, to and value"),
        ("{\"agency\":1}", "[$.observations[0].agency] 1 - 1; expected a text in quotes"),
        ("{\"agency\":\"H52.07\"}", "[$.observations[0].measure] H52.07 - nothing; expected a measure's id"),
        ("{\"unit\":[]}", "[$.observations[0].unit] - - nothing; expected one of agency, day, from, measure, period, scheme, to, value"),
        (
            "{\"agency\":\"H52.07\",\"measure\":\"a\",\"day\":\"31/08/2026\",\"value\":1}",
            "[$.observations[0].day] H52.07 a 31/08/2026; expected a day as 2026-08-31"
        ),
        (
            "{\"agency\":\"H52.07\",\"measure\":\"a\",\"day\":\"2026-08-01\"}",
            "[$.observations[0].value] H52.07 a nothing; expected a number, or null where there is no figure"
        ),
    ])
    func objectThatCannotBeReadIsRefusedAloneWithItsPlace(object: String, refusal: String) {
        let good = #"{"agency":"H52.08","measure":"a","day":"2026-08-31","value":2}"#

        #expect(
            reading("{\"observations\":[\(object),\(good)]}") == "\(refusal)\ncode(\"H52.08\") 2026-08-31 a number(2) [$.observations[1].value]")
    }

    // MARK: - Forms

    private static let form = ReportForm(
        period: "Tháng 8/2026", agencies: [(code("H52.07"), "Sở Công Thương"), (code("H52.08"), "Sở Nội vụ")],
        columns: [
            .init(
                measure: Measure(id: measure("a"), title: LocalizedText(vietnamese: "Hồ sơ", english: "Dossiers")),
                range: days("2026-08-01", "2026-08-31")),
            .init(
                measure: Measure(id: measure("b"), title: LocalizedText(vietnamese: "Tỷ lệ", english: "Share"), scale: 2, scheme: .admin15),
                range: days("2026-07-15", "2026-08-14")),
        ])

    /// The form with cells filled in, as a program that knows only cells would save it.
    private func filled(_ change: (inout SheetDraft, inout SheetDraft) -> Void) throws -> [UInt8] {
        let drafts = try Workbook(PlainFileTests.form.workbook()).sheets.map { sheet in
            var draft = SheetDraft(sheet.name, isHidden: sheet.isHidden)
            for row in sheet.rows {
                for column in sheet.columns(of: row) { draft.set(row, column, .text(sheet[CellPlace(row: row, column: column)]?.text ?? "")) }
            }
            return draft
        }
        var sheet = drafts[0]
        var keys = drafts[1]
        change(&sheet, &keys)
        return WorkbookWriter.bytes([sheet, keys])
    }

    @Test func aFormComesBackWithWhatWasFilledIn() throws {
        let bytes = try filled { sheet, _ in
            sheet.set(6, 3, .number("1250"))
            sheet.set(6, 4, .number("98.150000000000006"))
            sheet.set(7, 3, .text("-"))
        }

        #expect(
            reading(bytes) == """
                code("H52.07") 2026-08-01..2026-08-31 a number(1250) [sheet 1, C6]
                code("H52.07") 2026-07-15..2026-08-14 b number(98.15) [sheet 1, D6]
                code("H52.08") 2026-08-01..2026-08-31 a unknown [sheet 1, C7]
                """)
    }

    @Test func aCellOfAnAgencyThatWasNotThereIsLocked() {
        func yellow(absent: Set<AgencyCode>) -> Int {
            let columns = PlainFileTests.form.columns.map { ReportForm.Column(measure: $0.measure, range: $0.range, absent: absent) }
            let form = ReportForm(period: "Quý III/2026", agencies: PlainFileTests.form.agencies, columns: columns)
            return form.sheet().cells.values.flatMap(\.values).count { if case .input = $0.look { true } else { false } }
        }

        #expect(yellow(absent: []) == 4)
        #expect(yellow(absent: [code("H52.08")]) == 2)
    }

    @Test func anEmptyFormSaysNothing() {
        #expect(reading(PlainFileTests.form.workbook()) == "")
    }

    @Test func theTableOfAFormComesBackToo() {
        let text = PlainFileTests.form.table()

        #expect(
            text == """
                agency,measure,from,to,value\r
                H52.07,a,2026-08-01,2026-08-31,\r
                H52.07,b,2026-07-15,2026-08-14,\r
                H52.08,a,2026-08-01,2026-08-31,\r
                H52.08,b,2026-07-15,2026-08-14,\r

                """)
        #expect(reading(text.replacing("2026-08-14,\r\n", with: "2026-08-14,7\r\n")).split(separator: "\n").count == 2)
    }

    @Test func formsThatWereTakenApartAreRefused() throws {
        var other = SheetDraft("a")
        other.set(1, 1, .number("1"))

        #expect(
            reading(WorkbookWriter.bytes([other]))
                == "the workbook is not a form of dondoc template; name its source with --source, or give a mapping with --map")
        #expect(
            try reading(filled { _, keys in keys.set(1, 2, .text("2")) })
                == "the form is of version 2, this dondoc reads version 1; fill in a new form")
        #expect(
            try reading(filled { _, keys in keys.set(2, 2, .text("x")) })
                == "sheet 2, B2: the hidden sheet of the form was changed; fill in a new form")
        #expect(
            try reading(filled { sheet, _ in sheet.set(4, 3, .text("b")) })
                == "sheet 1, row 4: the column of 'a' is gone or stands there twice; fill in a new form")
        #expect(
            try reading(filled { sheet, _ in sheet.set(4, 1, .empty) })
                == "the hidden row above the heading is gone, so columns cannot be told apart; fill in a new form")
        #expect(
            try reading(
                filled { sheet, _ in
                    sheet.set(7, 1, .empty)
                    sheet.set(7, 3, .number("1"))
                }) == "[sheet 1, A7] - a nothing; expected an agency's code")
    }

    // MARK: - Maps

    @Test func aMapIsAnAnswerBlockWithAnID() throws {
        let problems = ProblemList()
        let text = "answer: {format: csv, agency: {code: a}, measures: {dossiers.received: b}}\n"
        let map = try #require(AnswerMap(text, named: "Sở Y tế.yaml", measures: SourceUnderTest.measures, problems: problems))

        let rows = try map.decode(
            Delivery(
                source: "f", receivedAt: instant("2026-09-01T08:00"), bytes: Array("a,b\nH52.07,3".utf8), asked: days("2026-08-01", "2026-08-31")))

        #expect(map.id == "s--y-t-")
        #expect(map.measures == ["dossiers.received"])
        #expect(rows.map { try? $0.get().place } == ["line 2, column 'b'"])
        #expect(AnswerMap("id: so-y-te\n" + text, named: "m", measures: SourceUnderTest.measures, problems: problems)?.id == "so-y-te")
        #expect(problems.isEmpty)
    }

    @Test func mistakesInAMapHaveTheirPlace() {
        let problems = ProblemList()

        let map = AnswerMap("id: A\nanser: {}\n", named: "m.yaml", measures: [:], problems: problems)

        #expect(map == nil)
        #expect(
            problems.problems.map(\.description) == [
                "m.yaml:1:1: 'answer' is missing: what in the file is which agency and measure (docs/sources.md)",
                "m.yaml:1:5: 'id' is 'A', expected 1 to 64 of a-z 0-9 . _ -, beginning with a letter",
                "m.yaml:2:1: unknown key 'anser'; did you mean 'answer'?",
            ])
    }
}
