import Model

/// What a mail that came in is, and what it speaks of. Nothing is decided from it here.
public struct SortedMail: Hashable, Sendable {
    public let kind: MailKind
    /// What servers said, for bounces and delays.
    public var notices: [DeliveryNotice] = []
    /// The letters of ours that it speaks of, by their Message-IDs, the nearest first.
    public var letters: [String] = []
    /// The alerts whose keys its writer quoted.
    public var keys: [AlertKey] = []
    /// What it was told by, in a few words.
    public let by: String
}

/// What the sorting needs to know of us.
public struct MailSurroundings: Sendable {
    /// The addresses that letters come from, in lower case.
    public let own: Set<String>
    /// Whether a Message-ID is that of a letter.
    public let isLetter: @Sendable (String) -> Bool
    /// Whether letters go to an address, which is in lower case.
    public let isContact: @Sendable (String) -> Bool

    public init(own: Set<String>, isLetter: @escaping @Sendable (String) -> Bool, isContact: @escaping @Sendable (String) -> Bool) {
        self.own = own
        self.isLetter = isLetter
        self.isContact = isContact
    }
}

extension IncomingMail {
    /// Every Message-ID that may be one of ours: the mail's own, those it answers, and those of what it returns.
    public var mentioned: [String] {
        [messageID] + references + DeliveryReport.returned(root) + (BounceText.isFromServer(self) ? BounceText.returned(self) : [])
    }

    /// Tells what it is. Reports of servers come first, then what programs write: a person's answer is what is left, so that nothing a program sends
    /// by itself is ever taken for one.
    public func sorted(_ surroundings: MailSurroundings) -> SortedMail {
        let letters = mentioned.filter(surroundings.isLetter)
        if let notices = DeliveryReport.notices(root) {
            guard BounceText.isFromServer(self) || hasEmptySender else {
                return SortedMail(kind: .unclearBounce, notices: notices, letters: letters, by: "a delivery report that comes from no mail server")
            }
            return report(notices, letters)
        }
        let report = HeaderValue(headers["content-type"] ?? "")
        if report.word == "multipart/report" || headers["content-type"]?.lowercased().contains("disposition-notification") == true {
            return SortedMail(kind: .receipt, letters: letters, by: "multipart/report \(report.parameters["report-type"]?.oneLine ?? "")")
        }
        if surroundings.isLetter(messageID) { return SortedMail(kind: .own, letters: letters, by: "its Message-ID is one of ours") }
        if surroundings.own.contains(sender), !isOwnReply(surroundings) {
            return SortedMail(kind: .own, letters: letters, by: "it comes from our own address")
        }
        if BounceText.isFromServer(self) {
            let failures = BounceText.failures(self)
            return SortedMail(
                kind: failures.isEmpty ? .unclearBounce : .bounce, notices: failures, letters: letters, by: "it comes from a mail server")
        }
        if let sign = automaticSign { return SortedMail(kind: .automatic, letters: letters, by: sign) }
        let keys = quotedKeys
        if references.contains(where: surroundings.isLetter) {
            return SortedMail(kind: .reply, letters: letters, keys: keys, by: "it answers a letter")
        }
        if !keys.isEmpty { return SortedMail(kind: .reply, keys: keys, by: "it quotes the reference of an alert") }
        return surroundings.isContact(sender)
            ? SortedMail(kind: .unassigned, by: "it comes from an address that letters go to")
            : SortedMail(kind: .other, by: "nothing in it is known")
    }

    /// Whether an agency answers a letter from an address that is ours too: Sở Nội vụ gets letters like any other, at the address that answers go to.
    /// What programs write from there is no answer, nor is what somebody writes from there to another agency.
    private func isOwnReply(_ surroundings: MailSurroundings) -> Bool {
        automaticSign == nil && surroundings.isContact(sender) && references.first.map(surroundings.isLetter) ?? false
    }

    private func report(_ notices: [DeliveryNotice], _ letters: [String]) -> SortedMail {
        let failed = notices.filter { $0.action == "failed" && !$0.address.isEmpty }
        if !failed.isEmpty { return SortedMail(kind: .bounce, notices: failed, letters: letters, by: "delivery status failed") }
        let delayed = notices.filter { $0.action == "delayed" }
        if !delayed.isEmpty { return SortedMail(kind: .delay, notices: delayed, letters: letters, by: "delivery status delayed") }
        let isGood = !notices.isEmpty && notices.allSatisfy { ["delivered", "relayed", "expanded"].contains($0.action) }
        return SortedMail(kind: isGood ? .receipt : .unclearBounce, notices: notices, letters: letters, by: "a delivery report")
    }

    /// What shows that a program wrote it; nil when nothing does.
    private var automaticSign: String? {
        if let value = headers["auto-submitted"]?.lowercased(), !value.hasPrefix("no") { return "Auto-Submitted" }
        if headers["x-auto-response-suppress"] != nil { return "X-Auto-Response-Suppress" }
        for name in ["x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply"] where headers[name] != nil { return name }
        if let value = headers["precedence"]?.lowercased(), ["auto_reply", "bulk", "list", "junk"].contains(value) { return "Precedence" }
        for name in ["list-id", "list-unsubscribe"] where headers[name] != nil { return name }
        if hasEmptySender { return "Return-Path <>" }
        let subject = TextFolding.key(subject)
        return IncomingMail.automaticSubjects.contains { subject.hasPrefix($0) } ? "its subject" : nil
    }

    private var hasEmptySender: Bool { headers["return-path"]?.filter { !$0.isWhitespace } == "<>" }

    private static let automaticSubjects = [
        "trả lời tự động", "thư trả lời tự động", "tự động trả lời", "automatic reply", "auto reply", "auto-reply", "autoreply", "out of office",
        "ngoài văn phòng", "vắng mặt", "read:", "đã đọc:",
    ]
}
