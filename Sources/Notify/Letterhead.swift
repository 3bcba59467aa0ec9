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
    /// What List-Id says, `dondoc.` and the sender's domain where nothing else is set.
    public let listID: String
    /// Whether the figures go along as a CSV file.
    public let attachesFigures: Bool
    /// Whether the HTML shows the last periods as pictures.
    public let showsPictures: Bool

    public init(
        senderName: String, senderAddress: String, replyTo: String? = nil, envelopeFrom: String, operators: [String], answerWithin: Int,
        provinceName: String, language: Language, listID: String? = nil, attachesFigures: Bool = false, showsPictures: Bool = true
    ) {
        self.senderName = senderName
        self.senderAddress = senderAddress
        self.replyTo = replyTo
        self.envelopeFrom = envelopeFrom
        self.operators = operators
        self.answerWithin = answerWithin
        self.provinceName = provinceName
        self.language = language
        self.listID = listID ?? "dondoc." + (senderAddress.split(separator: "@").last.map(String.init) ?? "localhost")
        self.attachesFigures = attachesFigures
        self.showsPictures = showsPictures
    }

    public init(_ mail: MailSettings, provinceName: String, language: Language) {
        self.init(
            senderName: mail.from.name, senderAddress: mail.from.address, replyTo: mail.replyTo, envelopeFrom: mail.envelopeFrom,
            operators: mail.operators, answerWithin: mail.answerWithin, provinceName: provinceName, language: language,
            listID: mail.listID, attachesFigures: mail.attachesFigures, showsPictures: mail.showsPictures)
    }

    /// Where answers go.
    var answerAddress: String { replyTo ?? senderAddress }
}
