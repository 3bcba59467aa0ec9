import Model

/// A mail as RFC 5322 and MIME want it: ASCII lines of at most 78 characters with CRLF, whatever the names and the text hold. The same message is
/// the same bytes.
struct Message {
    let messageID: String
    let date: Instant
    let from: Mailbox
    let to: [Mailbox]
    let replyTo: String?
    /// What tells mail programs and filters that these letters belong together (RFC 2919), without angle brackets.
    let listID: String
    let subject: String
    /// The Message-IDs of earlier letters on the same matter, the oldest first.
    let thread: [String]
    let content: MailPart

    /// How many letters References names: the first, and the last ones.
    private static let longestThread = 12

    /// Header and body; every body is base64 so that no relay on the way can break lines or letters.
    var bytes: [UInt8] {
        var lines = ["Date: \(Message.date(date))", "From: \(from.encoded(offset: 6))"]
        lines += Message.folded("To", to)
        if let replyTo { lines.append("Reply-To: <\(HeaderText.address(replyTo))>") }
        lines += ["Subject: \(HeaderText.encoded(subject, offset: 9))", Message.named("Message-ID", [messageID])]
        if let parent = thread.last {
            let known = thread.prefix(1) + thread.dropFirst().suffix(Message.longestThread - 1)
            lines += [Message.named("In-Reply-To", [parent]), Message.named("References", Array(known))]
        }
        lines += ["List-Id: <\(HeaderText.address(listID))>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0"]
        lines += content.lines(seed: Message.seed(messageID))
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// Sixteen hexadecimal digits that stand for a Message-ID: what boundaries are made of.
    static func seed(_ messageID: String) -> String { Fingerprint(of: messageID).digits }

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

    /// A field of Message-IDs, one a line; the first beside the name wherever the 78 characters of RFC 5322 have room, because some readers take
    /// the blank of a folded line for a part of the id.
    private static func named(_ name: String, _ ids: [String]) -> String {
        let hasRoom = name.utf8.count + 2 + (ids.first?.utf8.count ?? 0) <= 78
        return "\(name):" + (hasRoom ? " " : "\r\n ") + ids.joined(separator: "\r\n ")
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
