extension Reason {
    /// The rule is not about the agency for some days.
    public struct Excepted: Hashable, Sendable, Codable {
        public let from: Day
        /// The last day, nil while it is open.
        public let last: Day?
        /// In the operator's words.
        public let reason: String

        public init(from: Day, last: Day?, reason: String) {
            self.from = from
            self.last = last
            self.reason = reason
        }
    }
}

extension Reason.Excepted {
    /// `được miễn từ ngày 01/08/2026 đến hết ngày 30/09/2026: chuyển trụ sở`, without a full stop, to be put behind other words.
    public func words(_ language: Language) -> String {
        switch (last, language) {
        case (let last?, .vietnamese): "được miễn từ ngày \(from.vietnamese) đến hết ngày \(last.vietnamese): \(reason)"
        case (nil, .vietnamese): "được miễn từ ngày \(from.vietnamese): \(reason)"
        case (let last?, .english): "excepted from \(from) to \(last): \(reason)"
        case (nil, .english): "excepted from \(from): \(reason)"
        }
    }
}
