import Model
import Spreadsheets
import TestSupport
import Testing

@testable import Connectors

/// Workbooks as agencies send them: titles above, headings in several rows, sections, sums and signatures between and below the figures.
@Suite struct SheetAnswerTests {
    /// A report with a second sheet that holds the figures: a heading of two rows, an agency by name, counts, a percentage of each kind.
    private func report(_ change: (inout SheetDraft) -> Void = { _ in }) -> [UInt8] {
        var cover = SheetDraft("Bìa")
        cover.set(1, 1, .text("BÁO CÁO"))
        var sheet = SheetDraft("Số liệu")
        sheet.set(1, 1, .text("TỔNG HỢP KẾT QUẢ GIẢI QUYẾT HỒ SƠ"))
        sheet.merge("A1:F1")
        for (column, text) in ["STT", "Cơ quan", "Hồ sơ", "", "Tỷ lệ", "Đến ngày"].enumerated() where !text.isEmpty {
            sheet.set(3, column + 1, .text(text))
        }
        sheet.merge("C3:D3")
        for column in ["A", "B", "E", "F"] { sheet.merge("\(column)3:\(column)4") }
        sheet.set(4, 3, .text("Tiếp nhận"))
        sheet.set(4, 4, .text("Trực\ntuyến"))
        sheet.set(5, 2, .text("I. Sở, ban, ngành"))
        sheet.set(5, 3, .number("1732"))
        let rows: [(String, SheetDraft.Content, SheetDraft.Content, SheetDraft.Content)] = [
            ("Sở Công Thương", .number("1250"), .text("26.972"), .percent("0.98150000000000004")),
            ("Sở Nội vụ ", .number("482"), .formula("C7-1", value: "481"), .text("98,15%")),
            ("Sở Y tế", .empty, .empty, .empty), ("Tổng cộng", .number("1732"), .number("1"), .empty), ("Người lập biểu", .empty, .empty, .empty),
        ]
        for (index, row) in rows.enumerated() {
            sheet.set(6 + index, 1, .number("\(index + 1)"))
            sheet.set(6 + index, 2, .text(row.0))
            sheet.set(6 + index, 3, row.1)
            sheet.set(6 + index, 4, row.2)
            sheet.set(6 + index, 5, row.3)
        }
        sheet.set(6, 6, .serial(46265))
        sheet.merge("F6:F8")
        change(&sheet)
        return WorkbookWriter.bytes([cover, sheet])
    }

    private static let answer = [
        "format: xlsx", "sheet: 2", "header: 3..4", "agency: {name: Cơ quan}", "days: {day: Đến ngày}", "decimal_comma: true", "blank: skip",
        "measures: {dossiers.received: Hồ sơ / Tiếp nhận, dossiers.received.online: Hồ sơ / Trực tuyến, dossiers.percent: Tỷ lệ}",
    ]

    /// Why a sheet cannot be read, without its place, for those who read Vietnamese.
    private func trouble(_ bytes: [UInt8], _ answer: [String] = answer, asked: DayRange? = days("2026-08-01", "2026-08-31")) throws -> String {
        let connector = try #require(SourceUnderTest(answer: answer).connector)
        do throws(DecodeError) {
            _ = try connector.decode(Delivery(source: "s", receivedAt: instant("2026-09-01T02:15"), bytes: bytes, asked: asked))
            return "none"
        } catch {
            return error.problem(.vietnamese)
        }
    }

    private func reading(_ bytes: [UInt8], _ answer: [String] = answer) throws -> String {
        let source = try SourceUnderTest(answer: answer)
        #expect(source.problems == [])
        let delivery = Delivery(source: "s", receivedAt: instant("2026-09-01T02:15"), bytes: bytes, asked: days("2026-08-01", "2026-08-31"))
        let connector = try #require(source.connector)
        do throws(DecodeError) {
            let rows = try connector.decode(delivery)
            return rows.map(SheetAnswerTests.line).joined(separator: "\n")
        } catch {
            return error.description
        }
    }

    private static func line(_ row: Result<Row, UnreadableRow>) -> String {
        switch row {
        case .success(let row): "\(row.subject) \(row.range) \(row.measure) \(row.value) [\(row.place)]"
        case .failure(let row): "refused [\(row.place)] \(row.found ?? "nothing"), expected \(row.expected)"
        }
    }

    @Test func figuresAreReadBetweenTitlesSectionsSumsAndSignatures() throws {
        #expect(
            try reading(report()) == """
                name("Sở Công Thương") 2026-08-31 dossiers.received number(1250) [sheet 2, C6]
                name("Sở Công Thương") 2026-08-31 dossiers.received.online number(26972) [sheet 2, D6]
                name("Sở Công Thương") 2026-08-31 dossiers.percent number(98.15) [sheet 2, E6]
                name("Sở Nội vụ") 2026-08-31 dossiers.received number(482) [sheet 2, C7]
                name("Sở Nội vụ") 2026-08-31 dossiers.received.online number(481) [sheet 2, D7]
                name("Sở Nội vụ") 2026-08-31 dossiers.percent number(98.15) [sheet 2, E7]
                """)
    }

    @Test func decomposedVietnameseNamesTheSameColumns() throws {
        let decomposed = report { $0.set(3, 2, .text("Co\u{31B} quan")) }

        #expect(try reading(decomposed) == reading(report()))
    }

    @Test func whatIsNoNumberIsUnreadableAtItsPlace() throws {
        let bytes = report {
            $0.set(6, 3, .error("#DIV/0!"))
            $0.set(6, 4, .formula("A1", value: nil))
            $0.set(6, 5, .boolean(true))
            $0.set(7, 3, .text("-"))
            $0.set(7, 4, .text("12 và 3"))
            $0.set(7, 5, .number("0.98148148148148151"))
        }

        #expect(
            try reading(bytes) == """
                name("Sở Công Thương") 2026-08-31 dossiers.received unreadable("#DIV/0!") [sheet 2, C6]
                name("Sở Công Thương") 2026-08-31 dossiers.received.online unreadable("a formula that was never calculated") [sheet 2, D6]
                name("Sở Công Thương") 2026-08-31 dossiers.percent unreadable("TRUE") [sheet 2, E6]
                name("Sở Nội vụ") 2026-08-31 dossiers.received unreadable("-") [sheet 2, C7]
                name("Sở Nội vụ") 2026-08-31 dossiers.received.online unreadable("12 và 3") [sheet 2, D7]
                name("Sở Nội vụ") 2026-08-31 dossiers.percent unreadable("0.98148148148148151") [sheet 2, E7]
                """)
    }

    @Test func columnsCanBeNamedByTheirLettersAndSheetsByName() throws {
        let answer = [
            "format: xlsx", "sheet: số liệu", "columns: letters", "header: 5", "agency: {name: b}", "measures: {dossiers.received: C}",
        ]

        #expect(
            try reading(report(), answer) == """
                name("Sở Công Thương") 2026-08-01..2026-08-31 dossiers.received number(1250) [sheet 2, C6]
                name("Sở Nội vụ") 2026-08-01..2026-08-31 dossiers.received number(482) [sheet 2, C7]
                """)
    }

    @Test func aLastHeadingThatIsMergedDownwardsNamesItsColumn() throws {
        var sheet = SheetDraft("Số liệu")
        for (column, text) in [(1, "STT"), (2, "Đơn vị"), (3, "Tiếp nhận"), (5, "Đã giải quyết")] { sheet.set(3, column, .text(text)) }
        for area in ["A3:A4", "B3:B4", "C3:D3", "E3:E4"] { sheet.merge(area) }
        sheet.set(4, 3, .text("Tổng số"))
        sheet.set(4, 4, .text("Trực tuyến"))
        sheet.set(5, 2, .text("Sở Nội vụ"))
        sheet.set(5, 5, .number("42"))
        let answer = ["format: xlsx", "agency: {name: Đơn vị}", "measures: {dossiers.received: Đã giải quyết, dossiers.received.online: Trực tuyến}"]

        #expect(
            try reading(WorkbookWriter.bytes([sheet]), answer + ["blank: skip"])
                == "name(\"Sở Nội vụ\") 2026-08-01..2026-08-31 dossiers.received number(42) [sheet 1, E5]")
    }

    @Test(arguments: [
        (["sheet: Tháng 9"], "there is no sheet 'Tháng 9'; the workbook has 1 'Bìa', 2 'Số liệu'"),
        (["sheet: 3"], "there is no sheet 3; the workbook has 1 'Bìa', 2 'Số liệu'"),
        (["sheet: 1"], "sheet 1: no row is a header with the column 'Hồ sơ'; row 1 has BÁO CÁO"),
        (
            ["sheet: 2", "header: 1"],
            "sheet 2, row 1: there is no column 'Hồ sơ'; the header is TỔNG HỢP KẾT QUẢ GIẢI QUYẾT HỒ SƠ"
        ),
        (["sheet: 2"], "sheet 2, row 3: there are 2 columns 'Hồ sơ'; which one is meant cannot be told; use columns: letters"),
    ])
    func whatIsNotThereIsNamedWithWhatIs(place: [String], message: String) throws {
        let answer = ["format: xlsx"] + place + ["agency: {name: Cơ quan}", "measures: {dossiers.received: Hồ sơ}"]

        #expect(try reading(report(), answer) == message)
    }

    @Test func whoBringsASheetByHandIsToldInVietnamese() throws {
        func answer(_ place: String...) -> [String] {
            ["format: xlsx"] + place + ["agency: {name: Cơ quan}", "measures: {dossiers.received: Hồ sơ}"]
        }

        #expect(
            try trouble(report(), answer("sheet: Tháng 9")) == "không có trang 'Tháng 9'; bảng tính có các trang 1 'Bìa', 2 'Số liệu'")
        #expect(try trouble(report(), answer("sheet: 1")) == "không dòng nào là tiêu đề có cột 'Hồ sơ'; dòng 1 có BÁO CÁO")
        #expect(
            try trouble(report(), answer("sheet: 2", "header: 1"))
                == "không có cột 'Hồ sơ'; dòng tiêu đề là TỔNG HỢP KẾT QUẢ GIẢI QUYẾT HỒ SƠ")
        #expect(
            try trouble(
                report {
                    $0.set(6, 2, .empty)
                    $0.set(7, 2, .empty)
                })
                == "'Cơ quan' không nêu cơ quan nào; nếu là dòng tổng thì thêm chữ đầu dòng vào skip của answer")
        #expect(try trouble(report { $0.set(6, 6, .text("thứ hai")) }) == "'Đến ngày' là 'thứ hai', cần ngày dạng yyyy-MM-dd")
        #expect(
            try trouble(report(), SheetAnswerTests.answer.filter { !$0.hasPrefix("days") }, asked: nil)
                == "chưa nêu kỳ, mà bảng ánh xạ (days: asked) không đọc ngày từ tệp")
        // What only those meet who write mappings stays in English.
        #expect(try trouble(report(), answer("sheet: 2")).hasPrefix("there are 2 columns 'Hồ sơ'"))
    }

    @Test func figuresWithoutAnAgencyAreRefusedAlone() throws {
        let bytes = report { $0.set(7, 2, .empty) }

        #expect(
            try reading(bytes).split(separator: "\n").suffix(2) == [
                "name(\"Sở Công Thương\") 2026-08-31 dossiers.percent number(98.15) [sheet 2, E6]",
                "refused [sheet 2, B7] nothing, expected an agency's name; is it a sum? Then add how it begins to skip under answer",
            ])
        #expect(try reading(bytes, SheetAnswerTests.answer.map { $0 == "sheet: 2" ? "sheet: 2\n  skip: [\"2\"]" : $0 }).contains("B7"))
    }

    @Test func bytesOfAnotherFormatSayWhichOneTheyAre() throws {
        #expect(try reading(Array("a;b".utf8)) == "this is not an Excel workbook (.xlsx)")
        #expect(
            try reading(report(), ["format: csv", "agency: {code: a}", "measures: {dossiers.received: b}"])
                == "the answer is a workbook or another ZIP file, not CSV; set format: xlsx under answer")
        #expect(
            try reading(Array("<html><body>".utf8))
                == "the answer is a web page, not an Excel workbook: a login page, an error page or a firewall's")
    }

    @Test func keysOfOtherFormatsAreProblems() throws {
        let sheet = try SourceUnderTest(answer: [
            "format: xlsx", "rows: a", "separator: ;", "columns: letters", "header: 9..8", "agency: {code: 17}", "measures: {dossiers.received: Số}",
        ])
        let table = try SourceUnderTest(answer: ["format: csv", "sheet: 1", "skip: [a]", "agency: {code: a}", "measures: {dossiers.received: b}"])

        #expect(
            Set(sheet.messages) == [
                "'rows' is not for format: xlsx", "'separator' is not for format: xlsx",
                "'header' is '9..8', expected a row such as 6, or rows such as 5..6",
                "'Số' is not a column such as C or AB", "'17' is not a column such as C or AB",
            ])
        #expect(Set(table.messages) == ["'sheet' is only for format: xlsx", "'skip' is only for format: xlsx"])
    }

    @Test(arguments: [
        ("Tổng cộng", true), ("TỔNG CỘNG (A+B)", true), ("Tổng số:", true), ("I. Sở, ban, ngành", true), ("IV. Xã", true), ("Cộng", true),
        ("Tổng cục Thuế", false), ("Cộng đồng", false), ("Sở Y tế", false), ("I", false), ("Toàn tỉnh", true), ("", false),
    ])
    func sumsAndSectionsAreToldByHowTheyBegin(text: String, isOne: Bool) throws {
        let source = try SourceUnderTest(answer: SheetAnswerTests.answer)

        #expect(try #require(source.http).answer.sheet.isSumOrSection(text) == isOne)
    }
}
