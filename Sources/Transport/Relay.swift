/// The mail server that takes dondoc's letters, and how to talk to it.
public struct Relay: Hashable, Sendable {
    public enum Security: Hashable, Sendable {
        /// Plain text: for a relay on this machine.
        case none
        /// Plain at first; a relay that does not then offer STARTTLS gets neither password nor letter.
        case starttls
        /// TLS from the first byte (port 465).
        case tls
    }

    /// How to log in.
    public enum Login: String, Hashable, Sendable {
        case plain, login
        /// With an OAuth 2.0 access token, which stands where the password does.
        case xoauth2
    }

    public var host: String
    public var port: Int
    public var security: Security
    /// Nil for whatever the relay offers that libcurl likes best.
    public var login: Login?
    public var username: String?
    /// The password or, with `xoauth2`, the token.
    public var password: Secret?
    /// A PEM file of the only authorities to be believed; nil means the system's.
    public var caFile: String?
    /// For the whole hand-over of one letter, the relay's last answer included.
    public var timeout: Duration
    /// The name given in EHLO; empty lets libcurl use this machine's.
    public var helloName: String

    public init(
        host: String, port: Int, security: Security, login: Login? = nil, username: String? = nil, password: Secret? = nil, caFile: String? = nil,
        timeout: Duration = .seconds(60), helloName: String = ""
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.username = username
        self.password = password
        self.caFile = caFile
        self.timeout = timeout
        self.helloName = helloName
    }
}
