import Model

/// The register through time: the hierarchy of a day, and what happened to one agency.
public enum AgencyTimeReport {
    public static let treeLayout = ReportLayout(
        "agency-tree",
        [
            ReportColumn("agency", "Mã", "Code", "the agency's code"),
            ReportColumn("name", "Cơ quan", "Agency", "its name, moved to the right by its place in the hierarchy"),
            ReportColumn("level", "Cấp", "Level", "province, department, district, commune"),
            ReportColumn("depth", "Bậc", "Depth", "how many agencies stand above it", isDetail: true),
            ReportColumn("valid_from", "Từ ngày", "From", "the first day it exists", isDetail: true),
            ReportColumn("formed_from", "Hình thành từ", "Formed from", "the codes whose functions it has taken over by that day, separated by |"),
            ReportColumn("passes_to", "Chuyển cho", "Passes to", "the codes that take over its functions later, separated by |"),
        ])

    public static let historyLayout = ReportLayout(
        "agency-history",
        [
            ReportColumn("day", "Ngày", "Day", "the first day on which it is so"),
            ReportColumn("event", "Sự kiện", "Event", "begins, ends, takes-over, receives, passes-on, gives"),
            ReportColumn("agency", "Mã", "Code", "the other agency's code; for begins and ends its own"),
            ReportColumn("name", "Cơ quan", "Agency", "the name"),
            ReportColumn("measures", "Chỉ tiêu", "Measures", "the measures that moved, separated by |; empty for all functions"),
            ReportColumn("note", "Căn cứ", "Note", "the decision behind it"),
        ])

    public static func tree(_ register: Register, on day: Day, language: Language) -> Sheet {
        let tree = register.tree(on: day)
        let rows: [[Sheet.Value]] = tree.map { agency, depth in
            let before = register.successions.filter { $0.successor == agency.code && $0.effective <= day }.map(\.predecessor.text)
            let after = register.successions.filter { $0.predecessor == agency.code && $0.effective > day }.map(\.successor.text)
            // No-break spaces, which no renderer takes for the padding of a column.
            let name = String(repeating: "\u{A0}\u{A0}", count: depth) + agency.name
            return [
                .text(agency.code.text), .text(name), agency.level.cell(language), .count(depth), .day(agency.validFrom),
                .text(before.sorted().joined(separator: "|")), .text(after.sorted().joined(separator: "|")),
            ]
        }
        let count = language.choose("\(tree.count) cơ quan, đơn vị.", tree.count == 1 ? "1 agency." : "\(tree.count) agencies.")
        let shown = Sheet.Value.day(day).words(language)
        return treeLayout.sheet(
            language.choose("Hệ thống cơ quan ngày \(shown)", "Agencies on \(shown)"), language, rows: rows, notes: [count])
    }

    public static func history(of code: AgencyCode, _ register: Register, answerable: [Agency], on day: Day, language: Language) -> Document {
        let rows: [[Sheet.Value]] = register.history(of: code).map { event in
            [
                .day(event.day), .code(event.kind.rawValue, title: event.kind.title(language), tone: .plain), .text(event.code.text),
                .text(event.name),
                .text(event.measures.map(\.text).joined(separator: "|")), .text(event.note),
            ]
        }
        let name = register.newest(code)?.name ?? code.text
        let sheet = historyLayout.sheet(language.choose("Lịch sử \(name) (\(code))", "History of \(name) (\(code))"), language, rows: rows)
        return Document([.sheet(sheet), .text(AgenciesReport.answering(for: code, answerable, on: day, language))])
    }
}

extension RegisterEvent.Kind {
    func title(_ language: Language) -> String {
        switch self {
        case .begins: language.choose("Bắt đầu hoạt động", "Begins")
        case .ends: language.choose("Kết thúc hoạt động", "Ends")
        case .takesOver: language.choose("Tiếp nhận toàn bộ từ", "Takes over all from")
        case .receives: language.choose("Tiếp nhận một số chỉ tiêu từ", "Receives measures from")
        case .passesOn: language.choose("Chuyển toàn bộ cho", "Passes all to")
        case .gives: language.choose("Chuyển một số chỉ tiêu cho", "Gives measures to")
        }
    }
}
