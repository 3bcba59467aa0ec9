import Correspondence
import Model

/// The letters on their way, gone, and given up.
public enum OutboxReport {
    public static let layout = ReportLayout(
        "outbox",
        [
            ReportColumn("letter", "Số", "No.", "the letter's number, which outbox show and retry take"),
            ReportColumn("state", "Trạng thái", "State", "queued, sent, failed"),
            ReportColumn("way", "Đường gửi", "Way", "mail, or the id of the entry of ways_out by which an event leaves"),
            ReportColumn("agency", "Mã", "Code", "the agency it speaks of; empty for letters to the operator"),
            ReportColumn("recipients", "Người nhận", "Recipients", "the addresses, separated by |; for an event the way out", isDetail: true),
            ReportColumn("taken", "Đã nhận", "Taken", "how many of the addresses a relay has taken it for, of how many"),
            ReportColumn("subject", "Tiêu đề", "Subject", "the subject line"),
            ReportColumn("created", "Lập lúc", "Created", "when it was written", isDetail: true),
            ReportColumn("attempts", "Số lần gửi", "Attempts", "how often it was handed over", isDetail: true),
            ReportColumn("next_attempt", "Gửi tiếp lúc", "Next attempt", "when it is tried next; empty unless queued", isDetail: true),
            ReportColumn("sent", "Gửi lúc", "Sent", "when a relay first took it for anybody"),
            ReportColumn("last_error", "Trả lời gần nhất", "Last answer", "the relay's last answer or the last error"),
            ReportColumn("message_id", "Message-ID", "Message-ID", "the Message-ID, the same on every attempt", isDetail: true),
        ])

    public static let recipientsLayout = ReportLayout(
        "recipients",
        [
            ReportColumn("address", "Địa chỉ", "Address", "the address"),
            ReportColumn("state", "Trạng thái", "State", "queued, sent, failed: for this address"),
            ReportColumn("attempts", "Số lần gửi", "Attempts", "how often it was handed over for it"),
            ReportColumn("sent", "Gửi lúc", "Sent", "when a relay took it for this address"),
            ReportColumn("relay", "Máy chủ thư", "Relay", "the relay that answered last; empty when none did"),
            ReportColumn("last_answer", "Trả lời gần nhất", "Last answer", "what it said about this address, or the last error"),
        ])

    /// In the order given.
    public static func sheet(_ items: [OutboxItem], language: Language) -> Sheet {
        var notes: [String] = []
        if items.contains(where: { $0.recipients.contains { $0.state == .failed } }) {
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
            .sheet(layout.record(title, language, row(item, language))),
            .sheet(
                recipientsLayout.sheet(
                    language.choose("Người nhận", "Recipients"), language,
                    rows: item.recipients.map {
                        [
                            .text($0.address), $0.state.cell(language), .count($0.attempts), .instant($0.sentAt), .text($0.relay),
                            .text($0.lastAnswer),
                        ]
                    })),
            .verbatim(item.way == OutboxItem.mail ? LetterText.readable(item.letter.bytes) : String(decoding: item.letter.bytes, as: UTF8.self)),
        ])
    }

    private static func row(_ item: OutboxItem, _ language: Language) -> [Sheet.Value] {
        [
            .integer(item.id), item.state.cell(language), .text(item.way),
            .text(item.letter.agency?.text), .text(item.letter.recipients.joined(separator: "|")),
            .text("\(item.recipients.count { $0.state == .sent })/\(item.recipients.count)"), .text(item.letter.subject), .instant(item.createdAt),
            .count(item.attempts), .instant(item.state == .queued ? item.nextAttempt : nil),
            .instant(item.sentAt), .text(item.lastError), .text(item.letter.messageID),
        ]
    }
}
