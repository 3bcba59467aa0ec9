import Model

extension ExplanationReport {
    public static let readingLayout = ReportLayout(
        "reading",
        [
            ReportColumn("indicator", "Chỉ số", "Indicator", "the indicator's id"),
            ReportColumn("title", "Tên chỉ số", "Title", "its title in the language asked for"),
            ReportColumn("agency", "Mã", "Code", "the agency's code"),
            ReportColumn("name", "Cơ quan", "Agency", "its name in the period"),
            ReportColumn("period", "Kỳ", "Period", "the period's id, 2026-08"),
            ReportColumn("scheme", "Cách tính kỳ", "Scheme", "calendar or admin15 (15th to 14th)"),
            ReportColumn("from", "Từ ngày", "From", "its first day"),
            ReportColumn("through", "Đến ngày", "Through", "its last day, inclusive"),
            ReportColumn("state", "Tình trạng", "State", "figure, not-reported, unknown, nothing-to-count, inconsistent, definition-break"),
            ReportColumn("numerator", "Tử số", "Numerator", "the terms of the numerator added up"),
            ReportColumn("denominator", "Mẫu số", "Denominator", "the terms of the denominator added up; × working_days where that is given"),
            ReportColumn("working_days", "Ngày làm việc", "Working days", "what the denominator was multiplied by, for figures per working day"),
            ReportColumn("percent", "Kết quả", "Figure", "the figure in the indicator's unit; 2 decimals, half up"),
            ReportColumn("reported_percent", "Nguồn công bố", "Source's own", "the percentage that the source itself printed"),
            ReportColumn("days_covered", "Số ngày có", "Days covered", "the days of the period that the counts cover"),
            ReportColumn("days", "Số ngày", "Days", "the days of the period"),
            ReportColumn("provisional", "Tạm tính", "Provisional", "yes while the period is open"),
            ReportColumn("mixed", "Ghép", "Mixed", "yes when counts of different granularity fill the period"),
            ReportColumn("definition", "Phiên bản", "Definition", "the version of the definition used; 0 when it changed within the period"),
        ])

    public static let figureLayout = ReportLayout(
        "figure",
        [
            ReportColumn("indicator", "Chỉ số", "Indicator", "the indicator's id"),
            ReportColumn("title", "Tên chỉ số", "Title", "its title in the language asked for"),
            ReportColumn("period", "Kỳ", "Period", "the period judged"),
            ReportColumn("from", "Từ ngày", "From", "its first day"),
            ReportColumn("through", "Đến ngày", "Through", "its last day, inclusive"),
            ReportColumn("definition", "Phiên bản", "Definition", "the version of the definition used"),
            ReportColumn("wording", "Nội dung", "Wording", "the exact wording of numerator and denominator"),
            ReportColumn("numerator", "Tử số", "Numerator", "as it was when judged"),
            ReportColumn("denominator", "Mẫu số", "Denominator", "as it was when judged"),
            ReportColumn("percent", "Kết quả", "Figure", "the figure in the indicator's unit, as it was when judged"),
            ReportColumn("bound", "Ngưỡng", "Bound", "the bound it was held against, in the indicator's unit"),
            ReportColumn("reported_percent", "Nguồn công bố", "Source's own", "the percentage that the source itself printed"),
            ReportColumn("coverage", "Bao phủ", "Coverage", "the share of the period's days that the counts cover, in whole percent, cut off"),
            ReportColumn("legal_basis", "Căn cứ", "Legal basis", "the text the bound rests on"),
        ])

    public static let termsLayout = ReportLayout(
        "terms",
        [
            ReportColumn("side", "Vế", "Side", "numerator, denominator, or reported for the source's own percentage"),
            ReportColumn("sign", "Dấu", "Sign", "+ or -"),
            ReportColumn("measure", "Chỉ tiêu", "Measure", "the measure's id"),
            ReportColumn("title", "Tên chỉ tiêu", "Title", "its title in the language asked for"),
            ReportColumn(
                "kind", "Loại", "Kind", "flow (adds over days), stock (the last value holds) or cumulative (differences of a running total)"),
            ReportColumn("value", "Giá trị", "Value", "what the values below come to; empty when it is not known"),
            ReportColumn("state", "Tình trạng", "State", "known; unknown; absent; zero: optional and never delivered, so it counts 0"),
            ReportColumn("days_covered", "Số ngày có", "Days covered", "the days of the period that its known values cover"),
            ReportColumn("mixed", "Ghép", "Mixed", "yes when values of different granularity were put together", isDetail: true),
        ])

    public static let cellsLayout = ReportLayout(
        "cells",
        [
            ReportColumn("side", "Vế", "Side", "numerator, denominator, or reported for the source's own percentage"),
            ReportColumn("sign", "Dấu", "Sign", "+ or -"),
            ReportColumn("measure", "Chỉ tiêu", "Measure", "the measure's id"),
            ReportColumn("title", "Tên chỉ tiêu", "Title", "its title in the language asked for", isDetail: true),
            ReportColumn("from", "Từ ngày", "From", "the first day of the value"),
            ReportColumn("through", "Đến ngày", "Through", "the last day, inclusive"),
            ReportColumn("value", "Giá trị", "Value", "the exact value; empty when the source says it does not know"),
            ReportColumn(
                "role", "Sử dụng", "Role",
                "counted; not-counted: finer, coarser or later values hold; base: a running total that the next is subtracted from; unknown"),
            ReportColumn("contribution", "Đóng góp", "Contribution", "what it adds to its term; empty unless counted"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery that brought it"),
        ])

    static func row(_ explanation: Explanation, _ agency: Agency?, _ language: Language) -> [Sheet.Value] {
        let reading = explanation.reading
        let range = reading.period.range
        return [
            .text(reading.indicator), .text(explanation.indicator.title[language]), .text(reading.agency.text), .text(agency?.name),
            reading.period.cell(language), reading.period.scheme.cell(language), .day(range.start), .day(range.last), reading.state.cell(language),
            .integer(reading.numerator), .integer(reading.denominator), .integer(explanation.account.workingDays),
            reading.value(explanation.indicator.unit), .percent(reading.reportedPercent), .count(reading.coverage.days), .count(reading.coverage.of),
            .flag(reading.isProvisional, language), .flag(reading.isMixed, language), .count(reading.definitionVersion),
        ]
    }

    static func figure(_ judged: Reason.Judged, _ indicator: Indicator?, _ language: Language) -> Sheet {
        let reading = judged.reading
        let range = reading.period.range
        let definition = indicator?.definitions.first { $0.version == reading.definitionVersion }
        return figureLayout.record(
            language.choose("Số liệu tại thời điểm đánh giá", "The figure as it was judged"), language,
            [
                .text(reading.indicator), .text(indicator?.title[language]), reading.period.cell(language), .day(range.start), .day(range.last),
                .count(reading.definitionVersion), .text(definition?.wording[language]), .integer(reading.numerator), .integer(reading.denominator),
                reading.value(judged.unit), judged.unit == .percent ? .percent(judged.bound) : .decimal(judged.bound),
                .percent(reading.reportedPercent), .percent(reading.coverage.percent), .text(judged.legalBasis),
            ])
    }

    static func terms(_ explanation: Explanation, _ language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = explanation.account.terms.map { term in
            let measure = explanation.measures[term.term.measure]
            // Days since something are days, whatever the measure counts.
            let isDays = explanation.indicator.unit == .daysSince && term.side == .numerator
            return [
                term.side.cell(language), term.signCell, .text(term.term.measure.text), .text(measure?.title[language]),
                measure?.kind.cell(language) ?? .missing, isDays ? .integer(term.value) : SeriesReport.value(term.value, measure),
                term.stateCell(language), .count(term.days), .flag(term.isMixed, language, tone: term.isMixed ? .warning : .faint),
            ]
        }
        return termsLayout.sheet(language.choose("Các thành phần", "Terms"), language, rows: rows)
    }

    static func cells(_ explanation: Explanation, _ language: Language) -> Sheet {
        let rows = explanation.account.terms.flatMap { term in
            let measure = explanation.measures[term.term.measure]
            return term.entries.map { entry -> [Sheet.Value] in
                [
                    term.side.cell(language), term.signCell, .text(term.term.measure.text), .text(measure?.title[language]),
                    .day(entry.cell.range.start), .day(entry.cell.range.last), SeriesReport.value(entry.cell.value, measure),
                    entry.role.cell(language), SeriesReport.value(entry.contribution, measure), .text(entry.cell.delivery.description),
                ]
            }
        }
        return cellsLayout.sheet(language.choose("Các giá trị tạo nên số liệu", "The values behind it"), language, rows: rows)
    }
}
