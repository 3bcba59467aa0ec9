/// An address that a letter did not reach: refused for good, given up after days of trying, or sent back by a mail server behind the relay.
public struct UndeliveredMail: Hashable, Sendable {
    /// As the letter's envelope has it.
    public let address: String
    /// The newest letter that did not reach it.
    public let letter: Int64
    public let subject: String
    /// Whose letter it was; nil for letters to nobody in the register.
    public let agency: AgencyCode?
    public let writtenAt: Instant
    /// What the mail server said, on one line; empty when it said nothing.
    public let answer: String

    public init(address: String, letter: Int64, subject: String, agency: AgencyCode?, writtenAt: Instant, answer: String) {
        self.address = address
        self.letter = letter
        self.subject = subject
        self.agency = agency
        self.writtenAt = writtenAt
        self.answer = answer
    }
}
