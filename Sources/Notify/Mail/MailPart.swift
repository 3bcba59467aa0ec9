/// One part of a mail: bytes with a type, or several parts under one roof (RFC 2045, 2046).
struct MailPart {
    private enum Content {
        case bytes([UInt8])
        case parts([MailPart])
    }

    private let headers: [String]
    private let type: String
    private let content: Content

    private init(_ type: String, headers: [String] = [], _ content: Content) {
        self.type = type
        self.headers = headers
        self.content = content
    }

    /// Text in UTF-8, `plain` or `html`; line ends become CRLF.
    static func text(_ text: String, _ subtype: String = "plain") -> MailPart {
        let normalized = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\r\n")
        return MailPart("text/\(subtype); charset=utf-8", .bytes(Array(normalized.utf8)))
    }

    /// A picture that the HTML shows by `cid:` and its id.
    static func picture(_ picture: Attachment, id: String) -> MailPart {
        MailPart(
            picture.mediaType,
            headers: ["Content-ID: <\(id)>"] + ParameterText.lines("Content-Disposition: inline", "filename", picture.name), .bytes(picture.bytes))
    }

    /// A file beside the letter.
    static func attachment(_ file: Attachment) -> MailPart {
        MailPart(file.mediaType, headers: ParameterText.lines("Content-Disposition: attachment", "filename", file.name), .bytes(file.bytes))
    }

    /// Versions of the same, the plainest first; a single one stands for itself.
    static func alternative(_ parts: [MailPart]) -> MailPart { parts.count == 1 ? parts[0] : MailPart("multipart/alternative", .parts(parts)) }

    /// HTML with the pictures it shows.
    static func related(_ parts: [MailPart]) -> MailPart {
        parts.count == 1 ? parts[0] : MailPart("multipart/related; type=\"text/html\"", .parts(parts))
    }

    /// A letter with files.
    static func mixed(_ parts: [MailPart]) -> MailPart { parts.count == 1 ? parts[0] : MailPart("multipart/mixed", .parts(parts)) }

    /// The part's headers, a blank line and its body. Boundaries come from `seed` and the part's `path`, so that the same letter is the same
    /// bytes; "=_" cannot stand in base64, so no body can hold one.
    func lines(seed: String, path: String = "0") -> [String] {
        switch content {
        case .bytes(let bytes):
            return ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"] + headers + [""] + Base64.lines(bytes)
        case .parts(let parts):
            let boundary = "=_\(seed)_\(path)"
            let body = parts.enumerated().flatMap { index, part in ["--\(boundary)"] + part.lines(seed: seed, path: "\(path).\(index)") + [""] }
            return ["Content-Type: \(type);", " boundary=\"\(boundary)\""] + headers + [""] + body + ["--\(boundary)--"]
        }
    }
}

/// A file that goes with a letter.
public struct Attachment: Hashable, Sendable {
    /// As its reader sees it; any characters.
    public let name: String
    public let mediaType: String
    public let bytes: [UInt8]

    public init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}
