/// The server's side of an SMTP conversation (RFC 5321), as a pure machine: a line in, replies out. Bounded in every direction.
struct MailSession {
    enum Action: Equatable {
        case reply(String)
        /// The letter is complete; to be answered once it is kept.
        case take(CaughtLetter)
        /// Within a letter nothing is said.
        case silence
        case close(String)
    }

    static let longestLine = 8000
    static let largestLetter = 20_000_000
    static let mostRecipients = 100

    private var sender: String?
    private var recipients: [String] = []
    private var isInData = false
    private var letter: [UInt8] = []
    private var isTooLarge = false

    /// - Parameter line: without its line end.
    mutating func handle(_ line: [UInt8]) -> Action {
        isInData ? handleData(line) : handleCommand(String(decoding: line, as: UTF8.self))
    }

    private mutating func handleCommand(_ line: String) -> Action {
        let word = line.prefix { $0 != " " && $0 != ":" }.uppercased()
        switch word {
        case "EHLO":
            reset()
            return .reply("250-demo.sonla.example\r\n250-8BITMIME\r\n250 SIZE \(MailSession.largestLetter)")
        case "HELO":
            reset()
            return .reply("250 demo.sonla.example")
        case "MAIL":
            guard let address = MailSession.address(in: line, after: "FROM:") else { return .reply("501 5.5.4 MAIL FROM:<address>") }
            reset()
            sender = address
            return .reply("250 2.1.0 Ok")
        case "RCPT":
            guard sender != nil else { return .reply("503 5.5.1 MAIL first") }
            guard let address = MailSession.address(in: line, after: "TO:"), !address.isEmpty else { return .reply("501 5.5.4 RCPT TO:<address>") }
            guard recipients.count < MailSession.mostRecipients else { return .reply("452 4.5.3 too many recipients") }
            recipients.append(address)
            return .reply("250 2.1.5 Ok")
        case "DATA":
            guard !recipients.isEmpty else { return .reply("503 5.5.1 RCPT first") }
            isInData = true
            return .reply("354 end with <CRLF>.<CRLF>")
        case "RSET":
            reset()
            return .reply("250 2.0.0 Ok")
        case "NOOP": return .reply("250 2.0.0 Ok")
        case "QUIT": return .close("221 2.0.0 Bye")
        default: return .reply("502 5.5.2 command not known")
        }
    }

    private mutating func handleData(_ line: [UInt8]) -> Action {
        guard line != [UInt8(ascii: ".")] else {
            defer { reset() }
            guard !isTooLarge else { return .reply("552 5.3.4 larger than \(MailSession.largestLetter) bytes") }
            return .take(CaughtLetter(sender: sender ?? "", recipients: recipients, bytes: letter))
        }
        guard letter.count + line.count + 2 <= MailSession.largestLetter else {
            isTooLarge = true
            return .silence
        }
        letter += line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
        letter += [0x0D, 0x0A]
        return .silence
    }

    private mutating func reset() {
        sender = nil
        recipients = []
        letter = []
        isInData = false
        isTooLarge = false
    }

    /// The address between angle brackets; empty for the null sender.
    private static func address(in line: String, after key: String) -> String? {
        guard let keyEnd = line.uppercased().firstRange(of: key)?.upperBound else { return nil }
        let rest = line.dropFirst(line.uppercased().distance(from: line.uppercased().startIndex, to: keyEnd)).drop { $0 == " " }
        guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
        return String(rest[rest.index(after: rest.startIndex)..<end])
    }
}
