import CCurl
import Glibc

/// One fetch with all its redirects.
///
/// Redirects are followed here and not by libcurl, because libcurl would carry headers such as `X-Api-Key` to whatever host it is sent to.
final class WebExchange: Exchange {
    private let request: FetchRequest
    private let answer: (Result<FetchAnswer, TransportError>) -> Void
    private var address: WebAddress
    private var method: String
    private var body: [UInt8]?
    /// Whether the address still has the origin the credential is meant for; once lost it does not come back.
    private var isTrusted = true
    private var redirects = 0
    private var deadline: ContinuousClock.Instant?
    private var headers = HeaderBlock()
    private var received: [UInt8] = []
    private var hasOutgrownLimit = false
    private var hasOutgrownHeaders = false
    private weak var handle: EasyHandle?

    /// The request has been checked by `FetchRequest.checked`.
    init(_ request: FetchRequest, at address: WebAddress, _ answer: @escaping (Result<FetchAnswer, TransportError>) -> Void) {
        self.request = request
        self.answer = answer
        self.address = address
        method = request.method
        body = request.body
        super.init(subject: address.description)
    }

    override func configure(_ handle: EasyHandle) throws(TransportError) {
        let deadline = deadline ?? .now + request.timeout
        self.deadline = deadline
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { throw TransportError(.timedOut, subject: subject) }
        self.handle = handle
        headers.forget()
        received = []
        handle.connect(self, asMail: false)
        handle.set(CURLOPT_URL, address.url)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.setCommon(timeout: left, connectTimeout: min(request.connectTimeout, left), caFile: request.caFile)
        handle.set(CURLOPT_MAXFILESIZE_LARGE, large: max(1, request.maximumBytes))
        handle.set(CURLOPT_ACCEPT_ENCODING, "")
        handle.set(CURLOPT_USERAGENT, "dondoc")
        setMethod(handle)
        handle.set(CURLOPT_HTTPHEADER, lines: headerLines)
        guard isTrusted else { return }
        switch request.credential {
        case .none: break
        case .bearer(let token):
            handle.set(CURLOPT_HTTPAUTH, ccurl_auth_bearer)
            handle.set(CURLOPT_XOAUTH2_BEARER, token.reveal())
        case .basic(let user, let password):
            handle.set(CURLOPT_HTTPAUTH, ccurl_auth_basic)
            handle.set(CURLOPT_USERNAME, user)
            handle.set(CURLOPT_PASSWORD, password.reveal())
        }
    }

    override func receive(header: [UInt8]) -> Bool {
        hasOutgrownHeaders = !headers.take(header)
        return !hasOutgrownHeaders
    }

    override func receive(body part: [UInt8]) -> Bool {
        if received.isEmpty, !part.isEmpty, request.slowestBytesPerSecond > 0 {
            // Only now: a server that thinks long before its first byte is not slow in this sense.
            handle?.set(CURLOPT_LOW_SPEED_LIMIT, request.slowestBytesPerSecond)
            handle?.set(CURLOPT_LOW_SPEED_TIME, max(1, Int(request.patience.components.seconds)))
        }
        guard received.count + part.count <= request.maximumBytes else {
            hasOutgrownLimit = true
            return false
        }
        received += part
        return true
    }

    override func finish(_ code: CURLcode, _ handle: EasyHandle) -> Bool {
        guard code == CURLE_OK else {
            let kind = kind(of: code, handle)
            fail(kind, detail: kind.wantsDetail ? handle.errorText : "")
            return true
        }
        let status = handle.number(CURLINFO_RESPONSE_CODE)
        if [301, 302, 303, 307, 308].contains(status), let target = handle.text(CURLINFO_REDIRECT_URL) {
            do throws(TransportError) {
                try redirect(to: target, status: status)
                return false
            } catch {
                fail(error)
                return true
            }
        }
        let plain = FetchAnswer(status: status, headers: headers.fields, body: received)
        let wait = plain.header("Retry-After").flatMap { RetryAfter.duration($0, serverDate: plain.header("Date"), now: time(nil)) }
        answer(.success(FetchAnswer(status: status, headers: plain.headers, body: plain.body, retryAfter: wait)))
        return true
    }

    override func fail(_ error: TransportError) { answer(.failure(error)) }

    /// Moves on to the target; 307 and 308 repeat the request, the others ask for the answer with GET (HEAD stays HEAD).
    private func redirect(to target: String, status: Int) throws(TransportError) {
        redirects += 1
        guard redirects <= request.maximumRedirects else {
            throw TransportError(.tooManyRedirects(limit: request.maximumRedirects), subject: subject)
        }
        let next = try WebAddress(target)
        if !next.hasSameOrigin(as: address) { isTrusted = false }
        address = next
        if status == 303 || (status < 303 && method == "POST"), method != "HEAD" {
            method = "GET"
            body = nil
        }
    }

    private func setMethod(_ handle: EasyHandle) {
        if let body { handle.set(body: body) }
        switch method {
        case "GET" where body == nil: handle.set(CURLOPT_HTTPGET, 1)
        case "HEAD": handle.set(CURLOPT_NOBODY, 1)
        case "POST":
            if body == nil { handle.set(body: []) }
            handle.set(CURLOPT_POST, 1)
        default: handle.set(CURLOPT_CUSTOMREQUEST, method)
        }
    }

    /// An empty value is written `Name;`, and `Name:` keeps libcurl from adding a header of its own: both are libcurl's notation.
    private var headerLines: [String] {
        var lines = ["Expect:"]
        let harmless: Set = ["accept", "accept-language", "content-type", "user-agent"]
        for (name, value) in request.headers where isTrusted || harmless.contains(name.lowercased()) {
            if body == nil, name.lowercased() == "content-type", request.body != nil { continue }
            lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        if body != nil, !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
        if let tag = request.entityTag { lines.append("If-None-Match: \(tag)") }
        if let day = request.lastModified { lines.append("If-Modified-Since: \(day)") }
        return lines
    }

    private func kind(of code: CURLcode, _ handle: EasyHandle) -> TransportError.Kind {
        if hasOutgrownHeaders { return .tooLarge(limit: HeaderBlock.limit) }
        if hasOutgrownLimit || code == CURLE_FILESIZE_EXCEEDED { return .tooLarge(limit: request.maximumBytes) }
        guard code == CURLE_OPERATION_TIMEDOUT else { return TransportError.Kind(code, handle) }
        guard handle.large(CURLINFO_PRETRANSFER_TIME_T) > 0 else { return .connectTimedOut }
        // libcurl has one code for both: whose time is up tells them apart. Its clock may be a few milliseconds ahead of ours.
        guard let deadline, ContinuousClock.now.duration(to: deadline) > .milliseconds(20) else { return .timedOut }
        return .tooSlow
    }
}
