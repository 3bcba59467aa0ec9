extension Reason {
    /// Two sums of counts that should be equal.
    public struct Unbalanced: Hashable, Sendable, Codable {
        public let period: Period
        /// The sides as measures joined by `+` and `-`.
        public let left: String
        public let right: String
        /// Left less right.
        public let difference: Int64
        public let legalBasis: String

        public init(period: Period, left: String, right: String, difference: Int64, legalBasis: String) {
            self.period = period
            self.left = left
            self.right = right
            self.difference = difference
            self.legalBasis = legalBasis
        }
    }
}

extension Reason.Unbalanced {
    /// `Tháng 8/2026: dossiers.received lớn hơn dossiers.resolved + dossiers.open 12`
    public func sentence(_ language: Language) -> String {
        let size = NumberText.integer(difference.magnitude, language: language)
        let title = period.title(language)
        switch (difference, language) {
        case (0, .vietnamese): return "\(title): \(left) khớp \(right)"
        case (0, .english): return "\(title): \(left) is \(right)"
        case (1..., .vietnamese): return "\(title): \(left) lớn hơn \(right) \(size)"
        case (1..., .english): return "\(title): \(left) is \(size) more than \(right)"
        case (_, .vietnamese): return "\(title): \(left) nhỏ hơn \(right) \(size)"
        case (_, .english): return "\(title): \(left) is \(size) less than \(right)"
        }
    }
}
