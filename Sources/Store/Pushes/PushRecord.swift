import Model

/// The body of a push, hashed and deflated before its transaction begins, so that many are worked on beside each other.
public struct PushBody: Sendable {
    let raw: RawBytes

    /// - Throws: what zlib could not do.
    public init(_ bytes: [UInt8]) throws(StoreError) {
        do { raw = try RawBytes(bytes, effort: .little) } catch {
            throw StoreError(error, operation: "compressing a push", path: "")
        }
    }
}

/// One push on its way into the store: checked, hashed and compressed, so that its transaction only writes.
public struct PushRecord: Sendable {
    /// Its bytes are in `body` alone: a full queue holds no second copy.
    let delivery: Delivery
    let body: PushBody
    let observations: [Observation]
    let findings: [Finding]
    let refused: [PushRefusal]
    let idempotencyKey: String?
    let keepsRefusals: Bool
    let doubts: @Sendable ([Restatement]) -> [Finding]

    /// - Parameters:
    ///   - refused: all observations that are not stored, which `findings` may name some of only.
    ///   - idempotencyKey: makes a repeat of the same body give this one's receipt.
    ///   - keepsRefusals: whether the sender may ask later what was refused, though it gave no key.
    ///   - doubts: what is worth noting of the figures that were replaced.
    public init(
        source: String, receivedAt: Instant, body: PushBody, mediaType: String, observations: [Observation], findings: [Finding] = [],
        refused: [PushRefusal] = [], idempotencyKey: String? = nil, keepsRefusals: Bool = false,
        doubts: @escaping @Sendable ([Restatement]) -> [Finding] = { _ in [] }
    ) {
        delivery = Delivery(source: source, receivedAt: receivedAt, bytes: [], mediaType: mediaType)
        self.body = body
        self.observations = observations
        self.findings = findings
        self.refused = refused
        self.idempotencyKey = idempotencyKey
        self.keepsRefusals = keepsRefusals
        self.doubts = doubts
    }
}

/// What became of a push in the store.
public enum PushOutcome: Sendable {
    /// It is a delivery now.
    case recorded(Recorded)
    /// It was a delivery before, under the same idempotency key.
    case repeated(StoredPush)
    /// Its idempotency key stands for another body.
    case keyReused
    /// Nothing of it was stored.
    case failed(StoreError)
}

/// A push that was stored before, as its receipt told of it.
public struct StoredPush: Hashable, Sendable {
    public let id: DeliveryID
    public let outcome: IngestOutcome
    public let refused: [PushRefusal]
}
