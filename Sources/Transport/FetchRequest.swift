/// One question to a web server, complete with what it may cost.
public struct FetchRequest: Sendable {
    /// How the request proves who asks. It goes to the origin of `url` alone, never along a redirect to another one.
    public enum Credential: Hashable, Sendable {
        case none
        case bearer(Secret)
        case basic(user: String, password: Secret)
    }

    /// `http://` or `https://`; a user name or password inside the URL is refused, because URLs end up in logs.
    public var url: String
    public var method: String
    /// Sent as they are; like the credential they stay behind when a redirect leads to another origin.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?
    public var credential: Credential
    /// The whole exchange with all redirects, counted from its start: waiting for a free place costs nothing of it.
    public var timeout: Duration
    public var connectTimeout: Duration
    /// The largest body in bytes, counted after decompression.
    public var maximumBytes: Int
    public var maximumRedirects: Int
    /// A PEM file of the only authorities to be believed; nil means the system's.
    public var caFile: String?
    /// An ETag exactly as it came, sent as If-None-Match.
    public var entityTag: String?
    /// A Last-Modified exactly as it came, sent as If-Modified-Since.
    public var lastModified: String?
    /// Once the answer has begun, fewer bytes a second than this over `patience` (whole seconds) end it. Zero turns the check off.
    public var slowestBytesPerSecond: Int
    public var patience: Duration

    public init(
        url: String, method: String = "GET", headers: [(name: String, value: String)] = [], body: [UInt8]? = nil, credential: Credential = .none,
        timeout: Duration = .seconds(60), connectTimeout: Duration = .seconds(10), maximumBytes: Int = 32_000_000, maximumRedirects: Int = 5,
        caFile: String? = nil, entityTag: String? = nil, lastModified: String? = nil, slowestBytesPerSecond: Int = 100,
        patience: Duration = .seconds(20)
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.credential = credential
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.maximumBytes = maximumBytes
        self.maximumRedirects = maximumRedirects
        self.caFile = caFile
        self.entityTag = entityTag
        self.lastModified = lastModified
        self.slowestBytesPerSecond = slowestBytesPerSecond
        self.patience = patience
    }
}
