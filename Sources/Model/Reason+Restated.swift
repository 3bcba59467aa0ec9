extension Reason {
    /// Figures of closed periods that were changed.
    public struct Restated: Hashable, Sendable, Codable {
        /// One changed figure.
        public struct Change: Hashable, Sendable, Codable {
            public let agency: AgencyCode
            public let measure: MeasureID
            public let range: DayRange
            /// In units of the measure; nil for "known to be unknown" or nothing.
            public let old: Int64?
            public let new: Int64?
            public let at: Instant

            public init(agency: AgencyCode, measure: MeasureID, range: DayRange, old: Int64?, new: Int64?, at: Instant) {
                self.agency = agency
                self.measure = measure
                self.range = range
                self.old = old
                self.new = new
                self.at = at
            }
        }

        /// How many within the last `days`.
        public let count: Int
        public let days: Int
        /// The newest; nil when there is none.
        public let newest: Change?
        /// Decimals of its measure.
        public let scale: Int
        public let legalBasis: String

        public init(count: Int, days: Int, newest: Change?, scale: Int, legalBasis: String) {
            self.count = count
            self.days = days
            self.newest = newest
            self.scale = scale
            self.legalBasis = legalBasis
        }
    }
}

extension Reason.Restated {
    /// `Trong 30 ngày qua đã sửa 2 số liệu của kỳ đã chốt; gần nhất ngày 05/11/2026: dossiers.received từ 01/10/2026 đến 31/10/2026, 40 thành 88`
    public func sentence(_ language: Language) -> String {
        guard let newest else {
            return language == .vietnamese
                ? "Trong \(days) ngày qua không sửa số liệu nào của kỳ đã chốt"
                : "No figure of a closed period was changed within the last \(days) days"
        }
        func figure(_ units: Int64?) -> String {
            units.flatMap { ExactDecimal(units: $0, scale: scale) }.map { NumberText.decimal($0, language: language) }
                ?? (language == .vietnamese ? "chưa rõ" : "unknown")
        }
        let first = newest.range.start
        let last = newest.range.last
        return language == .vietnamese
            ? "Trong \(days) ngày qua đã sửa \(count) số liệu của kỳ đã chốt; gần nhất ngày \(newest.at.day.vietnamese): \(newest.measure) "
                + (first == last ? "ngày \(first.vietnamese)" : "từ \(first.vietnamese) đến \(last.vietnamese)")
                + ", \(figure(newest.old)) thành \(figure(newest.new))"
            : "Within the last \(days) days figures of closed periods were changed \(count) time(s); the last on \(newest.at.day): \(newest.measure) "
                + (first == last ? "of \(first)" : "from \(first) to \(last)") + ", \(figure(newest.old)) to \(figure(newest.new))"
    }
}
