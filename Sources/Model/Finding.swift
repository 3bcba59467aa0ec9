/// Something that an operator should know: a value refused, a figure in doubt, a source in trouble.
///
/// Findings have a natural key (everything but `found`, `expected` and `place`), so one that comes back every night is one line with a count.
public struct Finding: Hashable, Sendable, Codable {
    /// The raw values are stable identifiers.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        // Refused: the value is not stored.
        case unknownAgency = "unknown-agency"
        case ambiguousAgency = "ambiguous-agency"
        case agencyNotInForce = "agency-not-in-force"
        case unknownMeasure = "unknown-measure"
        case unreadableValue = "unreadable-value"
        /// A line of a file whose days or other parts cannot be read.
        case unreadableRow = "unreadable-row"
        case negativeCount = "negative-count"
        case partAboveWhole = "part-above-whole"
        case futureDay = "future-day"
        case unsupportedDay = "unsupported-day"
        case misalignedInterval = "misaligned-interval"
        case duplicateInDelivery = "duplicate-in-delivery"
        /// A sender pushed for an agency or of a measure that it may not speak of.
        case outOfScope = "out-of-scope"
        // Stored, but in doubt.
        case contradictingPercentage = "contradicting-percentage"
        case cumulativeFall = "cumulative-fall"
        case overlappingGranularity = "overlapping-granularity"
        case restatedClosedPeriod = "restated-closed-period"
        case totalsDiffer = "totals-differ"
        // About a delivery or a source as a whole.
        case undecodableDelivery = "undecodable-delivery"
        case emptyDelivery = "empty-delivery"
        case moreFindings = "more-findings"
        case fetchFailed = "fetch-failed"
        case storeFull = "store-full"
        case backupFailed = "backup-failed"
        case pushNotListening = "push-not-listening"
        // About urging.
        case noContact = "no-contact"
        case letterRefused = "letter-refused"
        case signingFailed = "signing-failed"
        case contactBounced = "contact-bounced"
        case mailUnclear = "mail-unclear"
        case mailboxFailed = "mailbox-failed"
        case calendarYearMissing = "calendar-year-missing"
        case calendarYearEstimated = "calendar-year-estimated"
        // About what leaves.
        case remoteWriteRefused = "remote-write-refused"
        case eventRefused = "event-refused"

        /// Whether the value it speaks of was kept out of the store.
        public var isRefusal: Bool {
            switch self {
            case .unknownAgency, .ambiguousAgency, .agencyNotInForce, .unknownMeasure, .unreadableValue, .unreadableRow, .negativeCount,
                .partAboveWhole, .futureDay, .unsupportedDay, .misalignedInterval, .duplicateInDelivery, .outOfScope:
                true
            default: false
            }
        }
    }

    public let kind: Kind
    /// The source it came from; nil for findings about urging.
    public let source: String?
    /// The agency as the source wrote it, or its code once known.
    public let agency: String?
    /// A measure or indicator.
    public let measure: String?
    public let range: DayRange?
    /// Where in the delivery, `$.data.children[3].totalReceived`.
    public let place: String?
    /// What was found, short and printable; never a personal datum, never a whole body.
    public let found: String?
    /// What was expected instead.
    public let expected: String?

    public init(
        _ kind: Kind, source: String? = nil, agency: String? = nil, measure: String? = nil, range: DayRange? = nil, place: String? = nil,
        found: String? = nil, expected: String? = nil
    ) {
        self.kind = kind
        self.source = source
        self.agency = agency
        self.measure = measure
        self.range = range
        self.place = place
        self.found = found
        self.expected = expected
    }
}

/// A finding as the store holds it.
public struct FindingRecord: Hashable, Sendable, Codable {
    public let id: Int64
    public let finding: Finding
    public let firstSeen: Instant
    public let lastSeen: Instant
    public let count: Int
    /// The newest delivery that showed it.
    public let delivery: DeliveryID?

    public init(id: Int64, finding: Finding, firstSeen: Instant, lastSeen: Instant, count: Int, delivery: DeliveryID?) {
        self.id = id
        self.finding = finding
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.count = count
        self.delivery = delivery
    }
}
