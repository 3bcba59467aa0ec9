/// How a scripted relay answers each command; the default takes everything.
public struct RelayManners: Sendable {
    public var greeting: String
    /// Extensions offered after EHLO.
    public var extensions: [String]
    /// The reply to `RCPT TO:<address>`.
    public var recipient: @Sendable (_ address: String) -> String
    /// The reply to MAIL FROM.
    public var sender: String
    /// The reply to AUTH, once the client has sent what it has to.
    public var login: String
    /// The reply to the final dot; nil drops the connection instead.
    public var verdict: String?
    /// Drops the connection as soon as DATA has been answered.
    public var dropsInData: Bool
    /// Closes the connection as soon as a mail has been answered.
    public var leavesAfterMail: Bool
    /// Never answers QUIT but keeps the connection.
    public var ignoresQuit: Bool

    public init(
        greeting: String = "220 relay ESMTP", extensions: [String] = ["8BITMIME", "SIZE 10000000"],
        recipient: @escaping @Sendable (_ address: String) -> String = { _ in "250 2.1.5 Ok" }, sender: String = "250 2.1.0 Ok",
        login: String = "235 2.7.0 Authentication successful", verdict: String? = "250 2.0.0 Ok: queued as 4F2A", dropsInData: Bool = false,
        leavesAfterMail: Bool = false, ignoresQuit: Bool = false
    ) {
        self.greeting = greeting
        self.extensions = extensions
        self.recipient = recipient
        self.sender = sender
        self.login = login
        self.verdict = verdict
        self.dropsInData = dropsInData
        self.leavesAfterMail = leavesAfterMail
        self.ignoresQuit = ignoresQuit
    }
}

/// What a scripted relay heard.
public struct HeardMail: Sendable {
    /// Every command line of the connection, up to the end of the mail's text.
    public let commands: [String]
    /// The text as it came over the wire, dots still stuffed, without the final dot line.
    public let wire: [UInt8]
}

extension Conversation {
    /// Plays a relay until the client leaves; `heard` is called for each mail before it is answered. The manners are asked for at each reply: changed ones hold on a connection that is open, as they must where
    /// the client keeps it, because one that is only about to be closed may be used again just before it is.
    public func playRelay(_ manners: @autoclosure () -> RelayManners = RelayManners(), heard: (HeardMail) -> Void = { _ in }) throws {
        try send(manners().greeting + "\r\n")
        var commands: [String] = []
        while true {
            let line = try readLine()
            commands.append(line)
            let word = line.uppercased()
            if word.hasPrefix("EHLO") || word.hasPrefix("HELO") {
                let lines = ["relay"] + manners().extensions
                for (index, text) in lines.enumerated() { try send("250\(index == lines.count - 1 ? " " : "-")\(text)\r\n") }
            } else if word.hasPrefix("AUTH") {
                if word == "AUTH LOGIN" {
                    for question in ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"] {
                        try send("334 \(question)\r\n")
                        commands.append(try readLine())
                    }
                } else if line.split(separator: " ").count == 2 {
                    // No initial response: asked for with an empty challenge.
                    try send("334 \r\n")
                    commands.append(try readLine())
                }
                try send(manners().login + "\r\n")
            } else if word.hasPrefix("MAIL FROM:") {
                try send(manners().sender + "\r\n")
            } else if word.hasPrefix("RCPT TO:<") {
                try send(manners().recipient(String(line.dropFirst(9).prefix { $0 != ">" })) + "\r\n")
            } else if word == "DATA" {
                try send("354 End data with <CR><LF>.<CR><LF>\r\n")
                if manners().dropsInData { return }
                heard(HeardMail(commands: commands, wire: try readMailText()))
                guard let verdict = manners().verdict else { return }
                try send(verdict + "\r\n")
                if manners().leavesAfterMail { return }
            } else if word == "QUIT" {
                if manners().ignoresQuit { return waitForEnd() }
                try send("221 2.0.0 Bye\r\n")
                return
            } else if word == "RSET" || word == "NOOP" {
                try send("250 2.0.0 Ok\r\n")
            } else {
                try send("502 5.5.2 not known here\r\n")
            }
        }
    }

    private func readMailText() throws -> [UInt8] {
        var text: [UInt8] = []
        let end = Array("\r\n.\r\n".utf8)
        while true {
            text += try read(1)
            if text.suffix(5) == end[...] { return Array(text.dropLast(3)) }
            if text == Array(".\r\n".utf8) { return [] }
        }
    }
}
