import Model
import NIOHTTP1
import X509

/// The header of a request, with who sent it. Nothing in it is believed.
struct RequestHead: Sendable {
    let method: String
    let uri: String
    /// The sender's address as limits count it.
    let address: String
    /// The subject of its client certificate, whose signature TLS has checked; nil without one.
    let subject: String?
    /// What makes it no request of HTTP/1.1 although it can be parsed (RFC 9112 §3.2 and §6.1); nil when nothing does.
    let flaw: RequestFault?
    private let headers: HTTPHeaders

    init(_ head: HTTPRequestHead, address: String, certificate: [UInt8]?) {
        method = head.method.rawValue
        uri = head.uri
        headers = head.headers
        flaw = RequestHead.flaw(head)
        self.address = address
        subject = certificate.flatMap(RequestHead.subject)
    }

    /// A field; several of one name are one list (RFC 9110 §5.3). Nil when it is absent.
    func field(_ name: String) -> String? {
        let values = headers[name]
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// In lower case and without parameters; empty when there is none.
    var mediaType: String {
        let text = field("content-type") ?? ""
        return text.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    }

    var language: Language { Language(acceptLanguage: field("accept-language")) }

    var route: Route? { Target(uri).flatMap { Route(path: $0.path) } }

    /// How problems are written to this sender.
    var dialect: Dialect { route?.dialect(mediaType: mediaType) ?? .native }

    private static func flaw(_ head: HTTPRequestHead) -> RequestFault? {
        let hosts = head.headers["host"].count
        if hosts > 1 { return .hosts }
        if hosts == 0, head.version == .http1_1 { return .noHost }
        // The parser looks at the last coding only, and what the others have packed would be read as it is.
        if head.headers["transfer-encoding"].contains(where: { $0.lowercased() != "chunked" }) { return .transferCoding }
        return nil
    }

    /// RFC 4514's text of the subject; nil for a certificate that cannot be read.
    private static func subject(_ bytes: [UInt8]) -> String? {
        // TLS has taken the certificate already; one that this reader does not understand belongs to no sender.
        (try? Certificate(derEncoded: bytes)).map { String(describing: $0.subject) }
    }
}

/// What becomes of a request when its header is known.
enum Admission: Sendable {
    case answer(Answer)
    /// A body is wanted.
    case body(PushTicket)
}

/// A request whose header was found good, until its body has come.
struct PushTicket: Sendable {
    enum Task: Sendable {
        case push(PushOrder)
        /// A statement for InfluxDB 1.
        case statement
    }

    let sender: PushSender
    let task: Task
    let head: RequestHead
    let target: Target
    /// Of the body; nil when it comes in chunks.
    let length: Int?
    let dialect: Dialect
    let language: Language
}
