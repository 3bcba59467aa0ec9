import Model

/// What went wrong with a request as a whole, as RFC 9457 problem details. The codes are stable; clients may compare them.
public enum PushProblem: Error, Hashable, Sendable {
    /// It is no HTTP, or not of a kind that is understood.
    case malformedRequest(RequestFault)
    /// With its place in the body, as the decoder found it.
    case malformedBody(LocalizedText)
    case badParameter(name: String, found: String, expected: String)
    case notAuthenticated
    /// A token that nobody has, or no longer.
    case unknownToken
    /// A certificate that is signed well and belongs to no sender.
    case unknownCertificate(subject: String)
    /// The page with everybody's figures is for those who may speak for everybody.
    case forbidden
    case notFound
    /// Nothing is said about whether it is somebody else's.
    case noSuchDelivery(String)
    case methodNotAllowed(found: String, allowed: [String])
    case timedOut(within: Duration)
    case lengthRequired
    case bodyTooLarge(most: Int)
    case unpackedTooLarge(most: Int)
    case tooManyObservations(most: Int)
    case unsupportedMediaType(found: String, expected: [String])
    case unsupportedCoding(found: String, expected: [String])
    /// Atomic was asked for; none of the others is stored.
    case refused([PushRefusal])
    case keyReused
    case tooManyRequests(retryAfter: Duration)
    case tooManyFailedLogins(retryAfter: Duration)
    case headersTooLarge
    /// The daemon's log knows more.
    case failed
    case busy(retryAfter: Duration)
    case stopping
    case full

    /// The status that goes with it.
    public var status: Int {
        switch self {
        case .malformedRequest, .malformedBody, .badParameter: 400
        case .notAuthenticated, .unknownToken, .unknownCertificate: 401
        case .forbidden: 403
        case .notFound, .noSuchDelivery: 404
        case .methodNotAllowed: 405
        case .timedOut: 408
        case .lengthRequired: 411
        case .bodyTooLarge, .unpackedTooLarge, .tooManyObservations: 413
        case .unsupportedMediaType, .unsupportedCoding: 415
        case .refused, .keyReused: 422
        case .tooManyRequests, .tooManyFailedLogins: 429
        case .headersTooLarge: 431
        case .failed: 500
        case .busy, .stopping: 503
        case .full: 507
        }
    }

    /// What programs compare; never changes its meaning.
    public var code: String {
        switch self {
        case .malformedRequest: "malformed-request"
        case .malformedBody: "malformed-body"
        case .badParameter: "bad-parameter"
        case .notAuthenticated: "not-authenticated"
        case .unknownToken: "unknown-token"
        case .unknownCertificate: "unknown-certificate"
        case .forbidden: "forbidden"
        case .notFound: "not-found"
        case .noSuchDelivery: "no-such-delivery"
        case .methodNotAllowed: "method-not-allowed"
        case .timedOut: "request-timeout"
        case .lengthRequired: "length-required"
        case .bodyTooLarge: "body-too-large"
        case .unpackedTooLarge: "unpacked-too-large"
        case .tooManyObservations: "too-many-observations"
        case .unsupportedMediaType: "unsupported-media-type"
        case .unsupportedCoding: "unsupported-coding"
        case .refused: "observations-refused"
        case .keyReused: "idempotency-key-reused"
        case .tooManyRequests: "too-many-requests"
        case .tooManyFailedLogins: "too-many-failed-logins"
        case .headersTooLarge: "headers-too-large"
        case .failed: "store-failed"
        case .busy: "busy"
        case .stopping: "stopping"
        case .full: "store-full"
        }
    }

    /// When the sender should try again; nil when trying again does not help.
    public var retryAfter: Duration? {
        switch self {
        case .tooManyRequests(let wait), .tooManyFailedLogins(let wait), .busy(let wait): wait
        case .stopping: .seconds(5)
        case .full: .seconds(60)
        default: nil
        }
    }

    init(_ trouble: PushTrouble) {
        switch trouble {
        case .busy(let wait): self = .busy(retryAfter: wait)
        case .full: self = .full
        case .failed: self = .failed
        case .refused(let refusals): self = .refused(refusals)
        case .keyReused: self = .keyReused
        case .stopping: self = .stopping
        }
    }
}
