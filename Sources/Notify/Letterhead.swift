import Model
import Settings

/// What all letters share: who writes, who gets the operators' letters, and how long an answer may take.
public struct Letterhead: Hashable, Sendable {
    public let senderName: String
    public let senderAddress: String
    public let replyTo: String?
    public let envelopeFrom: String
    public let operators: [String]
    /// Working days for the answer.
    public let answerWithin: Int
    public let provinceName: String
    public let language: Language

    public init(
        senderName: String, senderAddress: String, replyTo: String? = nil, envelopeFrom: String, operators: [String], answerWithin: Int,
        provinceName: String, language: Language
    ) {
        self.senderName = senderName
        self.senderAddress = senderAddress
        self.replyTo = replyTo
        self.envelopeFrom = envelopeFrom
        self.operators = operators
        self.answerWithin = answerWithin
        self.provinceName = provinceName
        self.language = language
    }

    public init(_ mail: MailSettings, provinceName: String, language: Language) {
        self.init(
            senderName: mail.from.name, senderAddress: mail.from.address, replyTo: mail.replyTo, envelopeFrom: mail.envelopeFrom,
            operators: mail.operators, answerWithin: mail.answerWithin, provinceName: provinceName, language: language)
    }

    /// Where answers go.
    var answerAddress: String { replyTo ?? senderAddress }
}
