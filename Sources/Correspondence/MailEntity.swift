/// A mail or one part of it: its head, and its parts or its bytes. Depth and number of parts are bounded, so that no mail costs more than its size.
struct MailEntity: Sendable {
    let headers: MailHeaders
    /// `text/plain` when nothing else is said.
    let mediaType: String
    let parameters: [String: String]
    let parts: [MailEntity]
    /// The body as it came, before the transfer encoding is undone.
    let body: ArraySlice<UInt8>

    /// Deeper than any mail program nests; what lies below stays undivided.
    static let deepest = 8
    static let mostParts = 200

    init(_ bytes: [UInt8]) {
        var room = MailEntity.mostParts
        self.init(bytes[...], depth: 0, room: &room)
    }

    private init(_ bytes: ArraySlice<UInt8>, depth: Int, room: inout Int) {
        headers = MailHeaders(bytes)
        body = MailEntity.body(of: bytes)
        let type = HeaderValue(headers["content-type"] ?? "text/plain")
        mediaType = type.word.contains("/") ? type.word : "text/plain"
        parameters = type.parameters
        var parts: [MailEntity] = []
        if depth < MailEntity.deepest {
            if mediaType.hasPrefix("multipart/"), let boundary = type.parameters["boundary"], !boundary.isEmpty, boundary.utf8.count <= 200 {
                for piece in MailEntity.pieces(body, boundary: Array(boundary.utf8), atMost: room) where room > 0 {
                    room -= 1
                    parts.append(MailEntity(piece, depth: depth + 1, room: &room))
                }
            } else if mediaType == "message/rfc822" || mediaType == "message/global", room > 0 {
                room -= 1
                parts.append(MailEntity(Array(decoded(body, headers))[...], depth: depth + 1, room: &room))
            } else if SignedContent.mediaTypes.contains(mediaType), room > 0, let signed = SignedContent.content(of: decoded(body, headers)) {
                room -= 1
                parts.append(MailEntity(signed[...], depth: depth + 1, room: &room))
            }
        }
        self.parts = parts
    }

    /// The body without its transfer encoding.
    var content: [UInt8] { TransferDecoding.decoded(body, headers["content-transfer-encoding"] ?? "") }

    /// The text and the set it was written in; nil for a set that is not known here.
    var text: String? { Charset.text(content, in: parameters["charset"] ?? "utf-8").map { $0.replacing("\r\n", with: "\n") } }

    /// What it is called when it is a file; nil for what is to be read in its place.
    var fileName: String? {
        let disposition = HeaderValue(headers["content-disposition"] ?? "")
        if let name = disposition.parameters["filename"] ?? parameters["name"] { return name.fileName }
        return disposition.word == "attachment" ? "" : nil
    }

    /// This entity and everything below it, in order.
    var all: [MailEntity] { [self] + parts.flatMap(\.all) }

    private static func body(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var lines = MailLines(bytes)
        while let line = lines.next(), !line.isEmpty {}
        return lines.remainder
    }

    /// What stands between the lines of a boundary. A boundary that never closes ends with the mail.
    private static func pieces(_ body: ArraySlice<UInt8>, boundary: [UInt8], atMost most: Int) -> [ArraySlice<UInt8>] {
        let dashes: [UInt8] = [45, 45]
        let opening = dashes + boundary
        var pieces: [ArraySlice<UInt8>] = []
        var start: Int?
        var lines = MailLines(body)
        while pieces.count < most {
            let here = lines.remainder.startIndex
            guard let line = lines.next() else { break }
            guard line.starts(with: opening) else { continue }
            let tail = line.dropFirst(opening.count)
            let isClosing = tail.starts(with: dashes)
            guard isClosing || tail.allSatisfy({ $0 == 32 || $0 == 9 }) else { continue }
            if let start { pieces.append(withoutLastLineEnd(body[start..<here])) }
            start = isClosing ? nil : lines.remainder.startIndex
            if isClosing { break }
        }
        if let start, pieces.count < most { pieces.append(body[start...]) }
        return pieces
    }

    private static func withoutLastLineEnd(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard piece.last == 10 else { return piece }
        let line = piece.dropLast()
        return line.last == 13 ? line.dropLast() : line
    }
}

private func decoded(_ body: ArraySlice<UInt8>, _ headers: MailHeaders) -> [UInt8] {
    TransferDecoding.decoded(body, headers["content-transfer-encoding"] ?? "")
}

extension String {
    /// The last part of a path, printable, at most 120 letters: a name that can neither lead elsewhere nor hide what it is.
    fileprivate var fileName: String {
        let last = split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return String(last.oneLine.filter { !$0.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) } }.prefix(120))
    }
}
