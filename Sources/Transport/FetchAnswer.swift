/// What a web server answered, whatever its status: 304, 404 and 503 are answers too, and the caller decides what they mean.
public struct FetchAnswer: Sendable {
    public let status: Int
    /// In the order they came.
    public let headers: [(name: String, value: String)]
    /// Decompressed.
    public let body: [UInt8]
    /// How long the server asks to be left alone, from Retry-After in either of its forms; nil when it does not say, never negative.
    public let retryAfter: Duration?

    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8], retryAfter: Duration? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.retryAfter = retryAfter
    }

    /// The first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// Content-Type without its parameters, in lower case; empty when the server said nothing.
    public var mediaType: String {
        let value = header("Content-Type") ?? ""
        return String(value.prefix { $0 != ";" && $0 != " " && $0 != "\t" }).lowercased()
    }

    /// Exactly as it came, `W/` and quotes included. Nil also when it was not UTF-8, because it could not be sent back unchanged.
    public var entityTag: String? { validator("ETag") }

    /// Exactly as it came.
    public var lastModified: String? { validator("Last-Modified") }

    private func validator(_ name: String) -> String? {
        guard let value = header(name), !value.isEmpty, !value.contains("\u{FFFD}") else { return nil }
        return value
    }
}
