import CCurl
import Glibc

/// The connection of one visit, past the login: commands go out, responses come in, and no silence lasts for ever.
///
/// Belongs to the visit's thread. It ends when the last reference goes; libcurl says LOGOUT then.
final class Line {
    private let account: MailAccount
    private let handle: EasyHandle
    private let greeting = Greeting()
    private let end: ContinuousClock.Instant
    private var descriptor: curl_socket_t = -1
    private var commands = 0
    private var reader = IMAPReader(limit: Line.usualLimit)

    /// Enough for every response that brings no mail: a search over a hundred thousand mails has less.
    private static let usualLimit = 2_000_000

    /// Connects and logs in; blocks.
    init(_ account: MailAccount) throws(TransportError) {
        self.account = account
        end = .now + account.patience
        guard let handle = EasyHandle() else {
            throw TransportError(.unexpected(code: Int(CURLE_FAILED_INIT.rawValue)), subject: "\(account)")
        }
        self.handle = handle
        handle.connect(greeting, asMail: true)
        handle.set(CURLOPT_URL, account.url)
        handle.set(CURLOPT_PROTOCOLS_STR, "imap,imaps")
        handle.set(CURLOPT_CONNECT_ONLY, 1)
        handle.setCommon(timeout: account.timeout, connectTimeout: account.timeout, caFile: account.caFile)
        handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, account.timeout.wholeSeconds)
        handle.set(CURLOPT_USE_SSL, Int((account.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        handle.set(CURLOPT_USERNAME, account.username)
        if account.usesToken { handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2") }
        handle.set(account.usesToken ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, account.secret.reveal())
        let code = handle.refusal ?? curl_easy_perform(handle.pointer)
        guard code == CURLE_OK, ccurl_get_socket(handle.pointer, &descriptor) == CURLE_OK, descriptor >= 0 else {
            throw failure(code == CURLE_OK ? CURLE_COULDNT_CONNECT : code)
        }
    }

    deinit {
        // A server that hangs is not asked to say goodbye: libcurl would wait for it.
        if greeting.isBroken, descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    /// Sends a command and returns everything that was said until it was answered with OK; throws `folderRefused` for NO and BAD.
    func command(_ text: String, limit: Int = Line.usualLimit) throws(TransportError) -> [IMAPResponse] {
        commands += 1
        let tag = "D\(commands)"
        reader = IMAPReader(limit: limit, continuing: reader)
        try send(Array("\(tag) \(text)\r\n".utf8))
        var responses: [IMAPResponse] = []
        while true {
            let response = try next()
            guard response.tag == tag else {
                if response.tag == "*", response.status == "BYE" { throw broken(.interrupted, PrintableText.clip(response.text)) }
                responses.append(response)
                guard responses.count <= 100_000 else { throw broken(.tooLarge(limit: 100_000)) }
                continue
            }
            guard response.status == "OK" else {
                throw TransportError(.folderRefused(text: PrintableText.clip(response.text)), subject: "\(account)")
            }
            return responses + [response]
        }
    }

    private func next() throws(TransportError) -> IMAPResponse {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            do throws(IMAPReader.Broken) {
                if let response = try reader.next() { return response }
            } catch {
                throw error.isTooLarge ? broken(.tooLarge(limit: reader.limit)) : broken(.malformedAnswer)
            }
            var count = 0
            // Safe: libcurl writes at most as many bytes as the buffer has, and the pointer does not outlive the call.
            let code = chunk.withUnsafeMutableBytes { curl_easy_recv(handle.pointer, $0.baseAddress, $0.count, &count) }
            if code == CURLE_AGAIN {
                try wait(for: Int16(POLLIN))
            } else if code != CURLE_OK {
                throw broken(.interrupted)
            } else if count == 0 {
                throw broken(.interrupted)
            } else {
                reader.add(chunk.prefix(count))
            }
        }
    }

    private func send(_ bytes: [UInt8]) throws(TransportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            var count = 0
            // Safe: libcurl reads at most as many bytes as the slice has, and the pointer does not outlive the call.
            let code = rest.withUnsafeBytes { curl_easy_send(handle.pointer, $0.baseAddress, $0.count, &count) }
            if code == CURLE_AGAIN { try wait(for: Int16(POLLOUT)) } else if code != CURLE_OK { throw broken(.interrupted) }
            rest = rest.dropFirst(count)
        }
    }

    /// Until the socket is ready, for at most the time-out of a silence; looks every quarter of a second whether the visit is still wanted.
    private func wait(for events: Int16) throws(TransportError) {
        let limit = min(ContinuousClock.now + account.timeout, end)
        while true {
            guard !Task.isCancelled else { throw broken(.cancelled) }
            guard ContinuousClock.now < limit else { throw broken(.timedOut) }
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            if poll(&entry, 1, 250) > 0 { return }
        }
    }

    private func broken(_ kind: TransportError.Kind, _ detail: String = "") -> TransportError {
        greeting.isBroken = true
        return TransportError(kind, subject: "\(account)", detail: detail)
    }

    /// Why there is no connection, or no login.
    private func failure(_ code: CURLcode) -> TransportError {
        var kind = TransportError.Kind(code, handle)
        if code == CURLE_ABORTED_BY_CALLBACK { kind = .cancelled }
        if code == CURLE_LOGIN_DENIED { kind = greeting.refusal.map { .loginRefused(text: $0) } ?? .loginUnsupported }
        if kind == .timedOut, handle.large(CURLINFO_CONNECT_TIME_T) == 0 { kind = .connectTimedOut }
        return TransportError(kind, subject: "\(account)", detail: kind.wantsDetail ? handle.errorText : "")
    }
}

/// What the server says while libcurl makes the connection.
private final class Greeting: Exchange {
    /// The last refusal, which names the reason of a failed login.
    private(set) var refusal: String?
    var isBroken = false

    init() { super.init(subject: "") }

    override func receive(header: [UInt8]) -> Bool {
        let words = header.split(separator: 32, maxSplits: 1)
        let text = words.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if words.count == 2, words[0].first != UInt8(ascii: "*"), text.hasPrefix("NO") || text.hasPrefix("BAD") { refusal = PrintableText.clip(text) }
        return true
    }

    override func mustStop() -> Bool { isBroken || Task.isCancelled }
}
