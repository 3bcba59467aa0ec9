import Model

/// Where agencies push their figures to, who may, and how much.
public struct PushSettings: Hashable, Sendable {
    /// Where the listening socket comes from.
    public enum Listening: Hashable, Sendable {
        case address(ListenAddress)
        /// systemd opens it and hands it over under this name (`FileDescriptorName=`).
        case inherited(name: String)
    }

    public var listening: Listening
    /// Nil only for addresses of this machine.
    public var tls: PushTLSSettings?
    /// Who is known by a client certificate; tokens are kept in the store.
    public var senders: [PushSenderSettings]
    public var limits: PushLimits
    /// The label, tag or attribute of other protocols that holds an agency's code, and a measure's id.
    public var agencyLabel = "agency"
    public var measureLabel = "measure"
    /// Which metric of other protocols stands for which measure.
    public var metrics: [String: MeasureID] = [:]

    public init(listening: Listening, tls: PushTLSSettings? = nil, senders: [PushSenderSettings] = [], limits: PushLimits = PushLimits()) {
        self.listening = listening
        self.tls = tls
        self.senders = senders
        self.limits = limits
    }
}

/// PEM files of the listener; all are read again at each reload.
public struct PushTLSSettings: Hashable, Sendable {
    public var certificate: String
    public var key: String
    /// Who signs the certificates of senders; nil when senders are known by tokens alone.
    public var clientCA: String?

    public init(certificate: String, key: String, clientCA: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientCA = clientCA
    }
}

/// A sender known by the subject of its client certificate.
public struct PushSenderSettings: Hashable, Sendable {
    public var subject: SubjectName
    public var sender: PushSender

    public init(subject: SubjectName, sender: PushSender) {
        self.subject = subject
        self.sender = sender
    }
}

/// What one push, one sender, one address and all of them together may take; every bound has a default.
public struct PushLimits: Hashable, Sendable {
    /// The most bytes of a body as it comes.
    public var body = 4_000_000
    /// The most bytes of a body once it is unpacked.
    public var unpackedBody = 32_000_000
    /// The most observations of one push.
    public var observations = 20_000
    public var requestsPerMinute = 600
    public var requestsPerMinutePerAddress = 1200
    /// Wrong log-ins from one address before it is locked out.
    public var failedLogins = 10
    public var lockout: Duration = .seconds(300)
    public var connections = 4096
    public var connectionsPerAddress = 1024
    /// The most bytes of a request's header fields.
    public var headers = 32_000
    /// From the first byte of a request, or from the start of a connection, to the end of its header.
    public var headerTimeout: Duration = .seconds(10)
    /// From the header to the end of the body.
    public var bodyTimeout: Duration = .seconds(60)
    /// How long a connection may stay open between requests.
    public var idleTimeout: Duration = .seconds(60)
    /// The most bytes of all bodies that are being received or worked on.
    public var bodies = 64_000_000
    /// The most pushes that are being read, checked and stored.
    public var queue = 64

    public init() {}
}
