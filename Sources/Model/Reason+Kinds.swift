extension Reason {
    /// A figure beside an older one of the same agency.
    public struct Moved: Hashable, Sendable, Codable {
        public let reading: Reading
        public let before: Reading
        public let unit: Indicator.Unit
        /// How far it may move, in points or the unit's own, or in percent of the older figure.
        public let limit: ExactDecimal
        public let isRelative: Bool
        /// Whether a fall is looked for, otherwise a rise.
        public let isDrop: Bool
        public let legalBasis: String

        public init(
            reading: Reading, before: Reading, unit: Indicator.Unit, limit: ExactDecimal, isRelative: Bool, isDrop: Bool, legalBasis: String
        ) {
            self.reading = reading
            self.before = before
            self.unit = unit
            self.limit = limit
            self.isRelative = isRelative
            self.isDrop = isDrop
            self.legalBasis = legalBasis
        }
    }

    /// Figures of periods in a row, the oldest first.
    public struct Worsened: Hashable, Sendable, Codable {
        public let readings: [Reading]
        public let unit: Indicator.Unit
        /// How many changes for the worse in a row are too many.
        public let limit: Int
        public let legalBasis: String

        public init(readings: [Reading], unit: Indicator.Unit, limit: Int, legalBasis: String) {
            self.readings = readings
            self.unit = unit
            self.limit = limit
            self.legalBasis = legalBasis
        }
    }

    /// An agency among those of its level.
    public struct Ranked: Hashable, Sendable, Codable {
        public let reading: Reading
        public let unit: Indicator.Unit
        /// The place from the end: 1 is the worst.
        public let fromEnd: Int
        public let of: Int
        /// How many places at the end are looked for; nil when the distance to the median decides.
        public let last: Int?
        /// The figure in the middle of the level.
        public let median: Reading
        /// How far beyond the median a figure may lie; nil when the place decides.
        public let limit: ExactDecimal?
        public let legalBasis: String

        public init(
            reading: Reading, unit: Indicator.Unit, fromEnd: Int, of: Int, last: Int?, median: Reading, limit: ExactDecimal?, legalBasis: String
        ) {
            self.reading = reading
            self.unit = unit
            self.fromEnd = fromEnd
            self.of = of
            self.last = last
            self.median = median
            self.limit = limit
            self.legalBasis = legalBasis
        }
    }

    /// A document that is owed by a day: a remediation report, a self-review.
    public struct Owed: Hashable, Sendable, Codable {
        public let title: LocalizedText
        public let due: Day
        /// When it was received; nil while it was not.
        public let received: Day?
        /// How the document is known, such as its number.
        public let evidence: String
        public let legalBasis: String

        public init(title: LocalizedText, due: Day, received: Day?, evidence: String, legalBasis: String) {
            self.title = title
            self.due = due
            self.received = received
            self.evidence = evidence
            self.legalBasis = legalBasis
        }
    }

    /// Our figure beside the percentage that the source printed.
    public struct Contradicted: Hashable, Sendable, Codable {
        public let reading: Reading
        public let printed: ExactDecimal
        public let legalBasis: String

        public init(reading: Reading, printed: ExactDecimal, legalBasis: String) {
            self.reading = reading
            self.printed = printed
            self.legalBasis = legalBasis
        }
    }
}

// MARK: - In words

extension Reason.Moved {
    /// `Tháng 8/2026: 40,00%; Tháng 7/2026: 60,00%; giảm 20,00 điểm, giới hạn 10 điểm`
    public func sentence(_ language: Language) -> String {
        let gap = ExactGap(from: before, to: reading, in: unit, isRelative: isRelative)
        let size = gap?.size.map { NumberText.decimal($0, language: language) } ?? "?"
        let measure = isRelative ? "%" : unit == .percent ? (language == .vietnamese ? " điểm" : " points") : ""
        let limit = NumberText.decimal(limit, language: language) + measure
        let side: String
        switch (gap?.isFall ?? isDrop, language) {
        case (true, .vietnamese): side = "giảm"
        case (true, .english): side = "a fall of"
        case (false, .vietnamese): side = "tăng"
        case (false, .english): side = "a rise of"
        }
        let allowed = language == .vietnamese ? "giới hạn \(limit)" : "\(limit) allowed"
        return "\(reading.words(unit, language)); \(before.words(unit, language)); \(side) \(size)\(measure), \(allowed)."
    }
}

extension Reason.Worsened {
    public func sentence(_ language: Language) -> String {
        let series = readings.map { $0.words(unit, language) }.joined(separator: " → ")
        let count = max(0, readings.count - 1)
        return language == .vietnamese
            ? "\(series): xấu đi \(count) kỳ liên tiếp, giới hạn \(limit)." : "\(series): worse \(count) times in a row, \(limit) is the limit."
    }
}

extension Reason.Ranked {
    public func sentence(_ language: Language) -> String {
        let place =
            language == .vietnamese
            ? "đứng thứ \(fromEnd) từ cuối lên trong \(of) cơ quan cùng cấp" : "number \(fromEnd) from the end of \(of) agencies of its level"
        let middle = median.figure(in: unit).map { NumberText.figure($0, unit: unit, language: language) } ?? "–"
        let median = language == .vietnamese ? "trung vị \(middle)" : "the median is \(middle)"
        var bound = ""
        if let last { bound = language == .vietnamese ? "; nhóm \(last) cơ quan cuối" : "; the last \(last) are named" }
        if let limit {
            let text = NumberText.decimal(limit, language: language)
            bound = language == .vietnamese ? "; giới hạn cách trung vị \(text)" : "; \(text) beyond the median are allowed"
        }
        return "\(reading.words(unit, language)), \(place), \(median)\(bound)."
    }
}

extension Reason.Owed {
    public func sentence(_ language: Language) -> String {
        let name = title[language]
        if let received {
            let proof = evidence.isEmpty ? "" : " (\(evidence))"
            return language == .vietnamese
                ? "\(name): đã nhận ngày \(received.vietnamese)\(proof); hạn là ngày \(due.vietnamese)."
                : "\(name): received on \(received)\(proof); due on \(due)."
        }
        return language == .vietnamese
            ? "\(name): chưa nhận được; hạn là ngày \(due.vietnamese)." : "\(name): not received; it was due on \(due)."
    }
}

extension Reason.Contradicted {
    public func sentence(_ language: Language) -> String {
        let printed = NumberText.percent(printed, language: language)
        return language == .vietnamese
            ? "\(reading.words(.percent, language)); hệ thống nguồn tự công bố \(printed)."
            : "\(reading.words(.percent, language)); the source itself prints \(printed)."
    }
}

extension Reading {
    /// `Tháng 8/2026: 85,00% (17/20)`
    fileprivate func words(_ unit: Indicator.Unit, _ language: Language) -> String {
        let name = period.title(language)
        guard let figure = figure(in: unit) else { return "\(name): –" }
        let text = NumberText.figure(figure, unit: unit, language: language)
        guard unit.isRatio, let numerator, let denominator else { return "\(name): \(text)" }
        let counts = "\(NumberText.integer(numerator, language: language))/\(NumberText.integer(denominator, language: language))"
        return "\(name): \(text) (\(counts))"
    }
}
