import Model

/// What became of a delivery that was taken back.
public enum RetractionReport {
    public static let layout = ReportLayout(
        "retraction",
        [
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery that was taken back"),
            ReportColumn("by", "Bằng lần ghi", "By", "the record under which the former values stand again"),
            ReportColumn("restored", "Khôi phục", "Restored", "figures that have the value again which it had replaced"),
            ReportColumn("removed", "Gỡ bỏ", "Removed", "figures that nobody had reported before, and that are gone"),
            ReportColumn("superseded", "Đã thay thế", "Superseded", "figures that a later delivery has replaced since; they stay"),
        ])

    public static func sheet(
        of delivery: DeliveryID, by record: DeliveryID, restored: Int, removed: Int, superseded: Int, language: Language
    ) -> Sheet {
        layout.record(
            language.choose("Đã thu hồi \(delivery)", "\(delivery) was taken back"), language,
            [.text(delivery.description), .text(record.description), .count(restored), .count(removed), .count(superseded)],
            notes: [
                language.choose(
                    "Nếu hệ thống nguồn vẫn sai, lần nhận sau sẽ ghi lại số sai: đề nghị nguồn sửa trước.",
                    "If the source still says the wrong thing, its next delivery brings it again: have it corrected first.")
            ])
    }
}
