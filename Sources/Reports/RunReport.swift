import Model

/// How an operator's wish to pull a source now, or its past, went.
public enum RunReport {
    /// What became of the wish.
    public enum Outcome: String, CaseIterable, Sendable {
        /// The daemon will do it; see `dondoc sources show`.
        case started
        case done
        case failed
    }

    public static let layout = ReportLayout(
        "run",
        [
            ReportColumn("source", "Nguồn", "Source", "the source's id"),
            ReportColumn("outcome", "Kết quả", "Outcome", "started, done or failed"),
            ReportColumn("from", "Từ ngày", "From", "the first day asked for"),
            ReportColumn("through", "Đến ngày", "Through", "the last day asked for, inclusive"),
            ReportColumn("deliveries", "Lần nhận", "Deliveries", "how many deliveries came"),
            ReportColumn("stored", "Mới", "Stored", "values that were new"),
            ReportColumn("unchanged", "Không đổi", "Unchanged", "values that said nothing new"),
            ReportColumn("restated", "Sửa lại", "Restated", "values that replaced another"),
            ReportColumn("refused", "Từ chối", "Refused", "values that were not stored; see the findings"),
            ReportColumn("error", "Lỗi", "Error", "what went wrong; empty when nothing did"),
        ])

    public static func sheet(
        source: String, outcome: Outcome, days: DayRange?, deliveries: Int = 0, values: IngestOutcome = IngestOutcome(), error: String = "",
        language: Language
    ) -> Sheet {
        let notes =
            outcome == .started
            ? [language.choose("Theo dõi bằng: dondoc sources show \(source)", "Follow it with: dondoc sources show \(source)")] : []
        return layout.record(
            language.choose("Lấy dữ liệu nguồn \(source)", "Pull of \(source)"), language,
            [
                .text(source), outcome.cell(language), .day(days?.start), .day(days?.last), .count(deliveries), .count(values.stored),
                .count(values.unchanged), .count(values.restated), .count(values.refused), .text(error),
            ], notes: notes)
    }
}

extension RunReport.Outcome {
    func title(_ language: Language) -> String {
        switch self {
        case .started: language.choose("Đã bắt đầu", "Started")
        case .done: language.choose("Hoàn thành", "Done")
        case .failed: language.choose("Không thành công", "Failed")
        }
    }

    func cell(_ language: Language) -> Sheet.Value {
        .code(rawValue, title: title(language), tone: self == .failed ? .critical : self == .done ? .good : .plain)
    }
}
