/// Writes sheets as an Excel workbook that Excel and LibreOffice open without a complaint. The same drafts are the same bytes.
public enum WorkbookWriter {
    /// The file; there must be at least one sheet that is not hidden. `uses1904` is for tests of files from old Macs.
    public static func bytes(_ sheets: [SheetDraft], uses1904: Bool = false) -> [UInt8] {
        var styles = StyleTable(sheets)
        var archive = ZIPWriter()
        archive.add("[Content_Types].xml", part(types(sheets.count)))
        archive.add("_rels/.rels", part(relations([("officeDocument", "xl/workbook.xml")])))
        archive.add("xl/workbook.xml", part(outline(sheets, uses1904: uses1904)))
        let targets = (1...max(1, sheets.count)).map { ("worksheet", "worksheets/sheet\($0).xml") } + [("styles", "styles.xml")]
        archive.add("xl/_rels/workbook.xml.rels", part(relations(targets)))
        for (index, sheet) in sheets.enumerated() { archive.add("xl/worksheets/sheet\(index + 1).xml", part(SheetText.xml(sheet, &styles))) }
        archive.add("xl/styles.xml", part(styles.xml))
        return archive.finished()
    }

    /// Text as XML holds it, without the characters that XML cannot hold.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let worksheet = "<worksheet xmlns=\"\(main)\">"

    private static func part(_ xml: String) -> [UInt8] { Array("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\(xml)".utf8) }

    private static func types(_ sheets: Int) -> String {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        let overrides = (1...max(1, sheets)).map {
            "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(kind).worksheet+xml\"/>"
        }.joined()
        return "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/>\(overrides)"
            + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind).styles+xml\"/></Types>"
    }

    private static func relations(_ targets: [(type: String, path: String)]) -> String {
        let entries = targets.enumerated().map {
            "<Relationship Id=\"rId\($0.offset + 1)\" Type=\"\(office)/\($0.element.type)\" Target=\"\($0.element.path)\"/>"
        }.joined()
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(entries)</Relationships>"
    }

    private static func outline(_ sheets: [SheetDraft], uses1904: Bool) -> String {
        let entries = sheets.enumerated().map { index, sheet in
            let state = sheet.isHidden ? " state=\"hidden\"" : ""
            return "<sheet name=\"\(escaped(sheet.name))\" sheetId=\"\(index + 1)\"\(state) r:id=\"rId\(index + 1)\"/>"
        }.joined()
        let lock = sheets.contains(where: \.isProtected) ? "<workbookProtection lockStructure=\"1\"/>" : ""
        return
            "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><workbookPr\(uses1904 ? " date1904=\"1\"" : "")/>\(lock)<sheets>\(entries)</sheets></workbook>"
    }
}

/// The XML of one sheet.
enum SheetText {
    /// Parts in the order that the standard asks for; programs refuse a file with another one.
    static func xml(_ sheet: SheetDraft, _ styles: inout StyleTable) -> String {
        WorkbookWriter.worksheet + view(sheet) + columns(sheet) + "<sheetData>\(rows(sheet, &styles))</sheetData>"
            + (sheet.isProtected ? "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\"/>" : "")
            + merges(sheet)
            + validations(sheet) + "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>"
            + "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    }

    private static func view(_ sheet: SheetDraft) -> String {
        guard let frozen = sheet.frozen else { return "" }
        let split =
            "xSplit=\"\(frozen.column - 1)\" ySplit=\"\(frozen.row - 1)\" topLeftCell=\"\(frozen)\" activePane=\"bottomRight\" state=\"frozen\""
        return
            "<sheetViews><sheetView workbookViewId=\"0\"><pane \(split)/><selection pane=\"bottomRight\" activeCell=\"\(frozen)\" sqref=\"\(frozen)\"/>"
            + "</sheetView></sheetViews>"
    }

    private static func columns(_ sheet: SheetDraft) -> String {
        guard !sheet.widths.isEmpty else { return "" }
        let entries = sheet.widths.sorted { $0.key < $1.key }.map {
            "<col min=\"\($0.key)\" max=\"\($0.key)\" width=\"\($0.value)\" customWidth=\"1\"/>"
        }
        return "<cols>\(entries.joined())</cols>"
    }

    private static func rows(_ sheet: SheetDraft, _ styles: inout StyleTable) -> String {
        var text = ""
        for (row, cells) in sheet.cells.sorted(by: { $0.key < $1.key }) {
            let height = sheet.heights[row].map { " ht=\"\($0)\" customHeight=\"1\"" } ?? ""
            text += "<row r=\"\(row)\"\(height)\(sheet.hiddenRows.contains(row) ? " hidden=\"1\"" : "")>"
            for (column, cell) in cells.sorted(by: { $0.key < $1.key }) {
                text += self.cell(CellPlace(row: row, column: column), cell.content, style: styles.number(of: cell.look, cell.content))
            }
            text += "</row>"
        }
        return text
    }

    private static func cell(_ place: CellPlace, _ content: SheetDraft.Content, style: Int) -> String {
        let begin = "<c r=\"\(place)\" s=\"\(style)\""
        switch content {
        case .empty: return begin + "/>"
        case .text(let text): return begin + " t=\"inlineStr\"><is><t xml:space=\"preserve\">\(WorkbookWriter.escaped(text))</t></is></c>"
        case .number(let digits), .percent(let digits): return begin + "><v>\(WorkbookWriter.escaped(digits))</v></c>"
        case .serial(let number): return begin + "><v>\(number)</v></c>"
        case .boolean(let value): return begin + " t=\"b\"><v>\(value ? 1 : 0)</v></c>"
        case .error(let text): return begin + " t=\"e\"><v>\(WorkbookWriter.escaped(text))</v></c>"
        case .formula(let formula, let value):
            return begin + "><f>\(WorkbookWriter.escaped(formula))</f>\(value.map { "<v>\(WorkbookWriter.escaped($0))</v>" } ?? "")</c>"
        }
    }

    private static func merges(_ sheet: SheetDraft) -> String {
        guard !sheet.merged.isEmpty else { return "" }
        return "<mergeCells count=\"\(sheet.merged.count)\">\(sheet.merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined())</mergeCells>"
    }

    private static func validations(_ sheet: SheetDraft) -> String {
        guard !sheet.validations.isEmpty else { return "" }
        let entries = sheet.validations.map { validation in
            let texts = [
                ("errorTitle", validation.error.title, 32), ("error", validation.error.text, 255), ("promptTitle", validation.prompt.title, 32),
                ("prompt", validation.prompt.text, 255),
            ].map { " \($0.0)=\"\(WorkbookWriter.escaped(String($0.1.prefix($0.2))))\"" }.joined()
            return "<dataValidation type=\"custom\" errorStyle=\"stop\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"\(texts)"
                + " sqref=\"\(validation.area)\"><formula1>\(WorkbookWriter.escaped(validation.formula))</formula1></dataValidation>"
        }
        return "<dataValidations count=\"\(entries.count)\">\(entries.joined())</dataValidations>"
    }
}
