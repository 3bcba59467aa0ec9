import Model

/// That an operator's wish to pull a source now, or its past, was taken; the pull itself may take longer than anybody waits at a command line.
public enum RunReport {
    public static let layout = ReportLayout(
        "run",
        [
            ReportColumn("source", "Nguồn", "Source", "the source's id"),
            ReportColumn("from", "Từ ngày", "From", "the first day asked for; empty for the days that are due"),
            ReportColumn("through", "Đến ngày", "Through", "the last day asked for, inclusive"),
        ])

    public static func sheet(source: String, days: DayRange?, language: Language) -> Sheet {
        layout.record(
            language.choose("Đã nhận lệnh lấy dữ liệu nguồn \(source)", "The pull of \(source) is ordered"), language,
            [.text(source), .day(days?.start), .day(days?.last)],
            notes: [
                language.choose(
                    "Dịch vụ lấy dữ liệu ngay bây giờ; kết quả xem bằng: dondoc sources show \(source)",
                    "The daemon pulls it now; what came of it: dondoc sources show \(source)")
            ])
    }
}
