import Model

/// Which styles of a workbook show a number as a day or a percentage; everything else about looks is passed over.
struct CellStyles {
    enum Look: Hashable {
        case plain, percent, day
    }

    private var looks: [Look] = []

    /// A workbook without styles shows plain numbers.
    init() {}

    init(_ bytes: [UInt8], part: String, limits: WorkbookLimits) throws(SpreadsheetError) {
        var reader = try XMLReader(bytes, part: part, limits: limits)
        var formats: [Int: Look] = [:]
        var isInCells = false
        while let event = try reader.next() {
            switch event {
            case .start("numFmt", let attributes):
                guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { continue }
                formats[id] = CellStyles.look(ofCode: attributes["formatCode"] ?? "")
            case .start("cellXfs", _): isInCells = true
            case .end("cellXfs"): isInCells = false
            case .start("xf", let attributes) where isInCells:
                guard looks.count < limits.sharedTexts else { throw SpreadsheetError("has more than \(limits.sharedTexts) styles", at: part) }
                let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                looks.append(formats[id] ?? CellStyles.look(ofBuiltIn: id))
            default: continue
            }
        }
    }

    /// How a style shows numbers; a style that the workbook does not have shows them plainly.
    subscript(style: Int) -> Look { looks.indices.contains(style) ? looks[style] : .plain }

    /// The formats that have numbers and no code in the file (ECMA-376, 18.8.30, and those of East Asian versions).
    static func look(ofBuiltIn id: Int) -> Look {
        switch id {
        case 9, 10: .percent
        case 14...17, 22, 27...31, 34...36, 50...54, 57, 58: .day
        default: .plain
        }
    }

    /// A code shows a day when it names days, months or years outside quotes and brackets; `m` beside hours alone means minutes.
    static func look(ofCode code: String) -> Look {
        var letters = ""
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for character in code.lowercased() {
            switch character {
            case _ where isEscaped: isEscaped = false
            case "\"": isQuoted.toggle()
            case _ where isQuoted: continue
            case "\\", "_", "*": isEscaped = true
            case "[": isBracketed = true
            case "]": isBracketed = false
            case ";" where !isBracketed: return look(ofLetters: letters)
            case _ where isBracketed: continue
            default: letters.append(character)
            }
        }
        return look(ofLetters: letters)
    }

    private static func look(ofLetters letters: String) -> Look {
        guard !letters.hasPrefix("general") else { return .plain }
        if letters.contains("y") || letters.contains("d") || (letters.contains("m") && !letters.contains("h") && !letters.contains("s")) {
            return .day
        }
        return letters.contains("%") ? .percent : .plain
    }

    /// The day behind a number. Excel counts from 31 December 1899 and believes in 29 February 1900; the other system, of old Macs, counts
    /// from 1 January 1904. Nil outside the days that can be counted; a time of day is dropped.
    static func day(serial digits: String, uses1904: Bool) -> Day? {
        guard let number = Double(digits), number >= 0, number < 3_000_000 else { return nil }
        let serial = Int(number.rounded(.down))
        guard let first = Day(year: 1904, month: 1, day: 1), let last = Day(year: 1899, month: 12, day: 31) else { return nil }
        if uses1904 { return first + serial }
        guard serial != 60, serial > 0 else { return nil }
        return last + (serial > 60 ? serial - 1 : serial)
    }
}
