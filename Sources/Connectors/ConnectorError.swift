import Model
import Transport

/// Why a source gave no answer that can be read.
public struct ConnectorError: Error, Hashable {
    /// What happened, where, and what to do. Never a credential, a query or a body.
    public let description: String
    /// Whether asking again may help without anybody changing anything.
    public let isRetryable: Bool
    /// How long the source itself asks to be left alone.
    public let retryAfter: Duration?
    /// Whether it ended because the daemon is stopping, which says nothing about the source.
    public let isInterruption: Bool

    init(_ description: String, isRetryable: Bool, retryAfter: Duration? = nil, isInterruption: Bool = false) {
        self.description = description
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
        self.isInterruption = isInterruption
    }

    init(_ error: TransportError) {
        self.init(error.description, isRetryable: error.isRetryable, isInterruption: error.kind == .cancelled || error.kind == .shutDown)
    }

    /// An answer with a status that the settings do not accept.
    init(status: Int, retryAfter: Duration?, hasCredential: Bool) {
        switch status {
        case 401, 403:
            let remedy =
                hasCredential
                ? "check the credential file of this source, and whether the address of this machine is allowed there"
                : "it wants a credential: set bearer_file or basic under request"
            self.init(
                "the source answered \(status) (not allowed); \(remedy)", isRetryable: status == 403, retryAfter: status == 403 ? retryAfter : nil)
        case 408, 425, 429, 500...599:
            self.init("the source answered \(status); it is asked again later", isRetryable: true, retryAfter: retryAfter)
        case 404, 410:
            self.init("the source answered \(status) (nothing there); check url under request", isRetryable: false)
        case 300...399:
            self.init("the source answered \(status) without a place to go to; check url under request", isRetryable: false)
        default:
            self.init("the source answered \(status), which accept_status does not list; check the request", isRetryable: false)
        }
    }
}

extension ConnectorError: CustomStringConvertible {}

/// Why the bytes of a delivery cannot be read as rows.
public struct DecodeError: Error, Hashable, CustomStringConvertible {
    /// Where in the delivery, `line 3, column 14` or a path; nil for the delivery as a whole.
    public let place: String?
    public let problem: String
    /// The same for people who bring a file by hand; nil where only those who write mappings meet it.
    private let vietnamese: String?

    public init(_ problem: String, vietnamese: String? = nil, at place: String? = nil) {
        self.problem = problem
        self.vietnamese = vietnamese
        self.place = place
    }

    /// The problem in a language as far as there are words for it, otherwise in English.
    public func problem(_ language: Language) -> String { language == .vietnamese ? vietnamese ?? problem : problem }

    public var description: String { place.map { "\($0): \(problem)" } ?? problem }
}
