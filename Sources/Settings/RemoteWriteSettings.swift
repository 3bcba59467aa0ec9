import Model

/// A Prometheus-compatible store that gets a copy of the figures by remote write 1.0.
public struct RemoteWriteSettings: Hashable, Sendable {
    /// What is sent.
    public enum Part: String, CaseIterable, Sendable {
        /// Values as sources deliver them.
        case cells
        /// The indicators of closed periods.
        case readings
    }

    /// Where the credential is; it is read before each request, so that a changed one needs no reload.
    public enum Credential: Hashable, Sendable {
        case none
        case bearer(file: String)
        case basic(user: String, passwordFile: String)
    }

    public var id: String
    public var url: String
    public var credential: Credential
    /// Certificates to trust instead of the system's.
    public var caFile: String?
    /// Sent with each request, such as X-Scope-OrgID.
    public var headers: [Header]
    /// Added to every series.
    public var labels: [Header]
    public var parts: Set<Part>
    /// Figures from this day on are sent when the target is new; nil for those that come from then on.
    public var backfillFrom: Day?
    /// How long after its end a period's readings are sent: late figures would otherwise be a second value for the same moment.
    public var settle: Duration
    /// The most samples of one request.
    public var batch: Int
    public var firstRetry: Duration
    public var longestRetry: Duration
    public var timeout: Duration

    /// A name and what stands behind it.
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String
    }
}
