extension TransportError: CustomStringConvertible {
    /// `https://host/path: what happened; what to do`
    public var description: String {
        let cause = detail.isEmpty ? "" : " (\(detail))"
        return "\(subject): \(happening)\(cause); \(remedy)"
    }

    private var happening: String {
        switch kind {
        case .malformedRequest: "the request cannot be sent as it is"
        case .protocolForbidden(let scheme): "the protocol '\(scheme)' is not allowed, only http and https are"
        case .unresolvable: "the host name has no address"
        case .refused: "the connection was refused"
        case .unreachable: "the network does not lead there"
        case .connectTimedOut: "no connection within the time allowed"
        case .timedOut: "no complete answer within the time allowed"
        case .tooSlow: "the answer came too slowly"
        case .tooLarge(let limit): "the answer is larger than the \(limit) bytes allowed"
        case .tooManyRedirects(let limit): "more than \(limit) redirects"
        case .tlsUntrusted: "the certificate is not trusted"
        case .tlsExpired: "the certificate is outside its period of validity"
        case .tlsFailed: "the TLS handshake failed"
        case .tlsMissing: "the relay offers no STARTTLS, which the settings demand"
        case .caFileUnreadable: "the file of certificate authorities cannot be used"
        case .malformedAnswer: "what came back is not an answer of this protocol"
        case .interrupted: "the connection ended before the answer was complete"
        case .turnedAway(let code, let text): "the relay would not talk to us: \(code) \(text)"
        case .loginUnsupported: "the relay offers no way of logging in that is known here"
        case .rejected(let code, let text): "the relay refused: \(code) \(text)"
        case .loginRefused(let text): "the login was refused: \(text)"
        case .folderRefused(let text): "the mail server refused: \(text)"
        case .cancelled: "cancelled before the answer came"
        case .shutDown: "not done because the daemon is stopping"
        case .crowded(let limit): "\(limit) exchanges are waiting already"
        case .unexpected(let code): "the exchange failed with libcurl's code \(code)"
        }
    }

    private var remedy: String {
        switch kind {
        case .malformedRequest: "correct the URL, headers or addresses in the settings"
        case .protocolForbidden: "correct the URL, or ask who runs the server why it redirects there"
        case .unresolvable: "check the host name in the settings and this machine's name server"
        case .refused: "check the port in the settings and whether the server runs"
        case .unreachable: "check this machine's network and the firewall"
        case .connectTimedOut: "check the firewall and whether the server runs"
        case .timedOut, .tooSlow: "it is tried again; if this stays, ask for less at once or allow more time"
        case .tooLarge: "ask for fewer days at once or raise the limit in the settings"
        case .tooManyRedirects: "enter the final address in the settings, or ask who runs the server"
        case .tlsUntrusted: "check the host name, and name the authority's PEM file as ca_file if it is a private one"
        case .tlsExpired: "ask who runs the server to renew it, and check this machine's clock"
        case .tlsFailed: "the server must speak TLS 1.2 or newer on this port"
        case .tlsMissing: "nothing was sent; correct the port or the relay, or set security to tls or none"
        case .caFileUnreadable: "check that ca_file exists, is readable and holds PEM certificates"
        case .malformedAnswer: "check the address and the port; something else may be listening there"
        case .interrupted: "it is tried again"
        case .turnedAway: "check the user name, the password or token file, and whether the relay accepts this machine"
        case .loginUnsupported: "check security and username in the settings; many relays allow a login only over TLS"
        case .rejected(let code, _): code < 500 ? "it is tried again" : "check the addresses, then send it again by hand"
        case .loginRefused: "check the user name and the password or token file in the settings"
        case .folderRefused: "check the names of the folders in the settings and what this user may do there"
        case .cancelled: "ask again if it is still wanted"
        case .shutDown: "it is done after the next start"
        case .crowded: "it is tried again; if this stays, allow more at once or ask less often"
        case .unexpected: "it is tried again; if this stays, report it"
        }
    }
}
