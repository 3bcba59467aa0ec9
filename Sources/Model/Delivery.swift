/// Raw bytes from one source at one instant. Nothing in it is believed yet.
public struct Delivery: Hashable, Sendable {
    /// The id of the source that was asked, or that pushed.
    public let source: String
    public let receivedAt: Instant
    public let bytes: [UInt8]
    /// What the sender said it is, `application/json`; empty when it said nothing.
    public let mediaType: String
    /// The days that were asked for; nil when the source was not asked for particular days.
    public let asked: DayRange?
    /// Nil unless an operator brought it as a file.
    public let origin: ImportOrigin?

    public init(
        source: String, receivedAt: Instant, bytes: [UInt8], mediaType: String = "", asked: DayRange? = nil, origin: ImportOrigin? = nil
    ) {
        self.origin = origin
        self.source = source
        self.receivedAt = receivedAt
        self.bytes = bytes
        self.mediaType = mediaType
        self.asked = asked
    }
}

/// Who brought a file, and what it was called.
public struct ImportOrigin: Hashable, Sendable, Codable {
    public let by: String
    public let file: String

    public init(by: String, file: String) {
        self.by = by
        self.file = file
    }
}

/// The number the store gives to a delivery when its transaction commits; later deliveries have larger numbers, so it orders revisions.
public struct DeliveryID: Hashable, Comparable, Sendable, Codable {
    public let number: Int64

    public init(_ number: Int64) { self.number = number }

    public static func < (left: DeliveryID, right: DeliveryID) -> Bool { left.number < right.number }

    public init(from decoder: any Decoder) throws { number = try decoder.singleValueContainer().decode(Int64.self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

extension DeliveryID: CustomStringConvertible {
    public var description: String { "D\(number)" }

    /// The number behind `D42` or `42`, as an operator types it.
    public init?(_ text: String) {
        guard let number = Int64(text.hasPrefix("D") ? String(text.dropFirst()) : text), number > 0 else { return nil }
        self.number = number
    }
}

/// What the store knows of a delivery, without its bytes.
public struct DeliveryRecord: Hashable, Sendable, Codable {
    public let id: DeliveryID
    public let source: String
    public let receivedAt: Instant
    /// Lower-case hexadecimal SHA-256 of the raw bytes as they came.
    public let sha256: String
    public let byteCount: Int
    public let mediaType: String
    public let asked: DayRange?
    /// What became of its observations.
    public let outcome: IngestOutcome
    /// The record that took it back; nil while it stands.
    public let retractedBy: DeliveryID?
    /// Nil unless an operator brought it as a file.
    public let origin: ImportOrigin?

    public init(
        id: DeliveryID, source: String, receivedAt: Instant, sha256: String, byteCount: Int, mediaType: String, asked: DayRange?,
        outcome: IngestOutcome, retractedBy: DeliveryID? = nil, origin: ImportOrigin? = nil
    ) {
        self.origin = origin
        self.id = id
        self.source = source
        self.receivedAt = receivedAt
        self.sha256 = sha256
        self.byteCount = byteCount
        self.mediaType = mediaType
        self.asked = asked
        self.outcome = outcome
        self.retractedBy = retractedBy
    }
}

/// How many observations of a delivery were new, said nothing new, replaced a figure, or were refused.
public struct IngestOutcome: Hashable, Sendable, Codable {
    public var stored = 0
    public var unchanged = 0
    public var restated = 0
    public var refused = 0

    public init(stored: Int = 0, unchanged: Int = 0, restated: Int = 0, refused: Int = 0) {
        self.stored = stored
        self.unchanged = unchanged
        self.restated = restated
        self.refused = refused
    }

    public static func + (left: IngestOutcome, right: IngestOutcome) -> IngestOutcome {
        IngestOutcome(
            stored: left.stored + right.stored, unchanged: left.unchanged + right.unchanged, restated: left.restated + right.restated,
            refused: left.refused + right.refused)
    }
}
