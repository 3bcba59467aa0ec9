import Model

/// What a mail was told by and what should be known of it is kept with it in English; it is said here in Vietnamese.
enum MailWords {
    /// Programs get what is kept; names of headers and what servers said are nobody's to translate.
    static func cell(_ phrases: [String], _ language: Language) -> Sheet.Value {
        let kept = phrases.joined(separator: "|")
        guard language == .vietnamese, !kept.isEmpty else { return .text(kept) }
        return .code(kept, title: phrases.map(vietnamese).joined(separator: "|"), tone: .plain)
    }

    static func vietnamese(_ phrase: String) -> String {
        for words in words {
            let (english, vietnamese) = (halves(words.english), halves(words.vietnamese))
            guard english.count == 2 else {
                if phrase == words.english { return words.vietnamese }
                continue
            }
            guard phrase.hasPrefix(english[0]), phrase.hasSuffix(english[1]), phrase.count >= english[0].count + english[1].count else { continue }
            return vietnamese[0] + phrase.dropFirst(english[0].count).dropLast(english[1].count) + vietnamese[1]
        }
        return phrase
    }

    private static func halves(_ words: String) -> [String] { words.split(separator: "…", omittingEmptySubsequences: false).map(String.init) }

    /// The dots stand for what is different each time.
    private static let words: [(english: String, vietnamese: String)] = [
        ("its Message-ID is one of ours", "Message-ID là của thư đã gửi đi"), ("it comes from our own address", "gửi từ địa chỉ của hệ thống"),
        ("it comes from a mail server", "do máy chủ thư gửi"), ("it answers a letter", "trả lời thư đã gửi"),
        ("it quotes the reference of an alert", "có nêu mã tra cứu của cảnh báo"),
        ("it comes from an address that letters go to", "gửi từ địa chỉ nhận thư của cơ quan"),
        ("nothing in it is known", "không có dấu hiệu nào đã biết"),
        ("delivery status failed", "báo cáo giao thư: không giao được"), ("delivery status delayed", "báo cáo giao thư: giao chậm"),
        ("a delivery report that comes from no mail server", "báo cáo giao thư nhưng không do máy chủ thư gửi"),
        ("a delivery report", "báo cáo giao thư"),
        ("its subject", "tiêu đề thư"), ("it could not be fetched", "không tải được thư"),
        ("only its beginning was read, because it is larger than the limit", "chỉ đọc phần đầu vì thư lớn hơn giới hạn"),
        ("its sender is not one address: …", "người gửi không phải là một địa chỉ duy nhất: …"),
        ("its text is in the character set '…', which is not read here", "nội dung dùng bảng mã '…' mà hệ thống không đọc được"),
        (
            "its text is encrypted, or signed in a form that is not read here",
            "nội dung được mã hóa hoặc ký số ở dạng mà hệ thống không đọc được"
        ),
        ("it has more than … files; the rest was left in the mailbox", "có hơn … tệp; các tệp còn lại vẫn ở trong hộp thư"),
        ("no letter went to such an address", "không có thư nào gửi tới địa chỉ này"),
        (
            "our mail server found that it does not come from where it says (…)",
            "máy chủ thư của hệ thống xác định thư không đến từ nơi đã ghi (…)"
        ),
        // As mails that came in before have it.
        (
            "its sender does not speak for any agency in agencies.csv, so no alert is answered by it",
            "theo agencies.csv, người gửi không đại diện cho cơ quan nào"
        ),
        (
            "its sender does not speak for … in agencies.csv, so no alert is answered by it",
            "theo agencies.csv, người gửi không đại diện cho …"
        ),
        ("its sender does not speak for any agency in agencies.csv", "theo agencies.csv, người gửi không đại diện cho cơ quan nào"),
        ("its sender does not speak for … in agencies.csv", "theo agencies.csv, người gửi không đại diện cho …"),
        ("no words of its writer's own could be read in it", "không đọc được nội dung nào do người gửi viết"),
        ("no day could be read in '…'", "không đọc được ngày trong '…'"),
        ("it names … different days, so none is taken as a promise", "nêu … ngày khác nhau nên không ngày nào được coi là cam kết"),
        (
            "the day … was not taken as a promise: it is over, or more than a year away",
            "ngày … không được coi là cam kết: đã qua hoặc còn hơn một năm"
        ),
    ]
}
