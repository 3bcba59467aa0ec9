import Model

/// What is known of deliveries, without their bytes.
public enum DeliveriesReport {
    public static let layout = ReportLayout(
        "deliveries",
        [
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery's number, D42"),
            ReportColumn("source", "Nguồn", "Source", "the source's id"),
            ReportColumn("received", "Nhận lúc", "Received", "when it came"),
            ReportColumn("asked_from", "Hỏi từ ngày", "Asked from", "the first day that was asked for"),
            ReportColumn("asked_through", "Hỏi đến ngày", "Asked through", "the last day that was asked for, inclusive"),
            ReportColumn("stored", "Mới", "Stored", "values that were new"),
            ReportColumn("unchanged", "Không đổi", "Unchanged", "values that said nothing new"),
            ReportColumn("restated", "Sửa lại", "Restated", "values that replaced another"),
            ReportColumn("refused", "Từ chối", "Refused", "values that were not stored; see the findings"),
            ReportColumn("retracted", "Thu hồi", "Retracted", "the record that took it back; empty while it stands"),
            ReportColumn("imported_by", "Người nhập", "Imported by", "who brought it as a file; empty for what was pulled or pushed", isDetail: true),
            ReportColumn("file", "Tệp", "File", "what that file was called", isDetail: true),
            ReportColumn("media_type", "Định dạng", "Media type", "what the sender said it is", isDetail: true),
            ReportColumn("bytes", "Số byte", "Bytes", "the size as it came", isDetail: true),
            ReportColumn("sha256", "SHA-256", "SHA-256", "the checksum of the bytes as they came"),
        ])

    public static func sheet(_ deliveries: [DeliveryRecord], language: Language) -> Sheet {
        layout.sheet(language.choose("Các lần nhận dữ liệu", "Deliveries"), language, rows: deliveries.map { row($0, language) })
    }

    /// The newest deliveries; with a limit, that there are more.
    public static func list(_ deliveries: [DeliveryRecord], limit: Int?, language: Language) -> Sheet {
        layout.sheet(
            language.choose("Các lần nhận dữ liệu", "Deliveries"), language, rows: deliveries.map { row($0, language) },
            notes: limit.map {
                [language.choose("Chỉ hiện \($0) lần mới nhất; xem thêm bằng --limit.", "Only the newest \($0) are shown; --limit shows more.")]
            } ?? [])
    }

    /// What a retraction did: its own row counts nothing that came.
    public struct TakenBack: Hashable, Sendable {
        let delivery: DeliveryID
        let restored: Int
        let removed: Int

        public init(_ delivery: DeliveryID, restored: Int, removed: Int) {
            self.delivery = delivery
            self.restored = restored
            self.removed = removed
        }

        fileprivate func sentence(_ language: Language) -> String {
            language.choose(
                "Bản ghi này thu hồi \(delivery): khôi phục \(restored) số liệu, gỡ bỏ \(removed). Xem: dondoc deliveries show \(delivery).",
                "This record took \(delivery) back: \(restored) figures restored, \(removed) removed. See: dondoc deliveries show \(delivery).")
        }
    }

    /// One delivery; `isKept` tells whether its bytes are still there.
    public static func document(
        _ delivery: DeliveryRecord, isKept: Bool, takenBack: TakenBack? = nil, findings: [FindingRecord], language: Language
    ) -> Document {
        let bytes =
            isKept
            ? language.choose(
                "Dữ liệu gốc: dondoc deliveries show \(delivery.id) --raw (kiểm tra bằng sha256sum).",
                "The bytes as they came: dondoc deliveries show \(delivery.id) --raw (check with sha256sum).")
            : language.choose("Dữ liệu gốc đã hết hạn lưu (store.keep_raw).", "The bytes are past their keeping (store.keep_raw).")
        return Document([
            .sheet(
                layout.record(
                    language.choose("Lần nhận \(delivery.id)", "Delivery \(delivery.id)"), language, row(delivery, language),
                    notes: takenBack.map { [$0.sentence(language)] } ?? [])),
            .sheet(FindingsReport.sheet(findings, language: language)),
            .text(bytes),
        ])
    }

    static func row(_ delivery: DeliveryRecord, _ language: Language) -> [Sheet.Value] {
        let outcome = delivery.outcome
        return [
            .text(delivery.id.description), .text(delivery.source), .instant(delivery.receivedAt), .day(delivery.asked?.start),
            .day(delivery.asked?.last), .count(outcome.stored), .count(outcome.unchanged), .count(outcome.restated), .count(outcome.refused),
            .text(delivery.retractedBy?.description), .text(delivery.origin?.by), .text(delivery.origin?.file), .text(delivery.mediaType),
            .count(delivery.byteCount), .text(delivery.sha256),
        ]
    }
}
