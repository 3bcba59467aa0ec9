/// What was said between libcurl and a relay about one letter: attributes each reply to the command it answers.
///
/// Needed because libcurl's codes do not tell a refused recipient from a refused login, nor 451 from 554 after the dot.
struct MailDialogue {
    /// What the next reply answers.
    enum Stage: Hashable {
        case greeting, hello, starttls, login, sender, recipient, data, message, farewell
    }

    struct Reply: Hashable {
        let code: Int
        let text: String

        var isPositive: Bool { (200..<400).contains(code) }
    }

    private(set) var stage = Stage.greeting
    /// The replies to RCPT TO, in the order of the recipients.
    private(set) var recipients: [Reply] = []
    /// The last complete reply before the farewell, and what it answered.
    private(set) var last: (stage: Stage, reply: Reply)?
    /// The reply to the final dot: the only one that says whether the letter was taken.
    private(set) var verdict: Reply?
    private var lines: [String] = []

    /// Whether the relay has the letter in its hands, so that without a verdict nobody knows whether it was taken.
    var isInDoubt: Bool { wasSent && verdict == nil }
    private var wasSent = false
    /// Whether the relay has heard of the letter at all.
    private(set) var wasOffered = false

    /// Takes one command as it was sent. While logging in, secrets pass by here; they are looked at and not kept.
    mutating func sent(_ command: [UInt8]) {
        let line = String(decoding: command.prefix(16), as: UTF8.self).uppercased()
        lines = []
        if line.hasPrefix("MAIL FROM:") {
            stage = .sender
            wasOffered = true
            recipients = []
        } else if line.hasPrefix("RCPT TO:") {
            stage = .recipient
        } else if line.hasPrefix("EHLO ") || line.hasPrefix("HELO ") {
            stage = .hello
        } else if line.hasPrefix("AUTH ") {
            stage = .login
        } else if stage == .hello, line.hasPrefix("STARTTLS") {
            stage = .starttls
        } else if stage == .recipient, line.hasPrefix("DATA") {
            stage = .data
        } else if stage != .login, line.hasPrefix("QUIT") {
            stage = .farewell
        }
    }

    /// Takes one line from the relay; lines that are not SMTP are left to libcurl's judgement.
    mutating func received(_ line: [UInt8]) {
        guard line.count >= 3, let code = Int(String(decoding: line.prefix(3), as: UTF8.self)), (200...599).contains(code) else { return }
        let rest = PrintableText.clip(String(decoding: line.dropFirst(4), as: UTF8.self))
        if !rest.isEmpty { lines.append(rest) }
        guard line.count < 4 || line[3] != UInt8(ascii: "-") else { return }
        let reply = Reply(code: code, text: PrintableText.clip(lines.joined(separator: " ")))
        lines = []
        take(reply)
    }

    private mutating func take(_ reply: Reply) {
        guard stage != .farewell, verdict == nil else { return }
        last = (stage, reply)
        switch stage {
        case .recipient: recipients.append(reply)
        case .data where reply.code == 354:
            stage = .message
            wasSent = true
        case .message: verdict = reply
        default: break
        }
    }
}
