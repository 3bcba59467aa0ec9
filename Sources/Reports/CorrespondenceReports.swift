import Model

/// Mails that came in.
public enum AnswersReport {
    public static let layout = ReportLayout(
        "answers",
        [
            ReportColumn("mail", "Số", "No.", "the mail's number, which answers show and assign take"),
            ReportColumn(
                "kind", "Loại", "Kind", "bounce, delay, unclear-bounce, receipt, automatic, own, reply, unassigned, other"),
            ReportColumn("received", "Nhận lúc", "Received", "when it was read"),
            ReportColumn("agency", "Mã", "Code", "the agency it speaks for or of"),
            ReportColumn("sender", "Người gửi", "Sender", "the address it says it comes from"),
            ReportColumn("verified", "Đúng cơ quan", "Verified", "whether that address speaks for the agency: yes, no"),
            ReportColumn("subject", "Tiêu đề", "Subject", "its subject line"),
            ReportColumn("due", "Cam kết", "Due", "the day it promises"),
            ReportColumn("alerts", "Cảnh báo", "Alerts", "the alerts that it answers, separated by |"),
            ReportColumn("letter", "Thư đi", "Letter", "the number of the letter that it answers or reports on", isDetail: true),
            ReportColumn("by", "Nhận biết qua", "Told by", "what it was told by, in English", isDetail: true),
            ReportColumn("remarks", "Lưu ý", "Remarks", "what else should be known, in English, separated by |", isDetail: true),
            ReportColumn("message_id", "Message-ID", "Message-ID", "its Message-ID, for finding it in the mailbox", isDetail: true),
        ])

    public static let filesLayout = ReportLayout(
        "answer-files",
        [
            ReportColumn("file", "Số", "No.", "the file's number, which answers file takes"),
            ReportColumn("name", "Tên tệp", "Name", "its name"),
            ReportColumn("bytes", "Số byte", "Bytes", "its size"),
            ReportColumn("sha256", "SHA-256", "SHA-256", "its checksum"),
        ])

    /// In the order given.
    public static func sheet(_ mails: [ReceivedMail], onlyOpen: Bool, language: Language) -> Sheet {
        let note =
            onlyOpen
            ? [
                language.choose(
                    "Chỉ các thư chờ xử lý; thêm --all để xem tất cả. Gán cho cảnh báo: dondoc answers assign SỐ KHÓA.",
                    "Only mails that wait for you; --all shows the others. dondoc answers assign NUMBER KEY makes one the answer to an alert.")
            ] : []
        return layout.sheet(language.choose("Thư đến", "Mails"), language, rows: mails.map { row($0, language) }, notes: note)
    }

    /// One mail with its words and files.
    public static func document(_ mail: ReceivedMail, language: Language) -> Document {
        var blocks: [Document.Block] = [
            .sheet(layout.record(language.choose("Thư đến số \(mail.id)", "Mail \(mail.id)"), language, row(mail, language)))
        ]
        if !mail.files.isEmpty {
            let rows: [[Sheet.Value]] = mail.files.enumerated().map { number, file in
                [.count(number + 1), .text(file.name), .count(file.byteCount), .text(file.sha256)]
            }
            blocks.append(.sheet(filesLayout.sheet(language.choose("Tệp kèm theo", "Files"), language, rows: rows)))
        }
        if !mail.words.isEmpty { blocks.append(.verbatim(mail.words)) }
        return Document(blocks)
    }

    private static func row(_ mail: ReceivedMail, _ language: Language) -> [Sheet.Value] {
        [
            .integer(mail.id), mail.kind.cell(language), .instant(mail.receivedAt), .text(mail.agency?.text), .text(mail.sender),
            .flag(mail.isVerified, language, tone: mail.isOpen && !mail.isVerified ? .warning : .plain), .text(mail.subject), .day(mail.due),
            .text(mail.alerts.map(\.description).joined(separator: "|")), .integer(mail.letter),
            MailWords.cell([mail.by], language), MailWords.cell(mail.remarks, language), .text(mail.messageID),
        ]
    }
}

extension MailKind {
    func title(_ language: Language) -> String {
        switch self {
        case .bounce: language.choose("bị trả lại", "bounce")
        case .delay: language.choose("giao chậm", "delay")
        case .unclearBounce: language.choose("báo lỗi chưa rõ", "unclear bounce")
        case .receipt: language.choose("báo nhận", "receipt")
        case .automatic: language.choose("tự động", "automatic")
        case .own: language.choose("thư của mình quay lại", "own letter")
        case .reply: language.choose("trả lời", "reply")
        case .unassigned: language.choose("chưa rõ nội dung", "unassigned")
        case .other: language.choose("khác", "other")
        }
    }

    func cell(_ language: Language) -> Sheet.Value {
        .code(rawValue, title: title(language), tone: self == .bounce || self == .unclearBounce ? .critical : self == .reply ? .good : .plain)
    }
}

/// Addresses that letters came back from.
public enum ContactsReport {
    public static let layout = ReportLayout(
        "contacts",
        [
            ReportColumn("address", "Địa chỉ", "Address", "the address that letters pass over"),
            ReportColumn("agencies", "Cơ quan", "Agencies", "the codes of the agencies that name it, separated by |"),
            ReportColumn("since", "Từ lúc", "Since", "when a letter first came back"),
            ReportColumn("last", "Gần nhất", "Last", "when one last did"),
            ReportColumn("count", "Số thư", "Letters", "how many did"),
            ReportColumn("status", "Mã lỗi", "Status", "the status code of the report, 5.1.1"),
            ReportColumn("diagnostic", "Máy chủ trả lời", "Diagnostic", "what the server said"),
        ])

    public static func sheet(_ addresses: [BouncedAddress], register: Register, on day: Day, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = addresses.map { bounced in
            let codes = register.agencies.filter { agency in
                agency.exists(on: day) && (agency.contacts + agency.heads).contains { $0.lowercased() == bounced.address }
            }.map(\.code.text)
            return [
                .text(bounced.address), .text(codes.joined(separator: "|")), .instant(bounced.since), .instant(bounced.lastAt), .count(bounced.count),
                .text(bounced.status), .text(bounced.diagnostic),
            ]
        }
        return layout.sheet(
            language.choose("Địa chỉ bị trả lại thư", "Addresses that bounced"), language, rows: rows,
            notes: rows.isEmpty
                ? [language.choose("Không có địa chỉ nào.", "There are none.")]
                : [
                    language.choose(
                        "Thư không gửi tới các địa chỉ này nữa cho đến khi chạy dondoc contacts clear ĐỊA_CHỈ hoặc có thư từ đó.",
                        "Letters pass these over until dondoc contacts clear ADDRESS, or until a mail comes from there.")
                ])
    }
}

/// The mailbox with what waits in it.
public struct MailboxEntry: Hashable, Sendable {
    /// The server and the folder.
    public let account: String
    /// Nil before the first visit.
    public let state: MailboxState?
    /// Mails that wait for an operator's word.
    public let waiting: Int
    /// Addresses that letters pass over.
    public let bounced: Int

    public init(account: String, state: MailboxState?, waiting: Int, bounced: Int) {
        self.account = account
        self.state = state
        self.waiting = waiting
        self.bounced = bounced
    }
}

/// How the reading of the mailbox goes.
public enum MailboxReport {
    public static let layout = ReportLayout(
        "mailbox",
        [
            ReportColumn("account", "Hộp thư", "Mailbox", "the server and the folder"),
            ReportColumn("state", "Tình trạng", "State", "ok, failing, never"),
            ReportColumn("last_success", "Đọc được lúc", "Last read", "when it was last read"),
            ReportColumn("waiting", "Thư chờ xử lý", "Waiting", "mails that wait for an operator: dondoc answers list"),
            ReportColumn("bounced", "Địa chỉ bị trả lại", "Bounced", "addresses that letters pass over: dondoc contacts list"),
            ReportColumn("failures", "Số lần lỗi", "Failures", "visits in a row that failed", isDetail: true),
            ReportColumn("last_error", "Lỗi gần nhất", "Last error", "why the last visit failed"),
        ])

    public static func sheet(_ entry: MailboxEntry, language: Language) -> Sheet {
        let state: Sheet.Value =
            if entry.state?.failures ?? 0 > 0 {
                .code("failing", title: language.choose("đang lỗi", "failing"), tone: .critical)
            } else if entry.state?.lastSuccess == nil {
                .code("never", title: language.choose("chưa đọc", "never"), tone: .warning)
            } else {
                .code("ok", title: language.choose("tốt", "ok"), tone: .good)
            }
        return layout.sheet(
            language.choose("Hộp thư đến", "Mailbox"), language,
            rows: [
                [
                    .text(entry.account), state, .instant(entry.state?.lastSuccess), .count(entry.waiting), .count(entry.bounced),
                    .count(entry.state?.failures ?? 0), .text(entry.state?.lastError),
                ]
            ])
    }
}
