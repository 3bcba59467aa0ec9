import Model

/// All that an alert's figure rests on, gathered by whoever can read the store.
public struct AlertExplanation: Sendable {
    /// One cell that went into the figure.
    public struct Part: Hashable, Sendable {
        public enum Side: String, CaseIterable, Sendable { case numerator, denominator }

        public let side: Side
        public let measure: Measure
        public let isSubtracted: Bool
        public let cell: Cell

        public init(side: Side, measure: Measure, isSubtracted: Bool, cell: Cell) {
            self.side = side
            self.measure = measure
            self.isSubtracted = isSubtracted
            self.cell = cell
        }
    }

    public let alert: Alert
    /// Nil for alerts whose rule looks at no indicator.
    public let indicator: Indicator?
    /// Empty where nothing was delivered, which may be the very reason.
    public let parts: [Part]
    /// The deliveries of the parts, or the newest ones of a silent source.
    public let deliveries: [DeliveryRecord]
    /// The reading as today's cells give it, to show a restatement since the alert.
    public let current: Reading?
    public let transitions: [TransitionEntry]

    public init(
        alert: Alert, indicator: Indicator?, parts: [Part], deliveries: [DeliveryRecord], current: Reading?, transitions: [TransitionEntry]
    ) {
        self.alert = alert
        self.indicator = indicator
        self.parts = parts
        self.deliveries = deliveries
        self.current = current
        self.transitions = transitions
    }
}

/// An alert walked back: figure, numerator and denominator, cells, deliveries with their SHA-256.
public enum ExplanationReport {
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

    public static let cellsLayout = ReportLayout(
        "cells",
        [
            ReportColumn("side", "Vế", "Side", "numerator or denominator"),
            ReportColumn("sign", "Dấu", "Sign", "+ or -"),
            ReportColumn("measure", "Chỉ tiêu", "Measure", "the measure's id"),
            ReportColumn("title", "Tên chỉ tiêu", "Title", "its title in the language asked for", isDetail: true),
            ReportColumn("from", "Từ ngày", "From", "the first day of the value"),
            ReportColumn("through", "Đến ngày", "Through", "the last day, inclusive"),
            ReportColumn("value", "Giá trị", "Value", "the exact value; empty when the source says it does not know"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery that brought it"),
        ])

    public static func document(_ explanation: AlertExplanation, register: Register, language: Language) -> Document {
        var blocks: [Document.Block] = [.sheet(AlertsReport.record(explanation.alert, register, language))]
        if let judged = explanation.alert.reason.judged {
            blocks.append(.sheet(figure(judged, explanation.indicator, language)))
        }
        blocks.append(.sheet(cells(explanation.parts, language)))
        blocks.append(.sheet(DeliveriesReport.sheet(explanation.deliveries, language: language)))
        blocks.append(.sheet(TransitionsReport.sheet(explanation.transitions, language: language)))
        if let restated = restatement(explanation, language) { blocks.append(.text(restated)) }
        if let delivery = explanation.deliveries.first {
            blocks.append(
                .text(
                    language.choose(
                        "Kiểm tra dữ liệu gốc: dondoc deliveries show \(delivery.id) --raw | sha256sum",
                        "Check the bytes themselves: dondoc deliveries show \(delivery.id) --raw | sha256sum")))
        }
        return Document(blocks)
    }

    private static func figure(_ judged: Reason.Judged, _ indicator: Indicator?, _ language: Language) -> Sheet {
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

    private static func cells(_ parts: [AlertExplanation.Part], _ language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = parts.map { part in
            [
                part.side.cell(language), .code(part.isSubtracted ? "-" : "+", title: part.isSubtracted ? "−" : "+", tone: .plain),
                .text(part.measure.id.text), .text(part.measure.title[language]), .day(part.cell.range.start), .day(part.cell.range.last),
                SeriesReport.value(part.cell.value, part.measure), .text(part.cell.delivery.description),
            ]
        }
        return cellsLayout.sheet(language.choose("Các giá trị tạo nên số liệu", "The values behind it"), language, rows: rows)
    }

    /// Says so when today's figures are no longer those that were judged.
    private static func restatement(_ explanation: AlertExplanation, _ language: Language) -> String? {
        guard let judged = explanation.alert.reason.judged, let current = explanation.current,
            (current.numerator, current.denominator, current.state) != (judged.reading.numerator, judged.reading.denominator, judged.reading.state)
        else { return nil }
        let counts = [current.numerator, current.denominator].map { $0.map { Sheet.Value.integer($0).words(language) } ?? "–" }.joined(separator: "/")
        let now = current.figure(judged.unit, language) ?? current.state.title(language)
        return language.choose(
            "Số liệu đã thay đổi sau khi đánh giá: nay là \(now) (\(counts)).",
            "The figures have changed since they were judged: now \(now) (\(counts)).")
    }
}

extension AlertExplanation.Part.Side {
    func title(_ language: Language) -> String {
        switch self {
        case .numerator: language.choose("Tử số", "Numerator")
        case .denominator: language.choose("Mẫu số", "Denominator")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: .plain) }
}
