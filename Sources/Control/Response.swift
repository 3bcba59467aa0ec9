import Model

/// What a request is answered with.
///
/// On the wire `{"document":{…}}`, `{"bytes":"<base64>"}` or `{"failure":{"code":…,"message":…,"hint":…}}`.
public enum Response: Hashable, Sendable {
    case document(Document)
    /// A delivery's bytes as they came.
    case bytes(Payload)
    case failure(Failure)
}

/// Why a request has no answer: for people in their language, for programs by its code.
public struct Failure: Error, Hashable, Sendable, Codable {
    /// The raw values are stable; the command line's exit status follows from them.
    public enum Code: String, CaseIterable, Sendable, Codable {
        /// Nothing has the id that was asked for.
        case unknownID = "unknown-id"
        /// The request cannot be read, or contradicts itself.
        case invalidRequest = "invalid-request"
        /// The request is understood and will not be done: a disabled source, a letter that is not given up, a read-only database.
        case refused
        /// It was tried and went wrong.
        case failed
        /// The daemon is doing as much as it may; ask again.
        case busy
    }

    public let code: Code
    /// What is wrong, with the id or value it is about.
    public let message: String
    /// What to do; empty when there is nothing to advise.
    public let hint: String

    public init(_ code: Code, _ message: String, hint: String = "") {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension Response: Codable {
    private enum Key: String, CodingKey { case document, bytes, failure }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let document = try container.decodeIfPresent(Document.self, forKey: .document) {
            self = .document(document)
        } else if let payload = try container.decodeIfPresent(Payload.self, forKey: .bytes) {
            self = .bytes(payload)
        } else {
            self = .failure(try container.decode(Failure.self, forKey: .failure))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .document(let document): try container.encode(document, forKey: .document)
        case .bytes(let payload): try container.encode(payload, forKey: .bytes)
        case .failure(let failure): try container.encode(failure, forKey: .failure)
        }
    }
}
