import Model
import TestSupport
import Testing

@testable import Reports

struct ImportReportTests {
    private func document(_ state: ImportReport.State, lines: Int, _ language: Language) -> Document {
        let received = Measure(id: measure("dossiers.received"), title: LocalizedText(vietnamese: "Hồ sơ", english: "Dossiers"))
        let entries: [ImportReport.Entry] = [
            .init(
                kind: .restated, place: "sheet 2, D17", agency: "H52.07", name: "Sở Công Thương", measure: received,
                range: days("2026-08-01", "2026-08-31"),
                before: 482, after: 490),
            .init(
                kind: .new, place: "sheet 2, D18", agency: "H52.08", name: "Sở Nội vụ", measure: received, range: days("2026-08-01", "2026-08-31"),
                before: nil, after: 1250),
        ]
        let findings = [
            Finding(
                .unreadableValue, source: "import:m", agency: "H52.09", measure: "dossiers.received", range: days("2026-08-01", "2026-08-31"),
                place: "sheet 2, D19", found: "12 và 3")
        ]
        let summary = ImportReport.Summary(
            state: state, file: "bieu.xlsx", source: "import:m", by: "lan", delivery: state == .stored ? DeliveryID(42) : nil,
            outcome: IngestOutcome(stored: 1, restated: 1, refused: 1), digest: "00ff")
        return ImportReport.document(summary, entries: entries, findings: findings, lines: lines, language: language)
    }

    @Test func refusedStandsBeforeRestatedBeforeNewWithPlacesAsPeopleSayThem() throws {
        let lines = try document(.previewed, lines: 100, .vietnamese).sheet("import-lines")

        #expect(try lines.column("outcome").map(\.id) == ["refused", "restated", "new"])
        #expect(try lines.column("place") == [.text("trang 2, D19"), .text("trang 2, D17"), .text("trang 2, D18")])
        #expect(try lines.column("before") == [.missing, .integer(482), .missing])
        #expect(try lines.column("after") == [.text("12 và 3"), .integer(490), .integer(1250)])
    }

    private func reason(_ kind: Finding.Kind, expected: String?, found: String? = nil, _ language: Language, isPlain: Bool = true) throws -> Sheet {
        let summary = ImportReport.Summary(
            state: .previewed, file: "a.csv", source: "import:csv", by: "lan", delivery: nil, outcome: IngestOutcome(refused: 1), digest: "0",
            isPlain: isPlain)
        let finding = Finding(kind, source: "import:csv", place: "line 2, column 'from'", found: found, expected: expected)
        return try ImportReport.document(summary, entries: [], findings: [finding], lines: 9, language: language).sheet("import-lines")
    }

    @Test(arguments: [
        ("a whole number", "số nguyên"), ("a number with at most 2 decimals", "số có nhiều nhất 2 chữ số thập phân"),
        ("at most 2 decimals", "nhiều nhất 2 chữ số thập phân"), ("a smaller number", "số nhỏ hơn"),
        ("a number, or null where there is no figure", "số, hoặc null khi không có số liệu"), ("a day as 2026-08-31", "ngày dạng 2026-08-31"),
        ("a day as 31/08/2026 or 2026-08-31", "ngày dạng 31/08/2026 hoặc 2026-08-31"), ("2026-08-31 or later", "2026-08-31 trở đi"),
        ("a first day, because 'to' is given", "ngày đầu, vì đã có 'to'"),
        ("from and to, or --period for the whole file", "from và to, hoặc --period cho cả tệp"),
        ("either from and to, or day, or period", "chỉ một trong: from và to; day; period"), ("a period beside it", "có period đi kèm"),
        ("a period as 2026-08, 2026-Q3 or 2026", "kỳ dạng 2026-08, 2026-Q3 hoặc 2026"), ("calendar or admin15", "calendar hoặc admin15"),
        ("an agency's code", "mã cơ quan"), ("a measure's id", "mã chỉ tiêu"), ("a text in quotes", "chuỗi trong ngoặc kép"),
        ("an object with agency, measure, from, to and value", "đối tượng có agency, measure, from, to và value"),
        ("one of agency, day", "một trong: agency, day"),
        (
            "5 fields, not 6; a decimal comma splits a number, write 12.5",
            "5 trường, không phải 6; dấu phẩy thập phân tách đôi con số, hãy viết 12.5"
        ),
    ])
    func whatIsExpectedIsSaidInBothLanguages(expected: String, vietnamese: String) throws {
        #expect(
            try reason(.unreadableRow, expected: expected, .vietnamese).column("reason") == [.text("Dòng không đọc được (cần: \(vietnamese))")])
        #expect(try reason(.unreadableRow, expected: expected, .english).column("reason") == [.text("Unreadable line (expected: \(expected))")])
    }

    @Test(arguments: [
        (
            Finding.Kind.unknownAgency, "H52.07", "Không rõ cơ quan (có phải là 'H52.07'?)", "Unknown agency (did you mean 'H52.07'?)"
        ),
        (
            .duplicateInDelivery, "1 (line 2, column 'value')", "Trùng trong cùng một lần nhận (giá trị kia: 1 (dòng 2, cột 'value'))",
            "Twice in one delivery (the other value: 1 (line 2, column 'value'))"
        ),
        (
            .partAboveWhole, "dossier.online", "Tử số lớn hơn mẫu số (theo chỉ số dossier.online)",
            "Part above its whole (by the indicator dossier.online)"
        ),
        (
            .misalignedInterval, "admin15", "Khoảng ngày không khớp kỳ (kỳ của chỉ tiêu: admin15)",
            "Interval fits no period (the measure's periods: admin15)"
        ),
    ])
    func whatAFigureIsHeldAgainstIsNamedForWhatItIs(kind: Finding.Kind, expected: String, vietnamese: String, english: String) throws {
        #expect(try reason(kind, expected: expected, .vietnamese).column("reason") == [.text(vietnamese)])
        #expect(try reason(kind, expected: expected, .english).column("reason") == [.text(english)])
    }

    @Test func ourWordForAnEmptyFormulaIsTranslatedAndNothingElseThatWasFound() throws {
        let formula = "a formula that was never calculated"

        #expect(try reason(.unreadableValue, expected: nil, found: formula, .vietnamese).column("after") == [.text("công thức chưa được tính")])
        #expect(try reason(.unreadableValue, expected: nil, found: "at most ", .vietnamese).column("after") == [.text("at most ")])
    }

    @Test func settingsOfASourceAreNoRemedyForAFileThatNeedsNoMapping() throws {
        for kind in Finding.Kind.allCases where kind.isRefusal || kind == .emptyDelivery || kind == .moreFindings {
            for language in Language.allCases {
                let notes = try reason(kind, expected: nil, language).notes.joined()
                #expect(!notes.isEmpty && !notes.contains("answer"), "\(kind): \(notes)")
            }
        }
        #expect(
            try reason(.unreadableValue, expected: nil, .english).notes == [
                "Unreadable value: Correct the cell in the file. Numbers are digits without a unit: 26972 and 98.15 in CSV with commas, 26.972 and 98,15 "
                    + "in CSV with semicolons; a dash where there is no figure."
            ])
        #expect(
            try reason(.unreadableValue, expected: nil, .english, isPlain: false).notes == [
                "Unreadable value: Look at the value and its place; set answer.decimal_comma or answer.blank, or have the source corrected."
            ])
    }

    @Test func whatIsLeftOutIsCounted() throws {
        let short = document(.previewed, lines: 1, .english)

        #expect(try short.sheet("import-lines").rows.count == 1)
        #expect(try short.sheet("import-lines").notes.first == "… and 2 more; --all prints them.")
        #expect(try document(.previewed, lines: 100, .vietnamese).sheet("import-lines").notes.count == 1)
    }

    @Test(arguments: [
        (ImportReport.State.previewed, "Xem trước bieu.xlsx", "Preview of bieu.xlsx"), (.stored, "Đã ghi bieu.xlsx", "bieu.xlsx is stored"),
        (.unchanged, "bieu.xlsx không có gì mới", "bieu.xlsx says nothing new"), (.changed, "Xem trước lại bieu.xlsx", "New preview of bieu.xlsx"),
    ])
    func eachStateHasItsTitle(state: ImportReport.State, vietnamese: String, english: String) throws {
        #expect(try document(state, lines: 9, .vietnamese).sheet("import").title == vietnamese)
        #expect(try document(state, lines: 9, .english).sheet("import").title == english)
    }

    @Test(arguments: [
        ("sheet 2, D17", "trang 2, D17"), ("line 17, column 'value'", "dòng 17, cột 'value'"), ("sheet 2, row 9", "trang 2, dòng 9"),
        ("$.observations[3].value", "$.observations[3].value"),
    ])
    func placesAreSaidInVietnamese(place: String, vietnamese: String) {
        #expect(ImportReport.place(place, .vietnamese) == vietnamese)
        #expect(ImportReport.place(place, .english) == place)
    }
}
