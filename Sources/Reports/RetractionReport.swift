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
            ReportColumn(
                "confirmations", "Lần nhận sau không đổi", "Later confirmations",
                "later deliveries that found figures of the same days unchanged, and may have confirmed some that are gone now"),
        ])

    public static func sheet(
        of delivery: DeliveryID, by record: DeliveryID, restored: Int, removed: Int, superseded: Int,
        confirmed: (count: Int, newest: DeliveryID?), language: Language
    ) -> Sheet {
        var notes = [
            language.choose(
                "Nếu hệ thống nguồn vẫn sai, lần nhận sau sẽ ghi lại số sai: đề nghị nguồn sửa trước.",
                "If the source still says the wrong thing, its next delivery brings it again: have it corrected first.")
        ]
        if let newest = confirmed.newest {
            notes.append(
                language.choose(
                    "Có \(confirmed.count) lần nhận sau đó, mới nhất là \(newest), báo số liệu không đổi: số nào đúng mà vừa bị gỡ thì phải gửi "
                        + "hoặc nhập lại, vì dondoc không ghi riêng từng số liệu không đổi.",
                    "Later deliveries, \(confirmed.count) in number and the newest \(newest), found figures unchanged: those that are right and went must "
                        + "be sent or imported again, because what is unchanged is not kept figure by figure."))
        }
        return layout.record(
            language.choose("Đã thu hồi \(delivery)", "\(delivery) was taken back"), language,
            [
                .text(delivery.description), .text(record.description), .count(restored), .count(removed), .count(superseded),
                .count(confirmed.count),
            ], notes: notes)
    }
}
