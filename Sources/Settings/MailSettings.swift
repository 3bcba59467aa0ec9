import Model

/// How letters are written and sent.
public struct MailSettings: Hashable, Sendable {
    /// In the order in which they are asked.
    public var relays: [RelaySettings]
    public var from: MailAddress
    public var replyTo: String?
    /// The envelope sender, to which bounces go.
    public var envelopeFrom: String
    /// Who gets what concerns no agency, and what an agency cannot be sent.
    public var operators: [String]
    public var firstRetry: Duration
    public var longestRetry: Duration
    public var giveUpAfter: Duration
    /// Working days within which an agency is asked to answer.
    public var answerWithin: Int
    /// What List-Id says; nil for `dondoc.` and the sender's domain.
    public var listID: String?
    /// Whether the figures of a letter go along as a CSV file.
    public var attachesFigures = false
    /// Whether letters show the last periods of a figure as a picture.
    public var showsPictures = true
    /// Nil: letters are not signed.
    public var smime: SMIMESettings?
    /// When the operators get what has happened since the last time; nil for never.
    public var digest: CronExpression?
    /// Nil: nobody gets a summary.
    public var summary: SummarySettings?
    /// Nil: nothing that comes back is read.
    public var mailbox: MailboxSettings?
}

/// The certificate that letters are signed with (S/MIME), as PEM files.
public struct SMIMESettings: Hashable, Sendable {
    public var certificate: String
    public var key: String
    /// The authorities between the certificate and one that everybody knows; nil for none.
    public var chain: String?

    public init(certificate: String, key: String, chain: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.chain = chain
    }
}

/// Who gets the summary for the Chairman, and when.
public struct SummarySettings: Hashable, Sendable {
    public var schedule: CronExpression
    public var recipients: [String]
}
