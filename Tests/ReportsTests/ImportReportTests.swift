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
        ("sheet 2, D17", "trang 2, D17"), ("line 17, column 4", "dòng 17, cột 4"), ("sheet 2, row 9", "trang 2, dòng 9"),
        ("$.observations[3].value", "$.observations[3].value"),
    ])
    func placesAreSaidInVietnamese(place: String, vietnamese: String) {
        #expect(ImportReport.place(place, .vietnamese) == vietnamese)
        #expect(ImportReport.place(place, .english) == place)
    }
}
