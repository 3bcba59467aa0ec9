extension Period {
    /// The period that people write as "Tháng 8/2026", "8/2026", "Quý III/2026", "6 tháng đầu năm 2026", "Năm 2026", "Tuần 32/2026",
    /// "15/8/2026", or as its id. Capitals, tones and blanks do not matter, because terminals and keyboards often lack tones.
    ///
    /// Titles of calendar periods in Vietnamese are read back as themselves; the days that a title of `admin15` adds are not.
    public init?(typed text: String, scheme: PeriodScheme = .calendar) {
        let id = Period(text, scheme: scheme) == nil ? Period.id(typed: text) : text
        guard let id else { return nil }
        self.init(id, scheme: scheme)
    }

    private static let plainWords = ["tháng": "thang", "quý": "quy", "năm": "nam", "tuần": "tuan", "ngày": "ngay", "đầu": "dau", "cuối": "cuoi"]
    private static let quarters = ["i": 1, "ii": 2, "iii": 3, "iv": 4]

    /// The id of what was typed; whether there is such a period is for the id's own reader to say.
    private static func id(typed text: String) -> String? {
        let words = text.lowercased().split { $0.isWhitespace || $0 == "/" }.map { plainWords[String($0)] ?? String($0) }
        guard let year = words.last, year.utf8.count == 4 else { return nil }
        // "Tháng 8 năm 2026" is "Tháng 8/2026"; "6 tháng đầu năm 2026" keeps its words.
        let name = words.count == 4 && words[2] == "nam" ? Array(words.prefix(2)) : Array(words.dropLast())
        switch name.count {
        case 1: return name[0] == "nam" ? year : number(name[0]).map { "\(year)-\($0)" }
        case 2: return id(of: name[0], name[1], year)
        default: break
        }
        switch name.joined(separator: " ") {
        case "6 thang dau nam": return "\(year)-H1"
        case "6 thang cuoi nam": return "\(year)-H2"
        case "9 thang dau nam": return "\(year)-9M"
        default: return name.count == 3 && name[0] == "ngay" ? day(name[1], name[2], year) : nil
        }
    }

    private static func id(of kind: String, _ place: String, _ year: String) -> String? {
        switch kind {
        case "thang": number(place).map { "\(year)-\($0)" }
        case "tuan": number(place).map { "\(year)-W\($0)" }
        case "quy": (quarters[place] ?? (place.utf8.count == 1 ? Int(place) : nil)).map { "\(year)-Q\($0)" }
        default: day(kind, place, year)
        }
    }

    private static func day(_ day: String, _ month: String, _ year: String) -> String? {
        guard let day = number(day), let month = number(month) else { return nil }
        return "\(year)-\(month)-\(day)"
    }

    /// One or two digits, as the two of an id.
    private static func number(_ text: String) -> String? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(text)?.padded(to: 2)
    }
}
