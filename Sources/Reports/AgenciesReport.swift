import Model

/// The register: who reports, since when, and who gets the letters.
public enum AgenciesReport {
    public static let layout = ReportLayout(
        "agencies",
        [
            ReportColumn("agency", "Mã", "Code", "the agency's code"),
            ReportColumn("name", "Cơ quan", "Agency", "its name"),
            ReportColumn("level", "Cấp", "Level", "province, department, district, commune"),
            ReportColumn("parent", "Trực thuộc", "Parent", "the code of the agency above it"),
            ReportColumn("valid_from", "Từ ngày", "From", "the first day it exists", isDetail: true),
            ReportColumn("valid_through", "Đến ngày", "Through", "the last day it exists, inclusive; empty while it does"),
            ReportColumn("contacts", "Nhận thư", "Contacts", "the addresses its letters go to, separated by |"),
            ReportColumn("aliases", "Tên gọi khác", "Aliases", "other names that sources use for it, separated by |", isDetail: true),
        ])

    public static func sheet(_ agencies: [Agency], on day: Day?, language: Language) -> Sheet {
        let title =
            day.map { language.choose("Cơ quan, đơn vị ngày \($0.vietnamese)", "Agencies on \($0)") }
            ?? language.choose("Cơ quan, đơn vị", "Agencies")
        return layout.sheet(title, language, rows: agencies.map { row($0, language) }, notes: [count(agencies.count, language)])
    }

    /// One code with all its entries over time, what it took over and passed on, and who answers for it today.
    public static func document(
        code: AgencyCode, entries: [Agency], successions: [Succession], answerable: [Agency], on day: Day, language: Language
    ) -> Document {
        let entrySheets = entries.map { Document.Block.sheet(layout.record("\($0.name) (\($0.code))", language, row($0, language))) }
        let who = answering(for: code, answerable, on: day, language)
        return Document(entrySheets + [.sheet(SuccessionsReport.sheet(successions, language: language)), .text(who)])
    }

    /// Who answers on a day for what a code once did.
    static func answering(for code: AgencyCode, _ answerable: [Agency], on day: Day, _ language: Language) -> String {
        let names = answerable.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")
        let shown = Sheet.Value.day(day).words(language)
        return answerable.isEmpty
            ? language.choose("Ngày \(shown) không có cơ quan nào kế thừa \(code).", "On \(shown) no agency answers for \(code).")
            : language.choose("Cơ quan chịu trách nhiệm ngày \(shown): \(names).", "Answering for it on \(shown): \(names).")
    }

    private static func row(_ agency: Agency, _ language: Language) -> [Sheet.Value] {
        [
            .text(agency.code.text), .text(agency.name), agency.level.cell(language), .text(agency.parent?.text), .day(agency.validFrom),
            .day(agency.validTo.map { $0 - 1 }), .text(agency.contacts.joined(separator: "|")), .text(agency.aliases.joined(separator: "|")),
        ]
    }

    private static func count(_ count: Int, _ language: Language) -> String {
        language.choose("\(count) cơ quan, đơn vị.", count == 1 ? "1 agency." : "\(count) agencies.")
    }
}

/// Which agency's functions passed to which.
public enum SuccessionsReport {
    public static let layout = ReportLayout(
        "successions",
        [
            ReportColumn("predecessor", "Cơ quan trước", "Predecessor", "the code whose functions passed on"),
            ReportColumn("successor", "Cơ quan kế thừa", "Successor", "the code that took them over"),
            ReportColumn("effective", "Từ ngày", "Effective", "the first day on which the successor answers"),
            ReportColumn("measures", "Chỉ tiêu", "Measures", "the measures that moved, separated by |; empty for all"),
            ReportColumn("note", "Căn cứ", "Note", "the decision behind it"),
        ])

    public static func sheet(_ successions: [Succession], language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = successions.sorted { ($0.effective, $0.predecessor, $0.successor) < ($1.effective, $1.predecessor, $1.successor) }
            .map { succession in
                [
                    .text(succession.predecessor.text), .text(succession.successor.text), .day(succession.effective),
                    .text(succession.measures.map(\.text).joined(separator: "|")), .text(succession.note),
                ]
            }
        return layout.sheet(language.choose("Kế thừa", "Successions"), language, rows: rows)
    }
}
