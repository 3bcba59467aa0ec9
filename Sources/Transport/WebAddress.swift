import CCurl

/// The parts of an http or https URL that decide who is asked, taken apart by libcurl so that both understand the same.
struct WebAddress: Hashable {
    let url: String
    let scheme: String
    let host: String
    let port: String
    let path: String

    /// Throws for anything that is not an http or https URL with a host and without a user name.
    init(_ url: String) throws(TransportError) {
        let vague = TransportError(.malformedRequest, subject: WebAddress.harmless(url), detail: "not a complete URL")
        GlobalCurl.start()
        guard !url.utf8.contains(0), let parts = curl_url() else { throw vague }
        // Safe: the handle is used inside this init only, and freed on each way out.
        defer { curl_url_cleanup(parts) }
        guard curl_url_set(parts, CURLUPART_URL, url, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
            let scheme = WebAddress.part(CURLUPART_SCHEME, of: parts)?.lowercased()
        else { throw vague }
        guard scheme == "http" || scheme == "https" else {
            throw TransportError(.protocolForbidden(scheme: scheme), subject: WebAddress.harmless(url))
        }
        guard let host = WebAddress.part(CURLUPART_HOST, of: parts), let port = WebAddress.part(CURLUPART_PORT, of: parts) else { throw vague }
        self.url = url
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        path = WebAddress.part(CURLUPART_PATH, of: parts) ?? "/"
        guard WebAddress.part(CURLUPART_USER, of: parts) == nil, WebAddress.part(CURLUPART_PASSWORD, of: parts) == nil else {
            throw TransportError(
                .malformedRequest, subject: description, detail: "the URL holds a user name; a credential belongs into a file of its own")
        }
    }

    /// Whether a credential meant for one may go to the other.
    func hasSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    private static func part(_ what: CURLUPart, of parts: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        // Safe: on success libcurl gives us a zero-terminated copy, which we copy again and free.
        guard curl_url_get(parts, what, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// What of an unreadable URL may be printed: no query, no fragment, nothing before an `@`.
    private static func harmless(_ url: String) -> String {
        let withoutQuery = url.prefix { $0 != "?" && $0 != "#" }
        guard let at = withoutQuery.lastIndex(of: "@") else { return PrintableText.clip(String(withoutQuery)) }
        return PrintableText.clip("…" + withoutQuery[withoutQuery.index(after: at)...])
    }
}

extension WebAddress: CustomStringConvertible {
    /// Without the query, which may hold a key. The port only when it is not the scheme's own.
    var description: String {
        let isUsual = (scheme == "http" && port == "80") || (scheme == "https" && port == "443")
        return PrintableText.clip("\(scheme)://\(host)\(isUsual ? "" : ":" + port)\(path)")
    }
}
