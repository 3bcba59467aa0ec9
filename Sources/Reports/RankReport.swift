import Model

/// An agency's place in the ranking by one indicator.
public struct RankEntry: Hashable, Sendable {
    /// Equal figures share a place; nil for readings without a figure, which stand last.
    public let rank: Int?
    public let agency: Agency
    public let reading: Reading

    public init(rank: Int?, agency: Agency, reading: Reading) {
        self.rank = rank
        self.agency = agency
        self.reading = reading
    }
}

/// The agencies in order of one indicator over one period.
public enum RankReport {
    public static let layout = ReportLayout(
        "rank",
        [
            ReportColumn("rank", "Hạng", "Rank", "place from 1, the best first; empty without a figure"),
            ReportColumn("agency", "Mã", "Code", "the agency's code"),
            ReportColumn("name", "Cơ quan", "Agency", "its name in the period"),
            ReportColumn("level", "Cấp", "Level", "province, department, district, commune"),
            ReportColumn("numerator", "Tử số", "Numerator", "what was counted above the line"),
            ReportColumn("denominator", "Mẫu số", "Denominator", "what was counted below the line; empty for counts and days"),
            ReportColumn("percent", "Kết quả", "Figure", "the figure in the indicator's unit, in percent for most; 2 decimals, half up"),
            ReportColumn("coverage", "Bao phủ", "Coverage", "the share of the period's days that the counts cover, in whole percent, cut off"),
            ReportColumn("state", "Tình trạng", "State", "figure, not-reported, unknown, nothing-to-count, inconsistent, definition-break"),
            ReportColumn("provisional", "Tạm tính", "Provisional", "yes while the period is open", isDetail: true),
            ReportColumn(
                "definition", "Phiên bản", "Definition", "the version of the definition used; 0 when it changed within the period", isDetail: true),
            ReportColumn("days_covered", "Số ngày có", "Days covered", "the days of the period that the counts cover", isDetail: true),
            ReportColumn("mixed", "Ghép", "Mixed", "yes when counts of different granularity fill the period", isDetail: true),
        ])

    /// The entries as they come: their order and places are the asker's business.
    public static func sheet(_ entries: [RankEntry], of indicator: Indicator, over period: Period, asOf: Instant? = nil, language: Language) -> Sheet
    {
        let rows: [[Sheet.Value]] = entries.map { entry in
            let reading = entry.reading
            return [
                .integer(entry.rank.map(Int64.init)), .text(entry.agency.code.text), .text(entry.agency.name), entry.agency.level.cell(language),
                .integer(reading.numerator), .integer(reading.denominator), reading.value(indicator.unit), .percent(reading.coverage.percent),
                reading.state.cell(language), .flag(reading.isProvisional, language, tone: reading.isProvisional ? .warning : .faint),
                .count(reading.definitionVersion), .count(reading.coverage.days),
                .flag(reading.isMixed, language, tone: reading.isMixed ? .warning : .faint),
            ]
        }
        let title = "\(indicator.title[language]) – \(period.title(language))"
        var notes = [indicator.direction.title(language) + "."]
        if let wording = indicator.definition(over: period.range)?.wording[language], !wording.isEmpty { notes.append(wording) }
        return layout.sheet(title, language, rows: rows, notes: notes + Remarks.of(entries.map(\.reading), asOf: asOf, language))
    }
}

/// Remarks that a reader of figures must not miss.
enum Remarks {
    static func of(_ readings: [Reading], asOf: Instant?, _ language: Language) -> [String] {
        var remarks: [String] = []
        if readings.contains(where: \.isProvisional) {
            remarks.append(language.choose("Số liệu tạm tính: kỳ chưa kết thúc.", "Provisional: the period is still open."))
        }
        if readings.contains(where: { $0.state == .definitionBreak }) {
            remarks.append(
                language.choose(
                    "Kỳ có thay đổi định nghĩa không được tính; xem dondoc indicators show và chọn kỳ nằm trọn trong một phiên bản.",
                    "Nothing is computed for a period in which the definition changes; see dondoc indicators show and name a period within one version."
                ))
        }
        if readings.contains(where: \.isMixed) {
            remarks.append(
                language.choose(
                    "Một số kỳ được ghép từ số liệu có mức chi tiết khác nhau (ngày, tuần, tháng…).",
                    "Some periods are put together from counts of different granularity (days, weeks, months …)."))
        }
        if let asOf { remarks.append(known(asOf, language)) }
        return remarks
    }

    static func known(_ asOf: Instant, _ language: Language) -> String {
        let moment = Sheet.Value.instant(asOf).words(language)
        return language.choose("Theo số liệu đã biết đến \(moment).", "As the figures were known at \(moment).")
    }
}
