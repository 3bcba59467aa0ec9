import Model

/// Another system that is told how alerts change, beside the letters to agencies: an on-call service, a chat, an Alertmanager.
public struct WayOutSettings: Hashable, Sendable {
    /// The raw values are what `kind` says.
    public enum Kind: String, CaseIterable, Sendable {
        /// Each change of an alert is one POST of JSON.
        case webhook
        /// The alerts that fire are kept standing in an Alertmanager.
        case alertmanager
    }

    /// Which alerts go this way; nil leaves a question open for all.
    public struct Scope: Hashable, Sendable {
        public var severities: Set<Severity>?
        public var rules: Set<String>?
        /// With agencies named, alerts that concern no agency stay here.
        public var agencies: Set<AgencyCode>?

        public init(severities: Set<Severity>? = nil, rules: Set<String>? = nil, agencies: Set<AgencyCode>? = nil) {
            self.severities = severities
            self.rules = rules
            self.agencies = agencies
        }

        /// Whether an alert is one of them, whatever its severity.
        public func contains(_ key: AlertKey) -> Bool {
            (rules?.contains(key.rule) ?? true) && (agencies.map { agencies in key.agency.map(agencies.contains) ?? false } ?? true)
        }

        /// Whether an alert of a severity is one of them.
        public func contains(_ key: AlertKey, _ severity: Severity) -> Bool { contains(key) && (severities?.contains(severity) ?? true) }
    }

    public var id: String
    public var kind: Kind
    public var url: String
    /// Where the secret is that a webhook's events are signed with; read before each request. Nil leaves them unsigned.
    public var secretFile: String?
    public var credential: RemoteWriteSettings.Credential
    /// Certificates to trust instead of the system's.
    public var caFile: String?
    /// Sent with each request.
    public var headers: [RemoteWriteSettings.Header]
    public var scope: Scope
    public var firstRetry: Duration
    public var longestRetry: Duration
    /// How old an event may become before it is given up.
    public var giveUpAfter: Duration
    public var timeout: Duration
    /// How often an Alertmanager hears again that an alert fires.
    public var resend: Duration
    /// Added to labels of alerts in an Alertmanager.
    public var labels: [RemoteWriteSettings.Header]
}
