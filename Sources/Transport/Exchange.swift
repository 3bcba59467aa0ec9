import CCurl
import Glibc
import Synchronization

/// Says from any thread that the answer is no longer wanted.
final class Ticket: Sendable {
    let number: UInt64
    private let withdrawn = Atomic(false)
    private static let numbers = Atomic<UInt64>(0)

    init() {
        number = Ticket.numbers.wrappingAdd(1, ordering: .relaxed).newValue
    }

    var isWithdrawn: Bool { withdrawn.load(ordering: .acquiring) }

    func withdraw() { withdrawn.store(true, ordering: .releasing) }
}

/// One exchange while its thread works on it: sets up a handle, hears the callbacks, and answers its caller exactly once.
///
/// A class because libcurl's callbacks need an address; `WebExchange` and `MailExchange` are the two kinds.
class Exchange {
    /// Whom it concerns, for messages.
    let subject: String

    init(subject: String) {
        self.subject = subject
    }

    /// Sets all options of a freshly reset handle. Called again for each further hop.
    func configure(_ handle: EasyHandle) throws(TransportError) {}

    /// One header or reply line with its line end; false aborts.
    func receive(header: [UInt8]) -> Bool { true }

    /// A part of the decompressed body; false aborts.
    func receive(body: [UInt8]) -> Bool { true }

    /// The next bytes to send; empty means that was all.
    func upload(atMost count: Int) -> ArraySlice<UInt8> { [] }

    /// One command line as it was sent.
    func sent(command: [UInt8]) {}

    /// Asked now and then while libcurl waits; true aborts.
    func mustStop() -> Bool { false }

    /// Takes the end of a transfer: true when the caller has been answered, false when the exchange needs another hop.
    func finish(_ code: CURLcode, _ handle: EasyHandle) -> Bool { true }

    /// Answers the caller with an error.
    func fail(_ error: TransportError) {}

    func fail(_ kind: TransportError.Kind, detail: String = "") { fail(TransportError(kind, subject: subject, detail: detail)) }
}

extension TransportError.Kind {
    /// What a code of libcurl's means where nothing better is known about the exchange.
    init(_ code: CURLcode, _ handle: EasyHandle) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .unresolvable
        case CURLE_COULDNT_CONNECT: self = handle.number(CURLINFO_OS_ERRNO) == Int(ECONNREFUSED) ? .refused : .unreachable
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION:
            // X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL.
            self = [9, 10].contains(handle.number(CURLINFO_SSL_VERIFYRESULT)) ? .tlsExpired : .tlsUntrusted
        case CURLE_SSL_CONNECT_ERROR: self = .tlsFailed
        case CURLE_SSL_CACERT_BADFILE: self = .caFileUnreadable
        case CURLE_USE_SSL_FAILED: self = .tlsMissing
        case CURLE_LOGIN_DENIED: self = .loginUnsupported
        case CURLE_URL_MALFORMAT: self = .malformedRequest
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: self = .malformedAnswer
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM: self = .interrupted
        default: self = .unexpected(code: Int(code.rawValue))
        }
    }

    /// Whether libcurl's own words add something and are the same every time.
    var wantsDetail: Bool {
        switch self {
        case .tlsUntrusted, .tlsExpired, .tlsFailed, .caFileUnreadable, .malformedAnswer, .interrupted, .unexpected, .malformedRequest: true
        default: false
        }
    }
}
