import Model

/// What an operator should know: values refused, figures in doubt, sources in trouble.
public enum FindingsReport {
    public static let layout = ReportLayout(
        "findings",
        [
            ReportColumn("finding", "Số", "No.", "the finding's number; empty in a trial"),
            ReportColumn("kind", "Phát hiện", "Finding", "the kind, such as unknown-agency"),
            ReportColumn("source", "Nguồn", "Source", "the source's id; empty for findings about urging"),
            ReportColumn("agency", "Cơ quan", "Agency", "the agency as the source wrote it, or its code"),
            ReportColumn("measure", "Chỉ tiêu", "Measure", "a measure or indicator", isDetail: true),
            ReportColumn("from", "Từ ngày", "From", "the first day it concerns", isDetail: true),
            ReportColumn("through", "Đến ngày", "Through", "the last day it concerns, inclusive", isDetail: true),
            ReportColumn("place", "Vị trí", "Place", "where in the delivery", isDetail: true),
            ReportColumn("found", "Có", "Found", "what was found"),
            ReportColumn("expected", "Cần", "Expected", "what was expected"),
            ReportColumn("count", "Số lần", "Count", "how often it was seen", isDetail: true),
            ReportColumn("first_seen", "Lần đầu", "First seen", "when it was first seen", isDetail: true),
            ReportColumn("last_seen", "Lần cuối", "Last seen", "when it was last seen"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "the newest delivery that showed it", isDetail: true),
        ])

    /// In the order given. Each kind that appears is followed by what to do about it.
    public static func sheet(_ records: [FindingRecord], language: Language) -> Sheet {
        let rows = records.map { record in
            row(
                record.finding, number: .integer(record.id), count: .count(record.count), firstSeen: .instant(record.firstSeen),
                lastSeen: .instant(record.lastSeen), delivery: .text(record.delivery?.description), language)
        }
        return layout.sheet(
            language.choose("Phát hiện", "Findings"), language, rows: rows, notes: remedies(records.map(\.finding.kind), language))
    }

    /// The findings of a trial, which have no number yet.
    static func sheet(trial findings: [Finding], language: Language) -> Sheet {
        let rows = findings.map {
            row($0, number: .missing, count: .missing, firstSeen: .missing, lastSeen: .missing, delivery: .missing, language)
        }
        return layout.sheet(language.choose("Phát hiện", "Findings"), language, rows: rows, notes: remedies(findings.map(\.kind), language))
    }

    private static func row(
        _ finding: Finding, number: Sheet.Value, count: Sheet.Value, firstSeen: Sheet.Value, lastSeen: Sheet.Value, delivery: Sheet.Value,
        _ language: Language
    ) -> [Sheet.Value] {
        [
            number, finding.kind.cell(language), .text(finding.source), .text(finding.agency), .text(finding.measure), .day(finding.range?.start),
            .day(finding.range?.last), .text(finding.place), .text(finding.found), .text(finding.expected), count, firstSeen, lastSeen, delivery,
        ]
    }

    private static func remedies(_ kinds: [Finding.Kind], _ language: Language) -> [String] {
        let present = Set(kinds)
        return Finding.Kind.allCases.filter(present.contains).map { "\($0.title(language)): \($0.remedy(language))" }
    }
}
