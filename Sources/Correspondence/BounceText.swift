/// Bounces that are no reports: the texts of qmail, of older Exim and Postfix, and of Exchange, as far as they can be told with certainty.
enum BounceText {
    /// Whether a mail server wrote it, by the name it writes under.
    static func isFromServer(_ mail: IncomingMail) -> Bool {
        if mail.headers["x-failed-recipients"] != nil { return true }
        let name = mail.sender.prefix { $0 != "@" }
        return ["mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"].contains(String(name))
            || name.hasPrefix("microsoftexchange")
            || (mail.headers["from"] ?? "").lowercased().contains("mailer-daemon")
    }

    /// The addresses that could not be reached; empty when the text names none in a way that is known.
    static func failures(_ mail: IncomingMail) -> [DeliveryNotice] {
        if let header = mail.headers["x-failed-recipients"] {
            let addresses = header.split(separator: ",").map { MailAddressText.address(in: String($0)) }.filter { !$0.isEmpty }
            return addresses.prefix(100).map { notice($0, reason(near: $0, in: mail.text)) }
        }
        let lines = mail.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(400).map { $0.trimmed }
        var found: [DeliveryNotice] = []
        for (index, line) in lines.enumerated() where found.count < 100 {
            // qmail and Postfix: "<vanthu@xa.example>:" or "<vanthu@xa.example>: host … said: 550 …"
            guard line.hasPrefix("<"), let end = line.firstIndex(of: ">") else { continue }
            let rest = line[line.index(after: end)...]
            guard rest.hasPrefix(":") || rest.hasPrefix(" (") else { continue }
            let address = MailAddressText.address(in: String(line[...end]))
            let following = lines[(index + 1)...].prefix { !$0.isEmpty && !$0.hasPrefix("<") }.joined(separator: " ")
            guard !address.isEmpty, !found.contains(where: { $0.address == address }) else { continue }
            found.append(notice(address, (String(rest.drop { $0 == ":" || $0 == " " }) + " " + following).oneLine))
        }
        return found
    }

    /// The Message-IDs that stand in the text below the report, where such servers copy the returned head.
    static func returned(_ mail: IncomingMail) -> [String] {
        mail.text.split(separator: "\n").filter { $0.lowercased().hasPrefix("message-id:") }.flatMap { MessageID.all(in: String($0)) }
    }

    private static func notice(_ address: String, _ reason: String) -> DeliveryNotice {
        DeliveryNotice(address: address, action: "failed", status: status(in: reason), diagnostic: reason)
    }

    /// The first thing of the form 5.1.1 in a text.
    private static func status(in text: String) -> String {
        for word in text.split(whereSeparator: { $0 == " " || $0 == "#" || $0 == "(" || $0 == ")" || $0 == ":" || $0 == ";" }) {
            let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
            if numbers.count == 3, numbers[0] == "5" || numbers[0] == "4", numbers.allSatisfy({ (1...3).contains($0.count) && Int($0) != nil }) {
                return String(word)
            }
        }
        return ""
    }

    private static func reason(near address: String, in text: String) -> String {
        let lines = text.split(separator: "\n").map { $0.trimmed }
        guard let index = lines.firstIndex(where: { $0.lowercased().contains(address) }) else { return "" }
        return lines[index...].prefix(4).joined(separator: " ").oneLine
    }
}
