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
    ///
    /// As of an instant, only what is certain to be of then is shown: how often a finding had been seen is kept for the time when its words changed
    /// alone, so for one that came back in the same words it is left empty.
    public static func sheet(_ records: [FindingRecord], asOf: Instant? = nil, language: Language) -> Sheet {
        let cameBack = records.filter { record in asOf.map { record.lastSeen > $0 } ?? false }
        let later = Set(cameBack.map(\.id))
        let rows = records.map { record in
            let isCertain = !later.contains(record.id)
            return row(
                record.finding, number: .integer(record.id),
                count: isCertain ? .count(record.count) : .missing, firstSeen: .instant(record.firstSeen),
                lastSeen: isCertain ? .instant(record.lastSeen) : .missing, delivery: isCertain ? .text(record.delivery?.description) : .missing,
                language)
        }
        var notes = remedies(records.map(\.finding.kind), language)
        if !later.isEmpty {
            notes.append(
                language.choose(
                    "\(later.count) phát hiện xuất hiện lại sau thời điểm đó: số lần và lần cuối khi ấy không còn lưu nên để trống.",
                    "\(later.count == 1 ? "1 finding" : "\(later.count) findings") came back after that moment: how often and when last by then "
                        + "is not kept, and left empty."))
        }
        if let asOf { notes.append(Remarks.known(asOf, language)) }
        return layout.sheet(language.choose("Phát hiện", "Findings"), language, rows: rows, notes: notes)
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
            .day(finding.range?.last), .text(finding.place), FindingWords.cell(finding.found, FindingWords.found, language),
            FindingWords.cell(finding.expected, FindingWords.expected, language), count, firstSeen, lastSeen, delivery,
        ]
    }

    private static func remedies(_ kinds: [Finding.Kind], _ language: Language) -> [String] {
        let present = Set(kinds)
        return Finding.Kind.allCases.filter(present.contains).map { "\($0.title(language)): \($0.remedy(language))" }
    }
}
