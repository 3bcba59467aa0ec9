import Model

/// The mailbox in which bounces and answers arrive.
public struct MailboxSettings: Hashable, Sendable {
    public var host: String
    public var port: Int
    public var security: RelaySettings.Security
    public var username: String
    /// The file that holds the password or, with `usesToken`, the OAuth 2.0 access token; read when it is needed.
    public var secretFile: String
    public var usesToken: Bool
    /// Certificates to trust instead of the system's.
    public var caFile: String?
    public var timeout: Duration
    public var folder: String
    /// Where mails go when they have been read; nil leaves them.
    public var processed: String?
    /// Whether mails that are left are marked as read.
    public var marksSeen: Bool
    /// How often it is looked into.
    public var check: Duration
    /// The largest mail that is read whole.
    public var maximumBytes: Int
    public var replyStops: ReplyEffect

    /// What the store knows it by: the server and the folder.
    public var account: String { "imap\(security == .tls ? "s" : "")://\(host):\(port)/\(folder)" }
}
