import Model

/// Whether an address speaks for an agency. Its own words in a mail are no proof, because anybody can write them.
public enum SenderCheck {
    /// The agencies of a day that an address speaks for: those it is a contact or head of; failing that, the one whose domain it comes from,
    /// provided that no other agency has an address there. Domains that agencies share, such as the province's, speak for nobody, and neither do
    /// those where anybody can have a mailbox.
    public static func agencies(of address: String, in register: Register, on day: Day) -> Set<AgencyCode> {
        let present = register.agencies.filter { $0.exists(on: day) }
        let direct = present.filter { agency in addresses(of: agency).contains(address) }.map(\.code)
        guard direct.isEmpty else { return Set(direct) }
        let domain = MailAddressText.domain(of: address)
        guard !domain.isEmpty, !publicDomains.contains(domain) else { return [] }
        let there = present.filter { agency in addresses(of: agency).contains { MailAddressText.domain(of: $0) == domain } }.map(\.code)
        return there.count == 1 ? Set(there) : []
    }

    /// Whether the mail server that took a mail found that it does not come from where it says (RFC 8601), or looked at another domain than the
    /// sender's as we read it. Only the first such header counts: it is the one of our own server, and those below it were written by anybody.
    public static func isForged(_ mail: IncomingMail) -> Bool {
        guard let result = mail.headers["authentication-results"]?.lowercased(), let found = result.firstRange(of: "dmarc=") else { return false }
        if result.contains("dmarc=fail") { return true }
        let domain = MailAddressText.domain(of: mail.sender)
        guard let judged = judgedDomain(result[found.upperBound...]), !domain.isEmpty else { return false }
        return domain != judged && !domain.hasSuffix(".\(judged)")
    }

    /// The domain that DMARC was applied to, `header.from=xa.example`; nil when it is not said.
    private static func judgedDomain(_ result: Substring) -> String? {
        guard let name = result.firstRange(of: "header.from=") else { return nil }
        let value = result[name.upperBound...].drop { $0 == "\"" }.prefix { !$0.isWhitespace && !";,()\"".contains($0) }
        return value.split(separator: "@").last.map(String.init)
    }

    /// Providers of mailboxes for everybody, as communes in Việt Nam use them where they have no official address.
    private static let publicDomains: Set<String> = [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "ymail.com", "rocketmail.com", "outlook.com", "outlook.com.vn", "hotmail.com",
        "live.com", "msn.com", "icloud.com", "me.com", "proton.me", "protonmail.com", "zoho.com", "gmx.com", "gmx.net", "mail.com", "mail.ru",
        "yandex.com", "aol.com", "qq.com", "163.com", "zing.vn", "fpt.vn", "vnn.vn", "hcm.vnn.vn", "hn.vnn.vn", "vnn.com.vn", "viettel.vn",
        "inbox.vn",
    ]

    private static func addresses(of agency: Agency) -> Set<String> { Set((agency.contacts + agency.heads).map { $0.lowercased() }) }
}
