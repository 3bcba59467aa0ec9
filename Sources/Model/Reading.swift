/// One indicator of one agency (or of a group, as the ratio of sums) over one reporting period.
public struct Reading: Hashable, Sendable, Codable {
    /// What the counts amount to. The raw values are stable identifiers: CSV and JSON carry them.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// There is a figure.
        case figure
        /// Nothing was ever delivered for the period (chưa báo cáo).
        case notReported = "not-reported"
        /// Something was delivered, but a count that the figure needs is missing or known to be unknown.
        case unknown
        /// 0/0: delivered, and there was nothing to count. Neither 0 % nor 100 %.
        case nothingToCount = "nothing-to-count"
        /// The counts cannot be true together (a part above its whole, or below zero).
        case inconsistent
        /// The definition changed within the period; figures from both sides must not be added.
        case definitionBreak = "definition-break"
    }

    public let indicator: String
    /// The version of the definition in force; 0 when the period lies across a break.
    public let definitionVersion: Int
    public let agency: AgencyCode
    public let period: Period
    public let state: State
    /// What was counted above the line; present whenever it is known, also when the state is not `figure`.
    public let numerator: Int64?
    /// What was counted below the line. For counts and days nil.
    public let denominator: Int64?
    /// How much of the period the counts cover.
    public let coverage: Coverage
    /// The percentage that the source itself printed, with its decimals.
    public let reportedPercent: ExactDecimal?
    /// Whether the period was still open when this was computed (số liệu tạm tính).
    public let isProvisional: Bool
    /// Whether counts of different granularity (days beside a week, a quarter beside months) were put together to fill the period.
    public let isMixed: Bool

    public init(
        indicator: String, definitionVersion: Int, agency: AgencyCode, period: Period, state: State, numerator: Int64? = nil,
        denominator: Int64? = nil,
        coverage: Coverage, reportedPercent: ExactDecimal? = nil, isProvisional: Bool = false, isMixed: Bool = false
    ) {
        self.indicator = indicator
        self.definitionVersion = definitionVersion
        self.agency = agency
        self.period = period
        self.state = state
        self.numerator = numerator
        self.denominator = denominator
        self.coverage = coverage
        self.reportedPercent = reportedPercent
        self.isProvisional = isProvisional
        self.isMixed = isMixed
    }

    /// The exact ratio when there is a figure with a denominator.
    public var ratio: Ratio? {
        guard state == .figure, let numerator, let denominator else { return nil }
        return Ratio(numerator, over: denominator)
    }
}

/// How much of what it speaks of a reading covers: days of the period and, for a group of agencies, agencies of the group.
public struct Coverage: Hashable, Sendable, Codable {
    /// How many agencies of a group have their counts in the sums.
    public struct Agencies: Hashable, Sendable, Codable {
        public let counted: Int
        public let of: Int

        public init(counted: Int, of: Int) {
            self.counted = counted
            self.of = of
        }
    }

    /// Days that the counts cover; of a group, the days of its worst-covered agency.
    public let days: Int
    public let of: Int
    /// Nil for the reading of one agency; readings that were stored before there were groups have none either.
    public let agencies: Agencies?

    public init(days: Int, of: Int, agencies: Agencies? = nil) {
        self.days = days
        self.of = of
        self.agencies = agencies
    }

    /// Whether every day, and of a group every agency, is covered.
    public var isComplete: Bool { days == of && (agencies.map { $0.counted == $0.of } ?? true) }
}

extension Period: Codable {
    private enum Key: String, CodingKey { case id, scheme }

    /// As `{"id":"2026-08","scheme":"admin15"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let id = try container.decode(String.self, forKey: .id)
        let scheme = try container.decode(PeriodScheme.self, forKey: .scheme)
        guard let period = Period(id, scheme: scheme) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a period: \(id)"))
        }
        self = period
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(description, forKey: .id)
        try container.encode(scheme, forKey: .scheme)
    }
}
