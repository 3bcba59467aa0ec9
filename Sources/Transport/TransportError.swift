/// Why an exchange brought no answer. `description` tells an operator what happened and what to do; it never holds a password, a query or a body.
public struct TransportError: Error, Hashable, Sendable {
    /// What went wrong. Whether to try again follows from this alone.
    public enum Kind: Hashable, Sendable {
        /// The request or the letter cannot be sent as it is: a bad URL, header, method or address.
        case malformedRequest
        /// Neither http nor https, at the start or after a redirect.
        case protocolForbidden(scheme: String)
        case unresolvable
        case refused
        case unreachable
        /// No connection within the connect time-out.
        case connectTimedOut
        /// The total time-out has passed.
        case timedOut
        /// The answer had begun and then came slower than allowed.
        case tooSlow
        /// The body, or the headers, would exceed the limit in bytes.
        case tooLarge(limit: Int)
        case tooManyRedirects(limit: Int)
        /// The certificate is not signed by a believed authority, or speaks of another host.
        case tlsUntrusted
        case tlsExpired
        /// The two sides found no common TLS, or the handshake broke.
        case tlsFailed
        /// The relay offers no STARTTLS although the settings demand it.
        case tlsMissing
        /// The file of authorities cannot be read.
        case caFileUnreadable
        /// What came is not the protocol that was spoken to it.
        case malformedAnswer
        /// The connection ended before the exchange was complete. A letter may have been taken all the same: repeat it with the same Message-ID.
        case interrupted
        /// The relay would not talk to us: greeting, hello or login refused. It says nothing about the letter.
        case turnedAway(code: Int, text: String)
        /// The relay knows no way of logging in that we know.
        case loginUnsupported
        /// The relay refused the letter, its sender or all of its recipients.
        case rejected(code: Int, text: String)
        /// The mail server knows the user name or the secret not, or does not let this user in.
        case loginRefused(text: String)
        /// The mail server refused a command about a folder or a mail in it.
        case folderRefused(text: String)
        case cancelled
        case shutDown
        /// Too many exchanges are waiting already.
        case crowded(limit: Int)
        /// A failure libcurl has a number for and this list has not.
        case unexpected(code: Int)
    }

    public let kind: Kind
    /// Whom it concerned, `https://host:port/path` or `smtp://host:port`; never a query, never a user name.
    public let subject: String
    /// What is known beyond the kind, in English, short and printable; may be empty.
    public let detail: String
    /// How far a letter had got; `notOffered` for everything that is no letter.
    public var progress = LetterProgress.notOffered
    /// The addresses that the relay refused before the letter failed for the others, or all of them.
    public var refused: [Receipt.RefusedRecipient] = []

    /// How far a letter had got when it failed.
    public enum LetterProgress: Hashable, Sendable {
        /// The relay has not heard of it: another relay may be asked at once.
        case notOffered
        /// The relay has heard of it and has not taken it.
        case offered
        /// The text was sent and no answer came: the relay may have taken it. Only the same Message-ID may be repeated.
        case inDoubt
    }

    public init(_ kind: Kind, subject: String, detail: String = "") {
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }

    /// Whether the same request may succeed later without anyone changing it.
    ///
    /// Trouble between us and a relay (TLS, login) counts as retryable although an operator must act: the letter itself was not refused, so it
    /// waits in the outbox until the relay or its settings are mended instead of being given up.
    public var isRetryable: Bool {
        switch kind {
        case .unresolvable, .refused, .unreachable, .connectTimedOut, .timedOut, .tooSlow, .interrupted, .malformedAnswer, .shutDown, .crowded,
            .tlsUntrusted, .tlsExpired, .tlsFailed, .tlsMissing, .caFileUnreadable, .turnedAway, .loginUnsupported, .loginRefused, .folderRefused,
            .unexpected:
            true
        case .rejected(let code, _): code < 500
        case .malformedRequest, .protocolForbidden, .tooLarge, .tooManyRedirects, .cancelled: false
        }
    }
}
