/// A folder of a mailbox on an IMAP server, and how to get in.
public struct MailAccount: Hashable, Sendable {
    public var host: String
    public var port: Int
    public var security: Relay.Security
    public var username: String
    /// The password or, with `usesToken`, an OAuth 2.0 access token.
    public var secret: Secret
    public var usesToken: Bool
    /// A PEM file of the only authorities to be believed; nil means the system's.
    public var caFile: String?
    public var folder: String
    /// For the connection, and for each silence of the server.
    public var timeout: Duration
    /// For a whole visit, however much there is to read.
    public var patience: Duration

    public init(
        host: String, port: Int, security: Relay.Security, username: String, secret: Secret, usesToken: Bool = false, caFile: String? = nil,
        folder: String = "INBOX", timeout: Duration = .seconds(60), patience: Duration = .seconds(600)
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.username = username
        self.secret = secret
        self.usesToken = usesToken
        self.caFile = caFile
        self.folder = folder
        self.timeout = timeout
        self.patience = patience
    }

    var url: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(security == .tls ? "imaps" : "imap")://\(name):\(port)"
    }
}

extension MailAccount: CustomStringConvertible {
    /// Without the user name, which is a person's often enough.
    public var description: String { PrintableText.clip(url) }
}

/// What an IMAP server says of a folder when it is opened.
public struct FolderState: Hashable, Sendable {
    /// UIDs of before mean nothing any more when this number changes.
    public let validity: UInt32
    /// How many mails are in it.
    public let count: Int

    public init(validity: UInt32, count: Int) {
        self.validity = validity
        self.count = count
    }
}

/// A mail as it lies in a folder.
public struct FetchedMail: Hashable, Sendable {
    public let uid: UInt32
    /// The whole mail, or its beginning.
    public let bytes: [UInt8]
    /// How large the server says it is.
    public let size: Int
    public var isCut: Bool { bytes.count < size }

    public init(uid: UInt32, bytes: [UInt8], size: Int) {
        self.uid = uid
        self.bytes = bytes
        self.size = size
    }
}
