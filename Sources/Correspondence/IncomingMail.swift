import Model

/// A mail as it was read: who wrote, to which mail it answers, its words and its files. Whatever the bytes are, reading ends with a value.
public struct IncomingMail: Sendable {
    /// A file that came along.
    public struct File: Hashable, Sendable {
        /// Without a path; a made-up one when the mail gives none.
        public let name: String
        public let mediaType: String
        public let bytes: [UInt8]
    }

    public let headers: MailHeaders
    /// With angle brackets; empty when the mail has none.
    public let messageID: String
    /// The Message-IDs that it answers, the nearest first.
    public let references: [String]
    /// The address of whoever wrote, in lower case; empty when the mail does not name exactly one.
    public let sender: String
    /// In one line, its encoded words read.
    public let subject: String
    /// What people read in it: its first text, or the words of its HTML.
    public let text: String
    /// In the order of the mail; pictures that stand in the text are not among them.
    public let files: [File]
    /// What could not be read, for whoever looks at it.
    public let remarks: [String]
    /// Whether it holds words that could not be read, and none that could.
    private let hasOnlyUnreadWords: Bool
    let root: MailEntity

    /// The longest text that is looked at; the words of a letter of fifty pages.
    static let longestText = 200_000
    static let mostFiles = 20

    /// - Parameter isCut: only the beginning of a mail was fetched, so its files are not whole and are left out.
    public init(_ bytes: [UInt8], isCut: Bool = false) {
        let root = MailEntity(bytes)
        self.root = root
        headers = root.headers
        messageID = MessageID.all(in: headers["message-id"] ?? "").first ?? ""
        let answered = MessageID.all(in: headers["in-reply-to"] ?? "") + MessageID.all(in: headers["references"] ?? "").reversed()
        references = answered.reduce(into: []) { found, id in if found.count < 100, !found.contains(id) { found.append(id) } }
        let writers = headers.all("from")
        sender = writers.count == 1 ? MailAddressText.address(in: writers[0]) : ""
        subject = headers.text("subject")
        var remarks: [String] = isCut ? ["only its beginning was read, because it is larger than the limit"] : []
        if sender.isEmpty, !writers.isEmpty { remarks.append("its sender is not one address: \(writers.joined(separator: ", ").oneLine)") }
        let before = remarks.count
        text = String(IncomingMail.words(of: root, &remarks).prefix(IncomingMail.longestText))
        hasOnlyUnreadWords = text.isEmpty && remarks.count > before
        files = isCut ? [] : IncomingMail.files(of: root, &remarks)
        self.remarks = remarks
    }

    /// Whether nothing in it can be taken for an answer: no words of its writer's own, and no document that could stand for them. A document beside
    /// words that could not be read does not.
    public func isSilent(but answer: AnswerText) -> Bool {
        answer.words.isEmpty && (hasOnlyUnreadWords || files.allSatisfy { IncomingMail.wrappings.contains($0.mediaType) })
    }

    /// What mail programs add by themselves to a mail that they sign or encrypt.
    private static let wrappings = SignedContent.mediaTypes.union([
        "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-encrypted",
    ])

    private static func words(of root: MailEntity, _ remarks: inout [String]) -> String {
        let readable = root.readable
        for (type, isHTML) in [("text/plain", false), ("text/html", true)] {
            for part in readable where part.mediaType == type && part.fileName == nil {
                guard let text = part.text else {
                    remarks.append("its text is in the character set '\((part.parameters["charset"] ?? "").oneLine)', which is not read here")
                    continue
                }
                let words = isHTML ? HTMLText.words(text) : text
                let clean = String(words.filter { $0 == "\n" || $0 == "\t" || $0.isPrintable })
                if !clean.trimmed.isEmpty { return clean }
            }
        }
        if readable.contains(where: { $0.mediaType == "multipart/encrypted" || SignedContent.mediaTypes.contains($0.mediaType) && $0.parts.isEmpty })
        {
            remarks.append("its text is encrypted, or signed in a form that is not read here")
        }
        return ""
    }

    private static func files(of root: MailEntity, _ remarks: inout [String]) -> [File] {
        var files: [File] = []
        for part in root.readable where part.parts.isEmpty && !part.mediaType.hasPrefix("multipart/") {
            let isInline = HeaderValue(part.headers["content-disposition"] ?? "").word == "inline" || part.headers["content-id"] != nil
            guard let name = part.fileName, !(isInline && part.mediaType.hasPrefix("image/")) else { continue }
            guard files.count < mostFiles else {
                remarks.append("it has more than \(mostFiles) files; the rest was left in the mailbox")
                break
            }
            files.append(File(name: name.isEmpty ? "tep-\(files.count + 1)" : name, mediaType: part.mediaType, bytes: part.content))
        }
        return files
    }
}

extension MailEntity {
    /// The parts that people read or open: not what a mail that was sent along holds.
    var readable: [MailEntity] {
        mediaType.hasPrefix("message/") ? [] : [self] + parts.flatMap(\.readable)
    }
}

/// Message-IDs as they stand in headers.
public enum MessageID {
    /// Everything in angle brackets that can be one, in order.
    public static func all(in text: String) -> [String] {
        var found: [String] = []
        var rest = Array(text.utf8)[...]
        while found.count < 200, let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(start + 1)...]
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
            let id = rest[..<end]
            if (3...996).contains(id.count), id.contains(UInt8(ascii: "@")), id.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "<") }) {
                found.append("<\(String(decoding: id, as: UTF8.self))>")
            }
            rest = rest[(end + 1)...]
        }
        return found
    }
}
