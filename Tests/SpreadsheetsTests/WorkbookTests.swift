import Model
import TestSupport
import Testing

@testable import Spreadsheets

struct WorkbookTests {
    private func workbook(_ sheets: [SheetDraft], uses1904: Bool = false) throws -> Workbook {
        try Workbook(WorkbookWriter.bytes(sheets, uses1904: uses1904))
    }

    @Test func everyKindOfCellIsReadAsItWasWritten() throws {
        var sheet = SheetDraft("Tháng 8")
        sheet.set(1, 1, .text("Sở <Nội vụ> & \"Y tế\""))
        sheet.set(2, 2, .number("26972"))
        sheet.set(2, 3, .percent("0.98150000000000004"))
        sheet.set(2, 4, .serial(46235))
        sheet.set(2, 5, .boolean(true))
        sheet.set(2, 6, .formula("B2*2", value: "53944"))
        sheet.set(2, 7, .formula("B2*3", value: nil))
        sheet.set(2, 8, .error("#DIV/0!"))
        sheet.set(2, 9, .empty)

        let read = try workbook([sheet]).sheets[0]

        #expect(read.name == "Tháng 8")
        #expect(read[CellPlace(row: 1, column: 1)] == .text("Sở <Nội vụ> & \"Y tế\""))
        let row = (2...9).map { read[CellPlace(row: 2, column: $0)] }
        #expect(
            row == [
                .number(digits: "26972", isPercent: false), .number(digits: "0.98150000000000004", isPercent: true), .day(day("2026-08-01")),
                .boolean(true), .number(digits: "53944", isPercent: false), .uncalculated, .error("#DIV/0!"), nil,
            ])
        #expect(row[1]?.text == "98.15%")
    }

    @Test(arguments: [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (46_022, "2025-12-31"), (46_235, "2026-08-01")])
    func daysAreCountedAsExcelCounts(serial: Int, expected: String) {
        #expect(CellStyles.day(serial: String(serial), uses1904: false) == day(expected))
        // The systems are 1 462 days apart: four years and the day that never was.
        #expect(CellStyles.day(serial: String(serial - 1462), uses1904: true)?.description == (serial < 1462 ? nil : expected))
    }

    @Test func theDayThatExcelInventedIsNone() {
        #expect(CellStyles.day(serial: "60", uses1904: false) == nil)
        #expect(CellStyles.day(serial: "0", uses1904: false) == nil)
        #expect(CellStyles.day(serial: "46235.75", uses1904: false) == day("2026-08-01"))
    }

    @Test func workbooksOfOldMacsHaveTheirOwnDays() throws {
        var sheet = SheetDraft("a")
        sheet.set(1, 1, .serial(46_235 - 1462))

        #expect(try workbook([sheet], uses1904: true).sheets[0][CellPlace(row: 1, column: 1)] == .day(day("2026-08-01")))
    }

    @Test(arguments: [
        ("dd/mm/yyyy", CellStyles.Look.day), ("[$-42A]d\\ mmmm\\ yyyy", .day), ("mmm", .day), ("yyyy", .day), ("hh:mm", .plain),
        ("[h]:mm:ss", .plain),
        ("0.00%", .percent), ("\"d\"0", .plain), ("[Red]0.0%;-0", .percent), ("General", .plain), ("#,##0\\ \"đồng\"", .plain), ("", .plain),
    ])
    func formatsSayWhatANumberIs(code: String, look: CellStyles.Look) {
        #expect(CellStyles.look(ofCode: code) == look)
    }

    @Test func mergedAreasAreSeenEverywhereAndCountedOnce() throws {
        var sheet = SheetDraft("a")
        sheet.set(1, 2, .text("Hồ sơ"))
        sheet.merge("B1:D1")

        let read = try workbook([sheet]).sheets[0]

        #expect((1...5).map { read.visible(CellPlace(row: 1, column: $0))?.text } == [nil, "Hồ sơ", "Hồ sơ", "Hồ sơ", nil])
        #expect(read[CellPlace(row: 1, column: 3)] == nil)
        #expect(read.name(CellPlace(row: 17, column: 4)) == "sheet 1, D17")
    }

    @Test func onlyWantedSheetsAreReadAndHiddenOnesAreKnown() throws {
        var drafts = [SheetDraft("một"), SheetDraft("hai", isHidden: true), SheetDraft("ba")]
        for index in drafts.indices { drafts[index].set(1, 1, .number("\(index)")) }

        let read = try Workbook(WorkbookWriter.bytes(drafts), only: { names in Set(names.filter { !$0.isHidden }.map(\.number).suffix(1)) })

        #expect(read.sheets.map(\.isHidden) == [false, true, false])
        #expect(read.sheets.map { $0.rows.count } == [0, 0, 1])
    }

    @Test func theSameSheetsAreTheSameBytes() {
        var sheet = SheetDraft("a", isProtected: true, frozen: CellPlace(row: 2, column: 2))
        sheet.set(1, 1, .text("x"), .input(decimals: 2))

        #expect(WorkbookWriter.bytes([sheet]) == WorkbookWriter.bytes([sheet]))
    }
}
