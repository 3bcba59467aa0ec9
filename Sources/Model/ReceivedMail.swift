/// What a mail that came into dondoc's mailbox is. The raw values are stable identifiers.
public enum MailKind: String, CaseIterable, Sendable, Codable {
    /// A letter could not be delivered to some address.
    case bounce
    /// A letter is late; the server goes on trying.
    case delay
    /// A server reports a failure in words that are not known here, or about a letter that is not known.
    case unclearBounce = "unclear-bounce"
    /// A server or a reader reports that a letter arrived or was read.
    case receipt
    /// A program answered: on holiday, received, please wait.
    case automatic
    /// A letter of ours that came back by itself.
    case own
    /// Somebody answers a letter.
    case reply
    /// Somebody we write to wrote, and it cannot be seen about what.
    case unassigned
    /// Anything else.
    case other

    /// Whether a person wrote it, so that its words are kept.
    public var isFromPerson: Bool { self == .reply || self == .unassigned || self == .other }
}

/// A mail that came in, as far as it is kept: what it is and, when a person wrote it, their words and files. The mail itself stays in the mailbox.
public struct ReceivedMail: Hashable, Sendable, Codable {
    /// 0 until the store has given it one.
    public var id: Int64
    /// Empty when the mail has none.
    public var messageID: String
    public var kind: MailKind
    /// What it was told by, in a few words.
    public var by: String
    public var receivedAt: Instant
    /// The address it says it comes from, in lower case; may be empty.
    public var sender: String
    public var subject: String
    /// The writer's own words, bounded; empty unless a person wrote it.
    public var words: String
    /// The agency that it speaks for or of; nil when that is not known.
    public var agency: AgencyCode?
    /// Whether the sender speaks for that agency.
    public var isVerified: Bool
    /// The number of the letter that it answers or reports on.
    public var letter: Int64?
    /// The day that it promises.
    public var due: Day?
    /// What whoever looks at it should know.
    public var remarks: [String]
    /// The alerts that it answers; empty for a mail that nobody's answer is taken from.
    public var alerts: [AlertKey]
    public var files: [Remediation.Evidence]

    public init(
        id: Int64 = 0, messageID: String, kind: MailKind, by: String, receivedAt: Instant, sender: String, subject: String, words: String = "",
        agency: AgencyCode? = nil, isVerified: Bool = false, letter: Int64? = nil, due: Day? = nil, remarks: [String] = [], alerts: [AlertKey] = [],
        files: [Remediation.Evidence] = []
    ) {
        self.id = id
        self.messageID = messageID
        self.kind = kind
        self.by = by
        self.receivedAt = receivedAt
        self.sender = sender
        self.subject = subject
        self.words = words
        self.agency = agency
        self.isVerified = isVerified
        self.letter = letter
        self.due = due
        self.remarks = remarks
        self.alerts = alerts
        self.files = files
    }

    /// How a remark ends that no longer holds once an operator has assigned the mail to an alert.
    public static let answersNothing = ", so no alert is answered by it"

    /// Whether an operator has to say what becomes of it: a person wrote it, and nothing was taken from it.
    public var isOpen: Bool { kind.isFromPerson && alerts.isEmpty }
}

/// An address that a letter could not be delivered to. Letters pass it over until an operator, or a mail from it, clears it.
public struct BouncedAddress: Hashable, Sendable, Codable {
    public let address: String
    public let since: Instant
    public let lastAt: Instant
    /// `5.1.1`; empty when the server said nothing of the kind.
    public let status: String
    /// What the server said, in one line.
    public let diagnostic: String
    /// How many letters have come back.
    public let count: Int

    public init(address: String, since: Instant, lastAt: Instant, status: String, diagnostic: String, count: Int) {
        self.address = address
        self.since = since
        self.lastAt = lastAt
        self.status = status
        self.diagnostic = diagnostic
        self.count = count
    }
}

/// How far a folder has been read, and how that goes.
public struct MailboxState: Hashable, Sendable, Codable {
    /// Nil before the first visit that got in.
    public var validity: UInt32?
    public var lastUID: UInt32
    public var lastSuccess: Instant?
    /// Empty after a visit that went well.
    public var lastError: String
    /// Visits in a row that failed.
    public var failures: Int

    public init(validity: UInt32? = nil, lastUID: UInt32 = 0, lastSuccess: Instant? = nil, lastError: String = "", failures: Int = 0) {
        self.validity = validity
        self.lastUID = lastUID
        self.lastSuccess = lastSuccess
        self.lastError = lastError
        self.failures = failures
    }
}
