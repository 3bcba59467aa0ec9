/// A relay that takes our letters.
public struct RelaySettings: Hashable, Sendable {
    /// How the connection to a relay is protected.
    public enum Security: String, CaseIterable, Sendable {
        case none, starttls, tls
    }

    /// How to log in; nil leaves the choice to what the relay offers.
    public enum Login: String, CaseIterable, Sendable {
        case plain, login, xoauth2
    }

    public var host: String
    public var port: Int
    public var security: Security
    public var login: Login?
    public var username: String?
    /// The file that holds the password or, for `xoauth2`, the access token; read when it is needed.
    public var secretFile: String?
    /// Certificates to trust instead of the system's.
    public var caFile: String?
    public var timeout: Duration
}
