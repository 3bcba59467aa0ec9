import Model

/// A plain-text mail as RFC 5322 wants it: ASCII lines of at most 76 characters with CRLF, whatever the names and the text hold.
struct Message {
    let messageID: String
    let date: Instant
    let from: Mailbox
    let to: [Mailbox]
    let replyTo: String?
    let subject: String
    let body: String

    /// Header and body; the body is base64 so that no relay on the way can break lines or letters.
    var bytes: [UInt8] {
        var lines = ["Date: \(Message.date(date))", "From: \(from.encoded(offset: 6))"]
        lines += Message.folded("To", to)
        if let replyTo { lines.append("Reply-To: <\(HeaderText.address(replyTo))>") }
        lines += [
            "Subject: \(HeaderText.encoded(subject, offset: 9))", "Message-ID: \(messageID)", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        ]
        let normalized = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\r\n")
        lines += Base64.lines(Array(normalized.utf8))
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// A name and an address; the name may be empty.
    struct Mailbox {
        let name: String
        let address: String

        /// `offset` is how far the line is filled already.
        func encoded(offset: Int) -> String {
            let bare = "<\(HeaderText.address(address))>"
            let phrase = HeaderText.phrase(name, offset: offset)
            if phrase.isEmpty { return bare }
            let lastLine = phrase.split(separator: "\r\n").last?.utf8.count ?? 0
            return phrase + (offset + lastLine + bare.utf8.count < 76 ? " " : "\r\n ") + bare
        }
    }

    private static func folded(_ name: String, _ mailboxes: [Mailbox]) -> [String] {
        let encoded = mailboxes.enumerated().map { index, mailbox in mailbox.encoded(offset: index == 0 ? name.utf8.count + 2 : 1) }
        return encoded.isEmpty ? [] : ["\(name): " + encoded.joined(separator: ",\r\n ")]
    }

    /// `Mon, 02 Nov 2026 08:00:00 +0700`
    static func date(_ instant: Instant) -> String {
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = instant.day
        return
            "\(weekdays[day.weekday - 1]), \(day.dayOfMonth.padded(to: 2)) \(months[day.month - 1]) \(day.year.padded(to: 4)) \(instant.clock) +0700"
    }
}
