import Model

/// What a source's answer would store, when it is tried out.
public enum TrialReport {
    public static let layout = ReportLayout(
        "trial",
        [
            ReportColumn("agency", "Mã", "Code", "the agency's code"),
            ReportColumn("name", "Cơ quan", "Agency", "its name in those days"),
            ReportColumn("measure", "Chỉ tiêu", "Measure", "the measure's id"),
            ReportColumn("from", "Từ ngày", "From", "the first day"),
            ReportColumn("through", "Đến ngày", "Through", "the last day, inclusive"),
            ReportColumn("value", "Giá trị", "Value", "the exact value; empty when the source says it does not know"),
        ])

    /// The observations that would be stored and the findings that would be noted; nothing has been stored.
    public static func document(
        source: String, observations: [Observation], findings: [Finding], measures: [MeasureID: Measure], register: Register, language: Language
    ) -> Document {
        let rows: [[Sheet.Value]] = observations.map { observation in
            let cell = observation.cell
            return [
                .text(cell.agency.text), .text(register.agency(cell.agency, in: cell.range)?.name), .text(cell.measure.text), .day(cell.range.start),
                .day(cell.range.last), SeriesReport.value(observation.value, measures[cell.measure]),
            ]
        }
        let refused = findings.count { $0.kind.isRefusal }
        let summary = language.choose(
            "Thử nguồn \(source): sẽ ghi nhận \(rows.count) giá trị, từ chối \(refused), \(findings.count) phát hiện. Chưa ghi gì vào kho.",
            "Trial of \(source): \(rows.count) values would be stored, \(refused) refused, \(findings.count) findings. Nothing was stored.")
        return Document([
            .sheet(layout.sheet(language.choose("Giá trị sẽ ghi nhận", "Values that would be stored"), language, rows: rows)),
            .sheet(FindingsReport.sheet(trial: findings, language: language)),
            .text(summary),
        ])
    }
}
