/// A mail with its envelope, ready to be handed to a relay.
public struct Parcel: Sendable {
    /// The envelope sender, without angle brackets; empty for a mail that must not bounce.
    public var sender: String
    public var recipients: [String]
    /// A complete message with CRLF line ends; dots are stuffed on the way.
    public var bytes: [UInt8]

    public init(sender: String, recipients: [String], bytes: [UInt8]) {
        self.sender = sender
        self.recipients = recipients
        self.bytes = bytes
    }
}

/// The relay's word that it took a mail for at least one of its recipients.
public struct Receipt: Hashable, Sendable {
    /// One address that the relay would not take.
    public struct RefusedRecipient: Hashable, Sendable {
        public let address: String
        public let code: Int
        public let text: String

        public init(address: String, code: Int, text: String) {
            self.address = address
            self.code = code
            self.text = text
        }

        /// Whether the same address may be taken later (4xx).
        public var isRetryable: Bool { code < 500 }
    }

    /// The last answer, `250 2.0.0 Ok: queued as 4F2A`.
    public let answer: String
    public let refused: [RefusedRecipient]

    public init(answer: String, refused: [RefusedRecipient]) {
        self.answer = answer
        self.refused = refused
    }
}
