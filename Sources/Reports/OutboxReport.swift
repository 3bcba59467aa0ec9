import Model

/// The letters on their way, gone, and given up.
public enum OutboxReport {
    public static let layout = ReportLayout(
        "outbox",
        [
            ReportColumn("letter", "Số", "No.", "the letter's number, which outbox show and retry take"),
            ReportColumn("state", "Trạng thái", "State", "queued, sent, failed"),
            ReportColumn("agency", "Mã", "Code", "the agency it speaks of; empty for letters to the operator"),
            ReportColumn("recipients", "Người nhận", "Recipients", "the addresses, separated by |", isDetail: true),
            ReportColumn("subject", "Tiêu đề", "Subject", "the subject line"),
            ReportColumn("created", "Lập lúc", "Created", "when it was written", isDetail: true),
            ReportColumn("attempts", "Số lần gửi", "Attempts", "how often it was handed over", isDetail: true),
            ReportColumn("next_attempt", "Gửi tiếp lúc", "Next attempt", "when it is tried next; empty unless queued", isDetail: true),
            ReportColumn("sent", "Gửi lúc", "Sent", "when the relay took it"),
            ReportColumn("last_error", "Trả lời gần nhất", "Last answer", "the relay's last answer or the last error"),
            ReportColumn("message_id", "Message-ID", "Message-ID", "the Message-ID, the same on every attempt", isDetail: true),
        ])

    /// In the order given.
    public static func sheet(_ items: [OutboxItem], language: Language) -> Sheet {
        var notes: [String] = []
        if items.contains(where: { $0.state == .failed }) {
            notes.append(
                language.choose(
                    "Thư không gửi được: sửa địa chỉ hoặc máy chủ thư, rồi chạy dondoc outbox retry SỐ.",
                    "Failed letters: correct the address or the relay, then run dondoc outbox retry NUMBER."))
        }
        return layout.sheet(language.choose("Thư", "Letters"), language, rows: items.map { row($0, language) }, notes: notes)
    }

    /// One letter with its text as the addressee reads it.
    public static func document(_ item: OutboxItem, language: Language) -> Document {
        let title = language.choose("Thư số \(item.id)", "Letter \(item.id)")
        return Document([
            .sheet(layout.record(title, language, row(item, language))), .verbatim(LetterText.readable(item.letter.bytes)),
        ])
    }

    private static func row(_ item: OutboxItem, _ language: Language) -> [Sheet.Value] {
        [
            .integer(item.id), item.state.cell(language), .text(item.letter.agency?.text), .text(item.letter.recipients.joined(separator: "|")),
            .text(item.letter.subject), .instant(item.createdAt), .count(item.attempts), .instant(item.state == .queued ? item.nextAttempt : nil),
            .instant(item.sentAt), .text(item.lastError), .text(item.letter.messageID),
        ]
    }
}
