import Model

/// What was not taken of a source's deliveries.
public struct Rejection: Sendable {
    /// One thing to mend.
    public struct Item: Hashable, Sendable {
        /// What is wrong, in the language of the letter.
        public let what: String
        /// Where: a line, a cell, a field; nil when it concerns the whole.
        public var place: String?
        /// The days of the figure, when they are not those of the whole delivery.
        public var days: DayRange?
        public var found: String?
        public var expected: String?
        /// A name that is spelled much like the one that nobody knows.
        public var nearest: String?

        public init(
            what: String, place: String? = nil, days: DayRange? = nil, found: String? = nil, expected: String? = nil, nearest: String? = nil
        ) {
            self.what = what
            self.place = place
            self.days = days
            self.found = found
            self.expected = expected
            self.nearest = nearest
        }
    }

    /// One delivery with what is to be mended in it.
    public struct Part: Sendable {
        public let delivery: DeliveryID
        public let receivedAt: Instant
        /// Of the bytes as they came, in hexadecimal.
        public let sha256: String
        /// The days it was asked for, or speaks of; nil when it speaks of none.
        public let days: DayRange?
        public let stored: Int
        public let refused: Int
        /// It could not be read, so nothing of it was taken.
        public let isRefusedWhole: Bool
        public fileprivate(set) var items: [Item]
        /// How many of its items stand with an earlier part.
        public fileprivate(set) var repeated = 0

        public init(
            delivery: DeliveryID, receivedAt: Instant, sha256: String, days: DayRange?, stored: Int, refused: Int, isRefusedWhole: Bool = false,
            items: [Item]
        ) {
            self.delivery = delivery
            self.receivedAt = receivedAt
            self.sha256 = sha256
            self.days = days
            self.stored = stored
            self.refused = refused
            self.isRefusedWhole = isRefusedWhole
            self.items = items
        }
    }

    /// The source's title.
    public let source: String
    /// The newest first; what several have in common stands with the first of them.
    public let parts: [Part]

    /// Nil without a delivery.
    public init?(source: String, parts: [Part]) {
        guard !parts.isEmpty else { return nil }
        self.source = source
        var told: Set<Item> = []
        self.parts = parts.sorted { $0.delivery > $1.delivery }.map { part in
            var part = part
            var own: Set<Item> = []
            let different = part.items.filter { own.insert($0).inserted }
            part.items = different.filter { !told.contains($0) }
            part.repeated = different.count - part.items.count
            told.formUnion(own)
            return part
        }
    }
}
