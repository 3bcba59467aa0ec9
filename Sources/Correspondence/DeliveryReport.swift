/// What a mail server reports about a mail of ours for one address (RFC 3464).
public struct DeliveryNotice: Hashable, Sendable {
    /// In lower case.
    public let address: String
    /// `failed`, `delayed`, `delivered`, `relayed`, `expanded`, in lower case.
    public let action: String
    /// `5.1.1`; empty when nothing is said.
    public let status: String
    /// What the server said, in one line.
    public let diagnostic: String

    public init(address: String, action: String, status: String, diagnostic: String) {
        self.address = address
        self.action = action
        self.status = status
        self.diagnostic = diagnostic
    }
}

/// Reads `multipart/report; report-type=delivery-status`. A report counts when it is the mail, not when somebody sends it along.
enum DeliveryReport {
    private static let mostRecipients = 200

    /// Nil when the mail is no such report. The address is the one the letter was sent to, before any forwarding, when the report names it.
    static func notices(_ root: MailEntity) -> [DeliveryNotice]? {
        let statusTypes = ["message/delivery-status", "message/global-delivery-status"]
        guard isReport(root), let part = root.parts.first(where: { statusTypes.contains($0.mediaType) }) else { return nil }
        var rest = part.content[...]
        var notices: [DeliveryNotice] = []
        var isFirst = true
        while !rest.isEmpty, notices.count < mostRecipients {
            let group = MailHeaders(rest)
            var lines = MailLines(rest)
            while let line = lines.next(), !line.isEmpty {}
            rest = lines.remainder
            // The first group speaks of the mail as a whole; some servers leave it out.
            if isFirst, group["action"] == nil {
                isFirst = false
                continue
            }
            isFirst = false
            guard let action = group["action"]?.lowercased().prefix(while: { $0.isLetter }) else { continue }
            let named = [group["original-recipient"], group["final-recipient"]].compactMap { $0.map(typed) }.map(MailAddressText.address)
            notices.append(
                DeliveryNotice(
                    address: named.first { !$0.isEmpty } ?? "", action: String(action),
                    status: String((group["status"] ?? "").prefix { $0.isNumber || $0 == "." }.prefix(12)),
                    diagnostic: typed(group["diagnostic-code"] ?? "").oneLine))
        }
        return notices
    }

    /// The Message-IDs of the mail that was returned with the report, or of its head alone.
    static func returned(_ root: MailEntity) -> [String] {
        guard isReport(root) else { return [] }
        var found: [String] = []
        for part in root.parts {
            switch part.mediaType {
            case "message/rfc822", "message/global": found += part.parts.flatMap { MessageID.all(in: $0.headers["message-id"] ?? "") }
            case "text/rfc822-headers", "message/rfc822-headers", "message/global-headers":
                found += MessageID.all(in: MailHeaders(part.content[...])["message-id"] ?? "")
            default: break
            }
        }
        return found
    }

    private static func isReport(_ root: MailEntity) -> Bool { root.mediaType == "multipart/report" }

    /// `rfc822;vanthu@xa.example` without its type.
    private static func typed(_ value: String) -> String {
        value.firstIndex(of: ";").map { value[value.index(after: $0)...].trimmed } ?? value
    }
}
