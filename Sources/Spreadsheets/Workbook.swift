import Model

/// An Excel workbook (XLSX, ECMA-376) as far as counts need it: sheets with their cells. Looks, charts, macros and links are passed over;
/// formulas are what they came to when the file was saved.
public struct Workbook: Sendable {
    /// In the order of their tabs, hidden ones among them.
    public let sheets: [Worksheet]

    /// Reads all sheets, or only the one that `wanted` picks among their names; a sheet that is not read has no cells.
    public init(
        _ bytes: [UInt8], limits: WorkbookLimits = WorkbookLimits(), only wanted: ([SheetName]) -> Set<Int>? = { _ in nil }
    ) throws(SpreadsheetError) {
        if let other = Workbook.otherKind(bytes) { throw SpreadsheetError(other) }
        var archive = try ZIPArchive(bytes, limits: limits)
        guard archive.names.contains("[Content_Types].xml") else { throw SpreadsheetError(Workbook.notASpreadsheet(&archive)) }
        let main = try Workbook.mainPart(&archive, limits)
        let folder = main.split(separator: "/").dropLast().map { "\($0)/" }.joined()
        let outline = try Outline(try Workbook.required(main, &archive), part: main, limits: limits)
        let file = main.split(separator: "/").last.map(String.init) ?? main
        let relations = try Relations(&archive, of: "\(folder)_rels/\(file).rels", folder: folder, limits)
        let texts = try relations.part(ofType: "sharedStrings").flatMap { part throws(SpreadsheetError) in
            try archive.contents(of: part).map { bytes throws(SpreadsheetError) in try SharedTexts(bytes, part: part, limits: limits) }
        }
        let styles = try relations.part(ofType: "styles").flatMap { part throws(SpreadsheetError) in
            try archive.contents(of: part).map { bytes throws(SpreadsheetError) in try CellStyles(bytes, part: part, limits: limits) }
        }
        let reader = WorksheetReader(texts: texts ?? SharedTexts(), styles: styles ?? CellStyles(), uses1904: outline.uses1904, limits: limits)
        let picked = wanted(
            outline.sheets.enumerated().map { SheetName(number: $0.offset + 1, name: $0.element.name, isHidden: $0.element.isHidden) })
        var budget = limits.cells
        var read: [Worksheet] = []
        for (index, entry) in outline.sheets.enumerated() {
            var sheet = Worksheet(number: index + 1, name: entry.name, isHidden: entry.isHidden)
            if picked?.contains(index + 1) ?? true, let part = relations.part(entry.relation), part.isSheet {
                try reader.read(try Workbook.required(part.path, &archive), into: &sheet, part: part.path, budget: &budget)
            }
            read.append(sheet)
        }
        sheets = read
    }

    /// Whether bytes may be a workbook: a ZIP file.
    public static func isLikely(_ bytes: [UInt8]) -> Bool { ZIPArchive.isLikely(bytes) }

    /// What bytes are that people send for a workbook, and what to do with them; nil for a ZIP file.
    private static func otherKind(_ bytes: [UInt8]) -> LocalizedText? {
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            return LocalizedText(
                vietnamese: "đây là bảng tính Excel 97–2003 (.xls) hoặc có mật khẩu; hãy mở ra và lưu lại dạng .xlsx, không đặt mật khẩu",
                english: "this is a workbook of Excel 97 to 2003 (.xls), or one with a password; open it and save it as .xlsx without a password")
        }
        return ZIPArchive.isLikely(bytes)
            ? nil : LocalizedText(vietnamese: "đây không phải bảng tính Excel (.xlsx)", english: "this is not an Excel workbook (.xlsx)")
    }

    private static func notASpreadsheet(_ archive: inout ZIPArchive) -> LocalizedText {
        // What cannot be read as a name of a kind is no kind that can be named.
        let kind = (try? archive.contents(of: "mimetype")).flatMap { $0 }.map { String(decoding: $0.prefix(100), as: UTF8.self) } ?? ""
        return kind.contains("opendocument")
            ? LocalizedText(
                vietnamese: "đây là tệp OpenDocument (.ods); hãy lưu lại dạng .xlsx", english: "this is an OpenDocument file (.ods); save it as .xlsx"
            )
            : LocalizedText(
                vietnamese: "đây là tệp nén ZIP, không phải bảng tính Excel (.xlsx)", english: "this is a ZIP file and not an Excel workbook (.xlsx)")
    }

    private static func mainPart(_ archive: inout ZIPArchive, _ limits: WorkbookLimits) throws(SpreadsheetError) -> String {
        let relations = try Relations(&archive, of: "_rels/.rels", folder: "", limits)
        guard let part = relations.part(ofType: "officeDocument") else { throw SpreadsheetError("this is not an Excel workbook (.xlsx)") }
        return part
    }

    private static func required(_ part: String, _ archive: inout ZIPArchive) throws(SpreadsheetError) -> [UInt8] {
        guard let bytes = try archive.contents(of: part) else {
            throw SpreadsheetError("the file is damaged: its part '\(part.prefix(60))' is missing")
        }
        return bytes
    }
}

/// How a workbook announces one of its sheets.
public struct SheetName: Hashable, Sendable {
    /// In the order of the tabs, from 1.
    public let number: Int
    public let name: String
    public let isHidden: Bool

    public init(number: Int, name: String, isHidden: Bool) {
        self.number = number
        self.name = name
        self.isHidden = isHidden
    }
}

/// The part that names the sheets.
private struct Outline {
    var sheets: [(name: String, isHidden: Bool, relation: String)] = []
    var uses1904 = false

    init(_ bytes: [UInt8], part: String, limits: WorkbookLimits) throws(SpreadsheetError) {
        var reader = try XMLReader(bytes, part: part, limits: limits)
        var isWorkbook = false
        while let event = try reader.next() {
            switch event {
            case .start("workbook", _): isWorkbook = true
            case .start("workbookPr", let attributes): uses1904 = ["1", "true"].contains(attributes["date1904"])
            case .start("sheet", let attributes):
                guard sheets.count < limits.sheets else { throw SpreadsheetError("the file has more than \(limits.sheets) sheets") }
                let relation = attributes["r:id"] ?? attributes.first { $0.key.hasSuffix(":id") }?.value ?? ""
                sheets.append((String((attributes["name"] ?? "").prefix(100)), (attributes["state"] ?? "visible") != "visible", relation))
            default: continue
            }
        }
        guard isWorkbook else { throw SpreadsheetError("this is not an Excel workbook (.xlsx)") }
    }
}

/// Which parts a part refers to.
private struct Relations {
    private var targets: [String: (path: String, type: String)] = [:]
    private var firstOfType: [String: String] = [:]

    init(_ archive: inout ZIPArchive, of part: String, folder: String, _ limits: WorkbookLimits) throws(SpreadsheetError) {
        guard let bytes = try archive.contents(of: part) else {
            throw SpreadsheetError("the file is damaged: its part '\(part.prefix(60))' is missing")
        }
        var reader = try XMLReader(bytes, part: part, limits: limits)
        while let event = try reader.next() {
            guard case .start("Relationship", let attributes) = event, attributes["TargetMode"] != "External" else { continue }
            let target = attributes["Target"] ?? ""
            // Names of entries, never of files: a path that leads elsewhere is simply not among them.
            let path = target.hasPrefix("/") ? String(target.dropFirst()) : folder + target
            let type = (attributes["Type"] ?? "").split(separator: "/").last.map(String.init) ?? ""
            targets[attributes["Id"] ?? ""] = (path, type)
            if firstOfType[type] == nil { firstOfType[type] = path }
        }
    }

    func part(ofType type: String) -> String? { firstOfType[type] }

    func part(_ id: String) -> (path: String, isSheet: Bool)? { targets[id].map { ($0.path, $0.type == "worksheet") } }
}
