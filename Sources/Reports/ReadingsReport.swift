import Model

/// The indicators of one agency.
public enum ReadingsReport {
    public static let layout = ReportLayout(
        "readings",
        [
            ReportColumn("indicator", "Chỉ số", "Indicator", "the indicator's id", isDetail: true),
            ReportColumn("title", "Tên chỉ số", "Title", "its title in the language asked for"),
            ReportColumn("period", "Kỳ", "Period", "the period's id, 2026-08"),
            ReportColumn("scheme", "Cách tính kỳ", "Scheme", "calendar or admin15 (15th to 14th)", isDetail: true),
            ReportColumn("numerator", "Tử số", "Numerator", "what was counted above the line"),
            ReportColumn("denominator", "Mẫu số", "Denominator", "what was counted below the line; empty for counts and days"),
            ReportColumn("percent", "Kết quả", "Figure", "the figure in the indicator's unit, in percent for most; 2 decimals, half up"),
            ReportColumn("reported_percent", "Nguồn công bố", "Source's own", "the percentage that the source itself printed, with its decimals"),
            ReportColumn("coverage", "Bao phủ", "Coverage", "the share of the period's days that the counts cover, in whole percent, cut off"),
            ReportColumn("state", "Tình trạng", "State", "figure, not-reported, unknown, nothing-to-count, inconsistent, definition-break"),
            ReportColumn("provisional", "Tạm tính", "Provisional", "yes while the period is open", isDetail: true),
            ReportColumn(
                "definition", "Phiên bản", "Definition", "the version of the definition used; 0 when it changed within the period", isDetail: true),
            ReportColumn("days_covered", "Số ngày có", "Days covered", "the days of the period that the counts cover", isDetail: true),
            ReportColumn("days", "Số ngày", "Days", "the days of the period", isDetail: true),
            ReportColumn("mixed", "Ghép", "Mixed", "yes when counts of different granularity fill the period", isDetail: true),
        ])

    /// Readings of indicators that are no longer configured keep their id and are printed as plain counts.
    /// - Parameter remarks: what must be known of the agency in these periods.
    public static func sheet(
        _ readings: [Reading], of agency: Agency, indicators: [Indicator], remarks: [String] = [], asOf: Instant? = nil, language: Language
    ) -> Sheet {
        let known = Dictionary(indicators.map { ($0.id, $0) }) { first, _ in first }
        let rows: [[Sheet.Value]] = readings.map { reading in
            let indicator = known[reading.indicator]
            return [
                .text(reading.indicator), .text(indicator?.title[language]), reading.period.cell(language), reading.period.scheme.cell(language),
                .integer(reading.numerator), .integer(reading.denominator), indicator.map { reading.value($0.unit) } ?? .missing,
                .percent(reading.reportedPercent), .percent(reading.coverage.percent), reading.state.cell(language),
                .flag(reading.isProvisional, language, tone: reading.isProvisional ? .warning : .faint), .count(reading.definitionVersion),
                .count(reading.coverage.days), .count(reading.coverage.of),
                .flag(reading.isMixed, language, tone: reading.isMixed ? .warning : .faint),
            ]
        }
        return layout.sheet("\(agency.name) (\(agency.code))", language, rows: rows, notes: remarks + Remarks.of(readings, asOf: asOf, language))
    }
}
