import Model

/// The figure of a group of agencies, and how it compares with what a source itself says of the group.
public enum RollupReport {
    public static let layout = ReportLayout(
        "rollup",
        [
            ReportColumn("group", "Phạm vi", "Group", "whose figures are added"),
            ReportColumn("numerator", "Tử số", "Numerator", "the sum of the agencies' numerators"),
            ReportColumn("denominator", "Mẫu số", "Denominator", "the sum of their denominators; empty for counts"),
            ReportColumn("percent", "Kết quả", "Figure", "the ratio of the sums in the indicator's unit; 2 decimals, half up"),
            ReportColumn("counted", "Số cơ quan", "Counted", "agencies whose counts are in the sums"),
            ReportColumn("missing", "Còn thiếu", "Missing", "agencies whose counts are not"),
            ReportColumn("days_covered", "Số ngày có", "Days covered", "the days that the worst-covered counted agency covers"),
            ReportColumn("state", "Tình trạng", "State", "figure, not-reported, unknown, nothing-to-count, inconsistent, definition-break"),
            ReportColumn("provisional", "Tạm tính", "Provisional", "yes while the period is open"),
            ReportColumn("reported_numerator", "Tử số do nguồn báo", "Reported numerator", "what was delivered for the group itself"),
            ReportColumn("reported_denominator", "Mẫu số do nguồn báo", "Reported denominator", "the same below the line"),
            ReportColumn("difference_numerator", "Chênh tử số", "Difference", "the reported numerator minus the sum"),
            ReportColumn("difference_denominator", "Chênh mẫu số", "Difference below", "the reported denominator minus the sum"),
        ])

    public static let missingLayout = ReportLayout(
        "rollup-missing",
        [
            ReportColumn("agency", "Mã", "Code", "the agency's code"),
            ReportColumn("name", "Cơ quan", "Agency", "its name"),
            ReportColumn("state", "Tình trạng", "State", "why its counts are not in the sums"),
        ])

    /// - Parameters:
    ///   - breaks: what came to the group from elsewhere in the period and is not in the sums.
    ///   - reported: the reading of the agency that stands for the group, from its own cells; nil when the group has none.
    ///   - missing: the readings that are not in the sums.
    public static func document(
        _ rollup: Rollup, breaks: [Succession], register: Register, reported: Reading?, missing: [(agency: Agency, reading: Reading)], group: String,
        indicator: Indicator, asOf: Instant?,
        language: Language
    ) -> Document {
        let sum = rollup.reading
        let own = reported.flatMap { $0.state == .notReported ? nil : $0 }
        let title = "\(indicator.title[language]) – \(sum.period.title(language))"
        let record = layout.record(
            title, language,
            [
                .text(group), .integer(sum.numerator), .integer(sum.denominator), sum.value(indicator.unit), .count(rollup.counted),
                .count(missing.count), .count(sum.coverage.days), sum.state.cell(language),
                .flag(sum.isProvisional, language, tone: sum.isProvisional ? .warning : .faint), .integer(own?.numerator),
                .integer(own?.denominator), .integer(difference(own?.numerator, sum.numerator)),
                .integer(difference(own?.denominator, sum.denominator)),
            ], notes: breaks.map { RegisterRemarks.breakNote($0, register, language) } + Remarks.of([sum], asOf: asOf, language))
        guard !missing.isEmpty else { return Document([.sheet(record)]) }
        let rows: [[Sheet.Value]] = missing.map { [.text($0.agency.code.text), .text($0.agency.name), $0.reading.state.cell(language)] }
        return Document([.sheet(record), .sheet(missingLayout.sheet(language.choose("Chưa có số liệu", "Not in the sums"), language, rows: rows))])
    }

    /// A rollup as this module needs it.
    public struct Rollup: Sendable {
        public let reading: Reading
        public let counted: Int

        public init(reading: Reading, counted: Int) {
            self.reading = reading
            self.counted = counted
        }
    }

    private static func difference(_ left: Int64?, _ right: Int64?) -> Int64? {
        guard let left, let right else { return nil }
        let (difference, overflow) = left.subtractingReportingOverflow(right)
        return overflow ? nil : difference
    }
}
