import Model
import TestSupport
import Testing

@testable import Spreadsheets

/// Files that are damaged, or made to harm: each is refused with its place, and none takes more memory than the bounds say.
struct HostileWorkbookTests {
    /// A workbook with one part replaced or added.
    private func workbook(sheet: String = "", part: (name: String, text: String)? = nil) -> [UInt8] {
        var archive = ZIPWriter()
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var parts = [
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets><sheet name=\"s\" r:id=\"b\"/></sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"b\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                    + "<Relationship Id=\"c\" Type=\"\(office)/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
            ("xl/sharedStrings.xml", "<sst/>"),
            ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(sheet)</sheetData></worksheet>"),
        ]
        if let part { parts = parts.filter { $0.0 != part.name } + [part] }
        for (name, text) in parts { archive.add(name, Array(text.utf8)) }
        return archive.finished()
    }

    private func problem(_ bytes: [UInt8], _ limits: WorkbookLimits = WorkbookLimits()) -> String {
        do throws(SpreadsheetError) {
            _ = try Workbook(bytes, limits: limits)
            return "read"
        } catch {
            return error.description
        }
    }

    @Test func aWorkbookOfThisKindIsRead() {
        #expect(problem(workbook(sheet: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")) == "read")
    }

    @Test func whatIsNoWorkbookIsNamed() {
        var text = ZIPWriter()
        text.add("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8))
        var other = ZIPWriter()
        other.add("a.txt", [1])

        #expect(problem(Array("a;b".utf8)) == "this is not an Excel workbook (.xlsx)")
        #expect(problem(text.finished()) == "this is an OpenDocument file (.ods); save it as .xlsx")
        #expect(problem(other.finished()) == "this is a ZIP file and not an Excel workbook (.xlsx)")
        #expect(
            problem([0xD0, 0xCF, 0x11, 0xE0, 0xA1])
                == "this is a workbook of Excel 97 to 2003 (.xls), or one with a password; open it and save it as .xlsx without a password")
    }

    @Test func truncatedFilesAreRefusedAtEveryLength() {
        let whole = workbook(sheet: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
        for length in stride(from: 4, to: whole.count, by: 7) {
            #expect(problem(Array(whole.prefix(length))) == "the file is cut off: its table of contents is missing")
        }
    }

    @Test func changedBytesNeitherTrapNorHang() {
        let whole = workbook(sheet: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>")
        var random = SeededNumbers(seed: 17)
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if problem(bytes) != "read" { refused += 1 }
        }
        #expect(refused > 1_000)
    }

    @Test func entitiesAndDocumentTypesAreNotRead() {
        let bomb = "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>"
        let outside = "<!DOCTYPE sst SYSTEM \"file:///etc/passwd\"><sst/>"
        let message = "xl/sharedStrings.xml: has a document type or entities of its own, which no spreadsheet program writes; it is not read"

        #expect(problem(workbook(part: ("xl/sharedStrings.xml", bomb))) == message)
        #expect(problem(workbook(part: ("xl/sharedStrings.xml", outside))) == message)
        #expect(
            problem(workbook(part: ("xl/sharedStrings.xml", "<sst><si><t>&b;</t></si></sst>")))
                == "xl/sharedStrings.xml: is damaged (an unknown entity); save the file anew or send it again")
    }

    @Test func bombsAreNotUnpacked() {
        let zeros = String(repeating: "0", count: 4_000_000)
        var limits = WorkbookLimits()
        limits.ratio = 100

        #expect(
            problem(workbook(sheet: "<row><c><v>\(zeros)</v></c></row>"), limits)
                .hasPrefix("xl/worksheets/sheet1.xml: unpacks to "))
        limits = WorkbookLimits()
        limits.entryBytes = 1_000_000
        #expect(
            problem(workbook(sheet: "<row><c><v>\(zeros)</v></c></row>"), limits)
                == "xl/worksheets/sheet1.xml: unpacks to 4000071 bytes, more than is read")
    }

    /// An entry that announces less than it unpacks to is not unpacked beyond what it announced.
    @Test func entriesThatLieAboutTheirSizeAreDamaged() throws {
        var bytes = workbook(sheet: "<row><c><v>\(String(repeating: "1", count: 5_000))</v></c></row>")
        let directory = try #require((0..<bytes.count - 4).last { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        bytes[directory + 24] = 10
        bytes[directory + 25] = 0

        #expect(problem(bytes) == "xl/worksheets/sheet1.xml: is damaged; save the file anew or send it again")
    }

    @Test func boundsAreToldWithTheirPlace() {
        var limits = WorkbookLimits()
        limits.cells = 3
        limits.sharedTexts = 2
        limits.textLength = 4
        let cells = (1...5).map { "<c r=\"\(CellPlace.letters($0))1\"><v>1</v></c>" }.joined()
        let texts = String(repeating: "<si><t>a</t></si>", count: 3)

        #expect(problem(workbook(sheet: "<row r=\"1\">\(cells)</row>"), limits) == "sheet 1, D1: the file has more than 3 filled cells")
        #expect(problem(workbook(part: ("xl/sharedStrings.xml", "<sst>\(texts)</sst>")), limits) == "xl/sharedStrings.xml: has more than 2 texts")
        #expect(
            problem(workbook(sheet: "<row><c t=\"inlineStr\"><is><t>aaaaaaaaaaaaa</t></is></c></row>"), limits)
                == "sheet 1, A1: a text of more than 4 characters")
        #expect(problem(workbook(sheet: "<row><c r=\"XFE1\"><v>1</v></c></row>")) == "sheet 1: has no cell 'XFE1'")
        #expect(problem(workbook(sheet: "<row r=\"1048577\"/>")) == "sheet 1: has no row 1048577")
        #expect(
            problem(workbook(sheet: "<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"))
                == "sheet 1, A1: the cell stands in the file twice")
        #expect(
            problem(workbook(sheet: "<row><c r=\"A1\" t=\"s\"><v>7</v></c></row>"))
                == "sheet 1, A1: the cell refers to a text that is not there; save the file anew")
    }

    /// A million columns in one row end at the last one that spreadsheets have.
    @Test func aMillionColumnsEndAtTheLastOne() {
        let cells = String(repeating: "<c><v>1</v></c>", count: 20_000)

        #expect(problem(workbook(sheet: "<row>\(cells)</row>")) == "sheet 1: has no cell ''")
    }

    @Test func deepNestingIsRefused() {
        let deep = String(repeating: "<a>", count: 100)

        #expect(
            problem(workbook(sheet: deep))
                == "xl/worksheets/sheet1.xml: is damaged (elements are nested deeper than 64); save the file anew or send it again")
    }

    @Test func partsOfOneNameAndOutsidePathsAreNotFollowed() {
        var archive = ZIPWriter()
        archive.add("[Content_Types].xml", [])
        archive.add("[Content_Types].xml", [])
        let outside = "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"../../etc/passwd\"/></Relationships>"

        #expect(problem(archive.finished()) == "the file holds the part '[Content_Types].xml' twice")
        #expect(problem(workbook(part: ("_rels/.rels", outside))) == "the file is damaged: its part '../../etc/passwd' is missing")
    }

    @Test func encryptedPartsAreNamed() throws {
        var bytes = workbook()
        let directory = try #require((0..<bytes.count - 4).first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
        for at in directory..<bytes.count - 9 where bytes[at...].starts(with: [0x50, 0x4B, 1, 2]) { bytes[at + 8] |= 1 }

        #expect(problem(bytes) == "_rels/.rels: the file is protected by a password; save it without one")
    }
}
