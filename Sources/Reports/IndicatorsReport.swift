import Model

/// The catalogue of indicators.
public enum IndicatorsReport {
    public static let layout = ReportLayout(
        "indicators",
        [
            ReportColumn("indicator", "Chỉ số", "Indicator", "the indicator's id"),
            ReportColumn("title", "Tên chỉ số", "Title", "its title in the language asked for"),
            ReportColumn("clause", "Điểm, khoản", "Clause", "where the dispatch asks for it", isDetail: true),
            ReportColumn("direction", "Chiều", "Direction", "higher or lower is better", isDetail: true),
            ReportColumn("unit", "Đơn vị", "Unit", "percent, quotient, per-working-day, count, days-since", isDetail: true),
            ReportColumn("scheme", "Cách tính kỳ", "Scheme", "calendar or admin15 (15th to 14th)"),
            ReportColumn("period", "Kỳ", "Period", "the kind of period it is judged by: day, week, month, quarter, half, nine-months, year"),
            ReportColumn("target", "Ngưỡng", "Target", "set or not-set: whether a target is in force today"),
        ])

    /// `targets` are those of the whole province; `today` decides which are in force.
    public static func sheet(_ indicators: [Indicator], targets: Targets, today: Day, language: Language) -> Sheet {
        let rows = indicators.map { row($0, targets, today, language) }
        return layout.sheet(language.choose("Danh mục chỉ số", "Indicators"), language, rows: rows)
    }

    /// One indicator with its definitions and its targets.
    public static func document(_ indicator: Indicator, targets: Targets, today: Day, language: Language) -> Document {
        let own = targets.all.filter { $0.indicator == indicator.id }
        var blocks: [Document.Block] = [
            .sheet(layout.record(indicator.title[language], language, row(indicator, targets, today, language))),
            .sheet(DefinitionsReport.sheet(indicator.definitions, language: language)),
            .sheet(TargetsReport.sheet(own, unit: indicator.unit, language: language)),
        ]
        if !own.contains(where: { $0.isEffective(on: today) }) {
            blocks.append(
                .text(
                    language.choose(
                        "Tỉnh chưa đặt ngưỡng cho chỉ số này (targets.yaml); chỉ số được tính và xếp hạng nhưng không sinh cảnh báo.",
                        "The province has not set a target for it (targets.yaml): it is computed and ranked, and raises no alert.")))
        }
        return Document(blocks)
    }

    private static func row(_ indicator: Indicator, _ targets: Targets, _ today: Day, _ language: Language) -> [Sheet.Value] {
        let isSet = targets.all.contains { $0.indicator == indicator.id && $0.isEffective(on: today) }
        return [
            .text(indicator.id), .text(indicator.title[language]), .text(indicator.clause), indicator.direction.cell(language),
            indicator.unit.cell(language), indicator.scheme.cell(language), indicator.period.cell(language),
            isSet
                ? .code("set", title: language.choose("đã đặt", "set"), tone: .plain)
                : .code("not-set", title: language.choose("chưa đặt", "not set"), tone: .faint),
        ]
    }
}

/// The versions of an indicator's definition.
public enum DefinitionsReport {
    public static let layout = ReportLayout(
        "definitions",
        [
            ReportColumn("version", "Phiên bản", "Version", "counts from 1"),
            ReportColumn("from", "Từ ngày", "From", "the first day in force; empty for always"),
            ReportColumn("through", "Đến ngày", "Through", "the last day in force, inclusive; empty while it is"),
            ReportColumn("numerator", "Tử số", "Numerator", "measures joined by + and -; ? marks those whose absence means zero"),
            ReportColumn("denominator", "Mẫu số", "Denominator", "as the numerator; empty for counts and days"),
            ReportColumn("wording", "Nội dung", "Wording", "the exact wording in the language asked for"),
            ReportColumn("reported_percent", "Tỷ lệ nguồn", "Source's own", "the measure that holds the source's own percentage"),
            ReportColumn("legal_basis", "Căn cứ", "Legal basis", "the text it rests on"),
        ])

    public static func sheet(_ definitions: [Indicator.Definition], language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = definitions.map { definition in
            [
                .count(definition.version), .day(definition.effectiveFrom), .day(definition.effectiveTo.map { $0 - 1 }),
                .text(definition.numerator.description), .text(definition.denominator?.description), .text(definition.wording[language]),
                .text(definition.reportedPercent?.text), .text(definition.legalBasis),
            ]
        }
        return layout.sheet(
            language.choose("Định nghĩa", "Definitions"), language, rows: rows, shape: rows.count == 1 ? .record : .table)
    }
}

/// The thresholds of an indicator.
public enum TargetsReport {
    public static let layout = ReportLayout(
        "targets",
        [
            ReportColumn("scope", "Phạm vi", "Scope", "all, a level, or an agency's code"),
            ReportColumn("warning", "Cảnh báo", "Warning", "the bound for a warning, in the indicator's unit"),
            ReportColumn("critical", "Nghiêm trọng", "Critical", "the bound for a critical alert, in the indicator's unit"),
            ReportColumn("minimum_denominator", "Mẫu số tối thiểu", "Minimum denominator", "readings with a smaller one are not judged"),
            ReportColumn("from", "Từ ngày", "From", "the first day in force"),
            ReportColumn("through", "Đến ngày", "Through", "the last day in force, inclusive; empty while it is"),
            ReportColumn("legal_basis", "Căn cứ", "Legal basis", "the text it rests on"),
        ])

    public static func sheet(_ targets: [Target], unit: Indicator.Unit, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = targets.map { target in
            [
                scope(target.scope, language), bound(target.warning, unit), bound(target.critical, unit), .integer(target.minimumDenominator),
                .day(target.effectiveFrom), .day(target.effectiveTo.map { $0 - 1 }), .text(target.legalBasis),
            ]
        }
        return layout.sheet(language.choose("Ngưỡng", "Targets"), language, rows: rows)
    }

    private static func bound(_ bound: ExactDecimal?, _ unit: Indicator.Unit) -> Sheet.Value { unit == .percent ? .percent(bound) : .decimal(bound) }

    private static func scope(_ scope: Target.Scope, _ language: Language) -> Sheet.Value {
        switch scope {
        case .everyone: .code("all", title: language.choose("Tất cả", "All"), tone: .plain)
        case .level(let level): level.cell(language)
        case .agency(let code): .text(code.text)
        }
    }
}
