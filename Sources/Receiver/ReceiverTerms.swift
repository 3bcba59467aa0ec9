import Model
import NIOSSL
import Settings
import Synchronization

/// What the listener goes by: read from settings and files in one go, and swapped whole at a reload.
public struct ReceiverTerms: Sendable {
    public let limits: PushLimits
    /// By the subject of their certificates.
    private(set) var senders: [SubjectName: PushSender]
    /// Nil on addresses of this machine only.
    let tls: NIOSSLContext?
    let mapping: PushMapping
    private let province: AgencyCode

    /// - Throws: `ReceiverError` for a certificate, key or CA that cannot be used.
    public init(_ settings: PushSettings, province: AgencyCode, measures: [Measure] = []) throws(ReceiverError) {
        mapping = PushMapping(
            measures: measures, names: settings.metrics, agencyLabel: settings.agencyLabel, measureLabel: settings.measureLabel)
        limits = settings.limits
        senders = Dictionary(settings.senders.map { ($0.subject, $0.sender) }) { first, _ in first }
        self.province = province
        guard let files = settings.tls else {
            tls = nil
            return
        }
        tls = try TLSMaterial.context(files)
    }

    /// The same terms with nobody known by a certificate.
    public func withoutSenders() -> ReceiverTerms {
        var terms = self
        terms.senders = [:]
        return terms
    }

    /// Whether a sender may speak for the whole province about everything, and therefore see everything.
    func speaksForAll(_ sender: PushSender) -> Bool {
        sender.scope.agencies.contains(province) && sender.scope.includesBelow && sender.scope.measures == nil
    }
}

/// The terms that hold now. Whoever works holds those it began with.
public final class TermsBox: Sendable {
    private let state: Mutex<ReceiverTerms>

    public init(_ terms: ReceiverTerms) { state = Mutex(terms) }

    public var current: ReceiverTerms { state.withLock { $0 } }

    /// New connections and requests go by the new terms.
    public func swap(_ terms: ReceiverTerms) { state.withLock { $0 = terms } }
}
