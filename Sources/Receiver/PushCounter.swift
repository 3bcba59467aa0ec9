import Model
import PushFormats

/// What the receiver asks of the rest of the daemon; the daemon's push desk answers, tests give a double. It decides and stores, the receiver
/// speaks HTTP.
public protocol PushCounter: Sendable {
    /// Whose token it is; nil for one that is unknown, expired or revoked. Comparison takes the same time wherever tokens differ.
    func sender(token: String) async -> PushSender?
    /// Checks and stores a push. Returns when its transaction is on disk.
    func receive(_ push: Push) async throws(PushTrouble) -> PushReceipt
    /// What became of an earlier delivery of this sender; nil when there is none of that number, or when it is somebody else's.
    func receipt(of delivery: DeliveryID, for sender: PushSender) async throws(PushTrouble) -> EarlierPush?
    /// The measures and agencies that a sender may speak of today.
    func catalogue(for sender: PushSender) async -> PushCatalogue
    /// Notes a failed log-in, for `dondoc status`.
    func noteFailedLogin(from address: String) async
    /// Notes a push that was turned away because there was no room for it; called on event loops, so it must not take long.
    func noteBusy()
    /// Whether the store takes pushes now.
    func isReady() async -> Bool
    /// The page for Prometheus, in its text format.
    func metrics() async throws(PushTrouble) -> String
}

/// A push that has been read and not yet checked.
public struct Push: Sendable {
    public let sender: PushSender
    /// The body as it came, still packed when it came packed.
    public let bytes: [UInt8]
    /// What the sender said it is.
    public let mediaType: String
    public let observations: PushedObservations
    /// Whether one refusal refuses everything.
    public let isAtomic: Bool
    public let idempotencyKey: String?
    /// Whether the last of several values of one cell holds, as for samples of a running system, or the cell is refused.
    public let lastValueHolds: Bool

    public init(
        sender: PushSender, bytes: [UInt8], mediaType: String, observations: PushedObservations, isAtomic: Bool = false,
        idempotencyKey: String? = nil,
        lastValueHolds: Bool = false
    ) {
        self.sender = sender
        self.bytes = bytes
        self.mediaType = mediaType
        self.observations = observations
        self.isAtomic = isAtomic
        self.idempotencyKey = idempotencyKey
        self.lastValueHolds = lastValueHolds
    }
}

/// What became of a push; on disk when it is given.
public struct PushReceipt: Hashable, Sendable, Codable {
    public let delivery: DeliveryID
    public let stored: Int
    public let unchanged: Int
    public let restated: Int
    public let refused: [PushRefusal]
    /// It answers a push that was stored before under the same idempotency key.
    public let isRepeat: Bool

    public init(delivery: DeliveryID, stored: Int, unchanged: Int, restated: Int, refused: [PushRefusal], isRepeat: Bool = false) {
        self.delivery = delivery
        self.stored = stored
        self.unchanged = unchanged
        self.restated = restated
        self.refused = refused
        self.isRepeat = isRepeat
    }
}

/// A push of some time ago, for the sender who asks what became of it.
public struct EarlierPush: Hashable, Sendable {
    public let record: DeliveryRecord
    /// As far as they are still kept.
    public let refused: [PushRefusal]

    public init(record: DeliveryRecord, refused: [PushRefusal]) {
        self.record = record
        self.refused = refused
    }
}

/// Why a push is not stored at all.
public enum PushTrouble: Error, Hashable, Sendable {
    /// A bound is reached; nothing was stored.
    case busy(retryAfter: Duration)
    /// There is no room in the store; nothing was stored.
    case full
    /// The store could not do it; nothing was stored.
    case failed(String)
    /// `isAtomic` was asked for and these were refused; nothing was stored.
    case refused([PushRefusal])
    /// The idempotency key was used before with another body.
    case keyReused
    /// The daemon is stopping.
    case stopping
}

/// What a sender may push.
public struct PushCatalogue: Hashable, Sendable {
    public let measures: [Measure]
    public let agencies: [Agency]

    public init(measures: [Measure], agencies: [Agency]) {
        self.measures = measures
        self.agencies = agencies
    }
}
