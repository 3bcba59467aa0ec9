/// Who must be told what, and why: the transitions of one cycle that concern one addressee.
public struct Notice: Hashable, Sendable {
    /// The agency it is about; nil for the operator.
    public let agency: Agency?
    /// The agencies that get it: the agency itself, or who answers for it today.
    public let addressees: [Agency]
    /// Ordered by severity, the worst first.
    public let transitions: [Transition]
    /// Who is to be told: with `head`, the heads of the addressees beside their contacts.
    public let audience: EscalationStep.Audience
    /// The highest step of the escalation that any of the alerts is at.
    public let step: Int

    public init(
        agency: Agency?, addressees: [Agency], transitions: [Transition], audience: EscalationStep.Audience = .agency, step: Int = 0
    ) {
        self.agency = agency
        self.addressees = addressees
        self.transitions = transitions
        self.audience = audience
        self.step = step
    }
}

/// The bytes of a mail, made once. A resend is these bytes with the same Message-ID.
public struct Letter: Hashable, Sendable {
    /// `<…@domain>`, with the angle brackets.
    public let messageID: String
    /// The agency whose figures it speaks of; nil for a letter to the operator.
    public let agency: AgencyCode?
    /// The envelope sender, to which bounces go.
    public let sender: String
    public let recipients: [String]
    public let subject: String
    /// A complete RFC 5322 message with CRLF line ends, before dot-stuffing.
    public let bytes: [UInt8]

    public init(messageID: String, agency: AgencyCode?, sender: String, recipients: [String], subject: String, bytes: [UInt8]) {
        self.messageID = messageID
        self.agency = agency
        self.sender = sender
        self.recipients = recipients
        self.subject = subject
        self.bytes = bytes
    }
}

/// A letter on its way, as the store holds it.
public struct OutboxItem: Hashable, Sendable {
    public enum State: String, CaseIterable, Sendable, Codable {
        /// At least one address waits for it.
        case queued
        /// None waits, and at least one has it.
        case sent
        /// Nobody has it: refused for good, or given up after the limit in days; an operator must look.
        case failed
    }

    public let id: Int64
    public let letter: Letter
    public let state: State
    public let createdAt: Instant
    public let attempts: Int
    /// When to try next; meaningful while queued.
    public let nextAttempt: Instant
    /// When a relay first took it for anybody.
    public let sentAt: Instant?
    /// The relay's last answer or the last error, empty when there was none.
    public let lastError: String
    /// What became of it for each address, in the order of the letter.
    public let recipients: [LetterRecipient]
    /// When an operator last put it into the queue again; nil for never. The days within which it must be taken count from then.
    public let requeuedAt: Instant?
    /// How it leaves: `mail` for letters, otherwise the id of the way out that an event takes.
    public let way: String

    /// Since when it has been waiting, and is given up after the limit in days.
    public var queuedAt: Instant { requeuedAt ?? createdAt }

    /// The way of letters.
    public static let mail = "mail"

    public init(
        id: Int64, letter: Letter, state: State, createdAt: Instant, attempts: Int, nextAttempt: Instant, sentAt: Instant?, lastError: String,
        recipients: [LetterRecipient], way: String = OutboxItem.mail, requeuedAt: Instant? = nil
    ) {
        self.requeuedAt = requeuedAt
        self.way = way
        self.id = id
        self.letter = letter
        self.state = state
        self.createdAt = createdAt
        self.attempts = attempts
        self.nextAttempt = nextAttempt
        self.sentAt = sentAt
        self.lastError = lastError
        self.recipients = recipients
    }
}
