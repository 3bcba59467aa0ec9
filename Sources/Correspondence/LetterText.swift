/// A letter of ours as its addressee reads it: the fields that people look at, in plain Unicode, then the text part without its transfer encoding.
public enum LetterText {
    /// The names of fields as they are shown.
    private static let shown = [
        "date": "Date", "from": "From", "to": "To", "reply-to": "Reply-To", "subject": "Subject", "message-id": "Message-ID",
    ]

    public static func readable(_ bytes: [UInt8]) -> String {
        let mail = MailEntity(bytes)
        let lines = mail.headers.fields.compactMap { field in shown[field.name].map { "\($0): \(EncodedWords.decoded(field.value))" } }
        let text = words(mail.all.first { $0.mediaType == "text/plain" } ?? mail)
        return (lines + ["", text]).joined(separator: "\n")
    }

    /// The HTML version; nil when there is none.
    public static func html(_ bytes: [UInt8]) -> String? { MailEntity(bytes).all.first { $0.mediaType == "text/html" }.map(words) }

    private static func words(_ part: MailEntity) -> String { String(decoding: part.content.filter { $0 != 13 }, as: UTF8.self) }
}
