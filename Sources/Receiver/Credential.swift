import Foundation

/// How a request says who sends it. The forms of InfluxDB 1 and 2 are taken so that their clients need no change.
enum Credential: Hashable {
    case token(String)
    case none
    /// Something that no client of ours sends.
    case unusable

    /// No token is longer; what is longer is not looked up.
    static let longestToken = 512

    /// - Parameters:
    ///   - field: the Authorization field.
    ///   - password: the query's `p` where InfluxDB 1 clients write.
    init(authorization field: String?, password: String?) {
        guard let field else {
            self = password.map(Credential.checked) ?? .none
            return
        }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else {
            self = .unusable
            return
        }
        let value = parts[1].drop { $0 == " " }
        switch parts[0].lowercased() {
        case "bearer", "token": self = .checked(String(value))
        case "basic": self = Credential.basic(String(value))
        default: self = .unusable
        }
    }

    /// The token is the password; any user name goes with it.
    private static func basic(_ text: String) -> Credential {
        guard let data = Data(base64Encoded: text), let pair = String(validating: Array(data), as: UTF8.self), let colon = pair.firstIndex(of: ":")
        else { return .unusable }
        return checked(String(pair[pair.index(after: colon)...]))
    }

    private static func checked(_ token: String) -> Credential {
        guard (1...longestToken).contains(token.utf8.count), token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return .unusable }
        return .token(token)
    }
}
