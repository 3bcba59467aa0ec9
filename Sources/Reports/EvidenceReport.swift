import Model

/// The deliveries that a figure rests on, as evidence: the bytes, their checksum, and how to get them.
public enum EvidenceReport {
    public static let layout = ReportLayout(
        "evidence",
        [
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery's number, D42"),
            ReportColumn("source", "Nguồn", "Source", "the source's id"),
            ReportColumn("received", "Nhận lúc", "Received", "when it came"),
            ReportColumn("media_type", "Định dạng", "Media type", "what the sender said it is; empty when it said nothing"),
            ReportColumn("bytes", "Số byte", "Bytes", "the size as it came"),
            ReportColumn("sha256", "SHA-256", "SHA-256", "the checksum of the bytes as they came"),
            ReportColumn("kept", "Còn lưu", "Kept", "yes while the bytes are kept"),
            ReportColumn("command", "Lệnh xem", "Command", "what prints the bytes; empty when they are past their keeping", isDetail: true),
        ])

    /// `kept` are those whose bytes are still there.
    public static func sheet(_ deliveries: [DeliveryRecord], kept: Set<DeliveryID>, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = deliveries.map { delivery in
            let isKept = kept.contains(delivery.id)
            return [
                .text(delivery.id.description), .text(delivery.source), .instant(delivery.receivedAt), .text(delivery.mediaType),
                .count(delivery.byteCount), .text(delivery.sha256), .flag(isKept, language, tone: isKept ? .plain : .warning),
                isKept ? .text("dondoc deliveries show \(delivery.id) --raw") : .missing,
            ]
        }
        return layout.sheet(language.choose("Dữ liệu gốc", "Evidence"), language, rows: rows)
    }
}
