extension Reason {
    /// The year's target beside what the year leads to.
    public struct Budget: Hashable, Sendable, Codable {
        public let projection: YearProjection
        /// The last period that is counted.
        public let period: Period
        public let legalBasis: String

        public init(projection: YearProjection, period: Period, legalBasis: String) {
            self.projection = projection
            self.period = period
            self.legalBasis = legalBasis
        }
    }
}

extension Reason.Budget {
    /// `Từ ngày 01/01/2026 đến hết ngày 31/08/2026: 85,00% (170/200); chỉ tiêu cả năm không thấp hơn 90%. Theo nhịp độ này, cả năm không đạt chỉ tiêu.`
    public func sentence(_ language: Language) -> String {
        "\(counted(language)); \(bound(language)). \(outcome(language))"
    }

    private func counted(_ language: Language) -> String {
        let range =
            language == .vietnamese
            ? "Từ ngày \(projection.from.vietnamese) đến hết ngày \(projection.through.vietnamese)"
            : "From \(projection.from) to \(projection.through)"
        let elapsed = projection.through - projection.from + 1
        var days = ""
        if projection.countedDays < elapsed {
            days =
                language == .vietnamese
                ? ", có số liệu của \(projection.countedDays)/\(elapsed) ngày" : ", figures of \(projection.countedDays) of \(elapsed) days"
        }
        let numerator = NumberText.integer(projection.numerator, language: language)
        guard let denominator = projection.denominator else { return "\(range): \(numerator)\(days)" }
        let counts = "(\(numerator)/\(NumberText.integer(denominator, language: language)))"
        return "\(range): \(words(projection.projected, language)) \(counts)\(days)"
    }

    private func bound(_ language: Language) -> String {
        let target = words(projection.target, language)
        switch (projection.direction, language) {
        case (.higherIsBetter, .vietnamese): return "chỉ tiêu cả năm không thấp hơn \(target)"
        case (.lowerIsBetter, .vietnamese): return "chỉ tiêu cả năm không cao hơn \(target)"
        case (.higherIsBetter, .english): return "the year's target is at least \(target)"
        case (.lowerIsBetter, .english): return "the year's target is at most \(target)"
        }
    }

    private func outcome(_ language: Language) -> String {
        let isVietnamese = language == .vietnamese
        if projection.isOutOfReach {
            guard projection.denominator != nil else { return isVietnamese ? "Đã vượt chỉ tiêu cả năm." : "The year's target is passed already." }
            let best = words(projection.attainable, language)
            return isVietnamese
                ? "Dù toàn bộ phần còn lại của năm đều đạt, cả năm vẫn là \(best)."
                : "Even if all that is still to come goes well, the year comes to \(best)."
        }
        let year = projection.denominator == nil ? words(projection.projected, language) : ""
        switch (projection.isOffTarget, isVietnamese) {
        case (true, true): return "Theo nhịp độ này, cả năm\(year.isEmpty ? "" : " là \(year),") không đạt chỉ tiêu."
        case (true, false): return "At this pace the year\(year.isEmpty ? "" : " comes to \(year) and") misses it."
        case (false, true): return "Theo nhịp độ này, cả năm\(year.isEmpty ? "" : " là \(year),") đạt chỉ tiêu."
        case (false, false): return "At this pace the year\(year.isEmpty ? "" : " comes to \(year) and") meets it."
        }
    }

    private func words(_ number: ExactDecimal?, _ language: Language) -> String {
        guard let number else { return "–" }
        return projection.denominator == nil ? NumberText.decimal(number, language: language) : NumberText.percent(number, language: language)
    }
}
