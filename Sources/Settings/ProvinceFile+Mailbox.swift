import Model

extension ProvinceFile {
    /// The mailbox for bounces and answers; nil when there is none, or it cannot be used.
    func mailbox(_ mail: SettingsReader) -> MailboxSettings? {
        guard let reader = mail.reader("mailbox") else { return nil }
        defer { reader.finish() }
        let host = reader.requiredString("host")
        let security = reader.choice("security", RelaySettings.Security.self) ?? .tls
        let port = reader.integer("port", in: 1...65_535) ?? (security == .tls ? 993 : 143)
        let username = reader.requiredString("username")
        let passwordFile = reader.file("password_file", in: files.directory)
        let tokenFile = reader.file("token_file", in: files.directory)
        if (passwordFile == nil) == (tokenFile == nil) {
            reader.problem(
                passwordFile == nil ? nil : "token_file",
                "a mailbox needs either 'password_file', the file that holds the password, or 'token_file', the one that holds an OAuth 2.0 access token"
            )
        }
        if security == .none, let host, !["127.0.0.1", "::1", "localhost"].contains(host) {
            reader.problem("security", "a password is never sent in the clear: set 'security' to tls or starttls")
        }
        let folder = reader.string("folder") ?? "INBOX"
        let processed = reader.string("processed")
        if processed == folder { reader.problem("processed", "'processed' is the folder that is read; name another one, or leave it out") }
        let check = reader.duration("check") ?? .seconds(300)
        if check < .seconds(10) { reader.problem("check", "'check' is shorter than 10s, which many servers take for an attack") }
        let settings = (
            caFile: reader.file("ca_file", in: files.directory), timeout: reader.duration("timeout") ?? .seconds(60),
            marksSeen: reader.bool("mark_seen") ?? false, maximum: reader.byteCount("maximum") ?? 20_000_000,
            stops: reader.value("reply_stops", expected: "next-reminder, nothing, or working days from 1 to 60", ReplyEffect.init)
        )
        if settings.maximum > 50_000_000 { reader.problem("maximum", "'maximum' is more than 50MB; mails are read in memory") }
        guard let host, let username, let secretFile = passwordFile ?? tokenFile else { return nil }
        return MailboxSettings(
            host: host, port: port, security: security, username: username, secretFile: secretFile, usesToken: tokenFile != nil,
            caFile: settings.caFile, timeout: settings.timeout, folder: folder, processed: processed, marksSeen: settings.marksSeen, check: check,
            maximumBytes: min(settings.maximum, 50_000_000), replyStops: settings.stops ?? .nextReminder)
    }
}
