import Model

/// A row of a trend: a reading, or a place where the series is broken.
public enum TrendRow: Hashable, Sendable {
    case reading(Reading)
    case gap(SeriesBreak)
}

/// Where an indicator's definition changes, so that figures on both sides are not one series.
public struct SeriesBreak: Hashable, Sendable {
    /// The first day of the new definition, or the first one without any.
    public let day: Day?
    /// The versions before and after; nil where there is no definition.
    public let from: Int?
    public let to: Int?
    /// The periods across it, for which no figure is computed.
    public let refused: [Period]
    /// The periods that no definition touches at all.
    public let uncovered: [Period]
    /// The last period before it and the first after it.
    public let previous: Period?
    public let next: Period?

    public init(day: Day?, from: Int?, to: Int?, refused: [Period], uncovered: [Period] = [], previous: Period?, next: Period?) {
        self.day = day
        self.from = from
        self.to = to
        self.refused = refused
        self.uncovered = uncovered
        self.previous = previous
        self.next = next
    }
}

/// One indicator of one agency, period by period.
public enum TrendReport {
    public static let layout = ReportLayout(
        "trend",
        [
            ReportColumn("row", "Loại", "Row", "reading, or break: the definition changes here and figures on both sides are not one series"),
            ReportColumn("period", "Kỳ", "Period", "the period's id; of a break those without a figure, separated by blanks"),
            ReportColumn("scheme", "Cách tính kỳ", "Scheme", "calendar or admin15 (15th to 14th)", isDetail: true),
            ReportColumn("from", "Từ ngày", "From", "the first day of the period; of a break the first day after the change", isDetail: true),
            ReportColumn("through", "Đến ngày", "Through", "its last day, inclusive", isDetail: true),
            ReportColumn("numerator", "Tử số", "Numerator", "what was counted above the line"),
            ReportColumn("denominator", "Mẫu số", "Denominator", "what was counted below the line; empty for counts and days"),
            ReportColumn("percent", "Kết quả", "Figure", "the figure in the indicator's unit, in percent for most; 2 decimals, half up"),
            ReportColumn("reported_percent", "Nguồn công bố", "Source's own", "the percentage that the source itself printed", isDetail: true),
            ReportColumn("coverage", "Bao phủ", "Coverage", "the share of the period's days that the counts cover, in whole percent, cut off"),
            ReportColumn("days_covered", "Số ngày có", "Days covered", "the days of the period that the counts cover", isDetail: true),
            ReportColumn("days", "Số ngày", "Days", "the days of the period", isDetail: true),
            ReportColumn(
                "state", "Tình trạng", "State",
                "figure, not-reported, unknown, nothing-to-count, inconsistent; of a break definition-break"),
            ReportColumn("provisional", "Tạm tính", "Provisional", "yes while the period is open"),
            ReportColumn("mixed", "Ghép", "Mixed", "yes when counts of different granularity fill the period", isDetail: true),
            ReportColumn("definition", "Phiên bản", "Definition", "the version of the definition used; of a break the one after it"),
        ])

    /// The rows in the order given; `cutBefore` and `cutAfter` are the breaks at which the series was cut, with how to go on.
    public static func sheet(
        _ rows: [TrendRow], of indicator: Indicator, agency: Agency, cutBefore: SeriesBreak?, cutAfter: SeriesBreak?, remarks: [String] = [],
        asOf: Instant? = nil, language: Language
    ) -> Sheet {
        let readings = rows.compactMap { row in if case .reading(let reading) = row { reading } else { nil } }
        var notes: [String] = []
        if let cutBefore { notes.append(cut(cutBefore, isBefore: true, language)) }
        if let cutAfter { notes.append(cut(cutAfter, isBefore: false, language)) }
        let gaps = rows.compactMap { row in if case .gap(let gap) = row { gap } else { nil } }
        notes += gaps.map { joined($0, language) }
        let title = "\(agency.name) (\(agency.code)) – \(indicator.title[language]) (\(indicator.id))"
        return layout.sheet(
            title, language, rows: rows.map { cells($0, indicator, language) }, notes: notes + remarks + Remarks.of(readings, asOf: asOf, language))
    }

    private static func cells(_ row: TrendRow, _ indicator: Indicator, _ language: Language) -> [Sheet.Value] {
        switch row {
        case .reading(let reading):
            let range = reading.period.range
            return [
                .code("reading", title: language.choose("Số liệu", "Reading"), tone: .plain), reading.period.cell(language),
                reading.period.scheme.cell(language), .day(range.start), .day(range.last), .integer(reading.numerator),
                .integer(reading.denominator), reading.value(indicator.unit), .percent(reading.reportedPercent), .percent(reading.coverage.percent),
                .count(reading.coverage.days), .count(reading.coverage.of), reading.state.cell(language),
                .flag(reading.isProvisional, language, tone: reading.isProvisional ? .warning : .faint),
                .flag(reading.isMixed, language, tone: reading.isMixed ? .warning : .faint), .count(reading.definitionVersion),
            ]
        case .gap(let gap):
            let periods = (gap.refused + gap.uncovered).sorted()
            let ids = periods.map(\.description).joined(separator: " ")
            let period: Sheet.Value = periods.isEmpty ? .missing : .code(ids, title: names(periods, language), tone: .warning)
            return [
                .code("break", title: language.choose("── Ngắt chuỗi ──", "── Break ──"), tone: .warning), period, .missing, .day(gap.day),
                .missing, .missing, .missing, .missing, .missing, .missing, .missing, .missing,
                Reading.State.definitionBreak.cell(language), .missing, .missing, gap.to.map { .count($0) } ?? .missing,
            ]
        }
    }

    /// What changed and when.
    private static func change(_ gap: SeriesBreak, _ language: Language) -> String {
        let since = gap.day.map { language.choose("từ ngày \($0.vietnamese) ", "on \($0) ") } ?? ""
        switch (gap.from, gap.to) {
        case (let from?, let to?):
            return language.choose(
                "\(since)định nghĩa đổi từ phiên bản \(from) sang \(to)", "\(since)the definition changes from version \(from) to \(to)")
        case (nil, let to?): return language.choose("\(since)mới có định nghĩa (phiên bản \(to))", "\(since)the definition begins (version \(to))")
        case (let from?, nil):
            return language.choose("\(since)không còn định nghĩa (phiên bản \(from) hết hiệu lực)", "\(since)the definition ends (version \(from))")
        case (nil, nil): return language.choose("chưa có định nghĩa", "there is no definition")
        }
    }

    private static func refusal(_ gap: SeriesBreak, _ language: Language) -> String {
        var text = ""
        if !gap.refused.isEmpty {
            let names = names(gap.refused, language)
            text += language.choose(
                " Không tính số liệu của kỳ \(names) vì kỳ này nằm vắt qua thay đổi.",
                " Nothing is computed for \(names), which lies across the change.")
        }
        if !gap.uncovered.isEmpty {
            let names = names(gap.uncovered, language)
            text += language.choose(" Không có định nghĩa cho kỳ \(names).", " No definition covers \(names).")
        }
        return text
    }

    /// A few periods by name, many as the first and the last.
    private static func names(_ periods: [Period], _ language: Language) -> String {
        guard periods.count > 3, let first = periods.first, let last = periods.last else {
            return periods.map(\.description).joined(separator: ", ")
        }
        return language.choose("\(first) đến \(last) (\(periods.count) kỳ)", "\(first) to \(last) (\(periods.count) periods)")
    }

    private static func cut(_ gap: SeriesBreak, isBefore: Bool, _ language: Language) -> String {
        let where_ =
            isBefore
            ? language.choose("Chuỗi bắt đầu sau chỗ ngắt", "The series begins after a break")
            : language.choose(
                "Chuỗi dừng tại chỗ ngắt", "The series stops at a break")
        var text = "\(where_): \(change(gap, language)).\(refusal(gap, language))"
        if isBefore, let previous = gap.previous {
            text += language.choose(
                " Xem phần trước: --through \(previous); xem cả hai: --join-breaks.",
                " For what is before: --through \(previous); for both: --join-breaks.")
        }
        if !isBefore, let next = gap.next {
            text += language.choose(
                " Xem tiếp: --from \(next); xem cả hai: --join-breaks.", " To go on: --from \(next); for both: --join-breaks.")
        }
        return text
    }

    private static func joined(_ gap: SeriesBreak, _ language: Language) -> String {
        let text = language.choose("Ngắt chuỗi: ", "Break: ") + change(gap, language) + "."
        return text + refusal(gap, language)
            + (gap.previous != nil && gap.next != nil
                ? language.choose(" Không so sánh số liệu hai bên.", " Do not compare the figures on both sides.") : "")
    }
}
