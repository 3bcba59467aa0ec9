import FoundationEssentials
import Model
import Settings
import Transport

/// The `request` block of a source: how one window of days is asked for.
struct RequestSettings: Sendable {
    /// How many days one request asks for.
    enum Each: String, CaseIterable, Sendable {
        case day, month, range
    }

    /// Where the credential is; it is read at each request, so that a changed one needs no reload.
    enum Credential: Hashable, Sendable {
        case none
        case bearer(file: String)
        case basic(user: String, passwordFile: String)
    }

    let each: Each
    let scheme: PeriodScheme
    let method: String
    let url: RequestTemplate
    let headers: [(name: String, value: String)]
    let body: RequestTemplate?
    let credential: Credential
    let acceptedStatus: Set<Int>
    let caFile: String?
    let timeout: Duration
    let maximumBytes: Int

    init?(_ reader: SettingsReader, _ context: SourceContext) {
        defer { reader.finish() }
        each = reader.choice("each", Each.self) ?? .day
        scheme = reader.choice("scheme", PeriodScheme.self) ?? .calendar
        method = reader.value("method", expected: "GET, POST or PUT") { ["GET", "POST", "PUT"].contains($0) ? $0 : nil } ?? "GET"
        let url = RequestSettings.template("url", reader, isRequired: true)
        body = RequestSettings.template("body", reader, isRequired: false)
        var headers = (reader.scalars("headers") ?? []).map { (name: $0.key, value: $0.value) }
        for header in headers where ["authorization", "proxy-authorization", "cookie"].contains(header.name.lowercased()) {
            reader.problem(
                scalar: header.name, in: "headers",
                "'\(header.name)' would hold a secret, and those do not stand in configuration files; use 'bearer_file' or 'basic'")
        }
        if let mediaType = reader.string("media_type") { headers.append((name: "Content-Type", value: mediaType)) }
        self.headers = headers
        acceptedStatus = RequestSettings.status(reader)
        credential = RequestSettings.credential(reader, context)
        caFile = reader.file("ca_file", in: context.directory)
        timeout = reader.duration("timeout") ?? .seconds(60)
        maximumBytes = min(reader.byteCount("maximum") ?? context.answerBytes, context.answerBytes)
        if body != nil, method == "GET" { reader.problem("body", "a GET sends no body; set method: POST or PUT") }
        if each == .range {
            // The number would be that of the first day alone, while the answer would count for all of them.
            for (key, template) in [("url", url), ("body", body)] {
                guard let number = template?.numbers.first else { continue }
                reader.problem(key, "'${\(number.rawValue)}' is one \(number.rawValue), but each: range asks for many days; use ${from} and ${to}")
            }
        }
        guard let url else { return nil }
        guard url.text.hasPrefix("https://") || url.text.hasPrefix("http://") else {
            reader.problem("url", "'url' must begin with https:// or http://")
            return nil
        }
        self.url = url
    }

    /// Tells two ways of asking apart.
    var fingerprint: String {
        let sent = headers.map { "\($0.name): \($0.value)" }.joined(separator: " ")
        return "\(method) \(url.text) \(body?.text ?? "") \(scheme.rawValue) \(sent)"
    }

    /// The request for a window.
    ///
    /// - Throws: when the credential cannot be read.
    func fetchRequest(for window: DayRange, known: KnownVersion?) throws(ConnectorError) -> FetchRequest {
        var request = FetchRequest(url: url.filled(for: window, scheme: scheme, escape: RequestSettings.percentEncoded))
        request.method = method
        request.headers = headers
        request.body = body.map { Array($0.filled(for: window, scheme: scheme).utf8) }
        switch credential {
        case .none: request.credential = .none
        case .bearer(let file): request.credential = .bearer(try RequestSettings.secret(in: file))
        case .basic(let user, let file): request.credential = .basic(user: user, password: try RequestSettings.secret(in: file))
        }
        request.timeout = timeout
        request.maximumBytes = maximumBytes
        request.caFile = caFile
        request.entityTag = known?.entityTag
        request.lastModified = known?.lastModified
        return request
    }

    // MARK: - Reading the block

    private static func template(_ key: String, _ reader: SettingsReader, isRequired: Bool) -> RequestTemplate? {
        guard let text = isRequired ? reader.requiredString(key) : reader.string(key) else { return nil }
        do throws(RequestTemplate.Malformed) {
            return try RequestTemplate(text)
        } catch {
            reader.problem(key, error.message)
            return nil
        }
    }

    private static func status(_ reader: SettingsReader) -> Set<Int> {
        guard let texts = reader.strings("accept_status") else { return [200] }
        let numbers = texts.compactMap { Int($0) }.filter { (200...299).contains($0) }
        if numbers.count != texts.count || numbers.isEmpty { reader.problem("accept_status", "'accept_status' must list numbers from 200 to 299") }
        return Set(numbers)
    }

    private static func credential(_ reader: SettingsReader, _ context: SourceContext) -> Credential {
        let bearer = reader.file("bearer_file", in: context.directory)
        let basic = reader.reader("basic")
        if bearer != nil, basic != nil { reader.problem("basic", "a source has 'bearer_file' or 'basic', not both") }
        if let basic {
            defer { basic.finish() }
            let user = basic.requiredString("user")
            let file = basic.requiredFile("password_file", in: context.directory)
            guard let user, let file else { return .none }
            return .basic(user: user, passwordFile: file)
        }
        return bearer.map { .bearer(file: $0) } ?? .none
    }

    // MARK: - Asking

    private static func secret(in file: String) throws(ConnectorError) -> Secret {
        do { return try Secret(firstLineOf: file) } catch { throw ConnectorError(error.description, isRetryable: true) }
    }

    /// Everything but unreserved characters (RFC 3986) is encoded.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            if byte.isDigit || isLetter || "-._~".utf8.contains(byte) { return String(UnicodeScalar(byte)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }
}
