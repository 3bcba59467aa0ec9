extension ProvinceFile {
    /// One as `relay`, or several in their order as `relays`; nil when none can be used.
    func relays(_ mail: SettingsReader) -> [RelaySettings]? {
        if mail.has("relay"), mail.has("relays") {
            mail.problem("relays", "'relay' and 'relays' stand beside each other; put all into 'relays', the first to be asked first")
        }
        if mail.has("relays") {
            let readers = mail.readers("relays") ?? []
            if readers.isEmpty { mail.problem("relays", "'relays' must name at least one relay") }
            let relays = readers.compactMap { reader in
                defer { reader.finish() }
                return relay(reader)
            }
            if let reader = mail.reader("relay") {
                _ = relay(reader)
                reader.finish()
            }
            return relays.isEmpty ? nil : relays
        }
        guard let reader = mail.reader("relay") else {
            if !mail.has("relay") { mail.problem(nil, "'relay' is missing") }
            return nil
        }
        defer { reader.finish() }
        return relay(reader).map { [$0] }
    }

    private func relay(_ reader: SettingsReader) -> RelaySettings? {
        let host = reader.requiredString("host")
        let security = reader.choice("security", RelaySettings.Security.self) ?? .starttls
        let port = reader.integer("port", in: 1...65_535) ?? (security == .tls ? 465 : 587)
        let login = reader.choice("auth", RelaySettings.Login.self)
        let username = reader.string("username")
        let passwordFile = reader.file("password_file", in: files.directory)
        let tokenFile = reader.file("token_file", in: files.directory)
        if login == .xoauth2 {
            if username == nil || tokenFile == nil {
                reader.problem("auth", "'auth: xoauth2' needs 'username' and 'token_file', the file that holds the access token")
            }
            if passwordFile != nil { reader.problem("password_file", "'auth: xoauth2' takes a 'token_file' instead of a 'password_file'") }
        } else {
            if username != nil, passwordFile == nil {
                reader.problem("username", "'username' needs 'password_file', the file that holds the password")
            }
            if login != nil, username == nil { reader.problem("auth", "'auth' needs 'username' and 'password_file'") }
            if tokenFile != nil { reader.problem("token_file", "'token_file' goes with 'auth: xoauth2'") }
        }
        if username != nil, security == .none {
            reader.problem("security", "a password is never sent in the clear: set 'security' to starttls or tls, or leave out 'username'")
        }
        let caFile = reader.file("ca_file", in: files.directory)
        let timeout = reader.duration("timeout") ?? .seconds(60)
        return host.map {
            RelaySettings(
                host: $0, port: port, security: security, login: login, username: username, secretFile: tokenFile ?? passwordFile, caFile: caFile,
                timeout: timeout)
        }
    }
}
