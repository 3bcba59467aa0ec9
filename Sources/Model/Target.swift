/// A threshold (ngưỡng) for one indicator, with the days it is in force and the text it rests on.
public struct Target: Hashable, Sendable {
    /// Whom it binds. An agency's own target goes before its level's, and that before the general one.
    public enum Scope: Hashable, Sendable {
        case everyone
        case level(Agency.Level)
        case agency(AgencyCode)
    }

    public let indicator: String
    public let scope: Scope
    /// The bound for a warning, in the indicator's unit (percent, or a plain number). Nil: not set.
    public let warning: ExactDecimal?
    /// The bound for a critical alert. Nil: not set.
    public let critical: ExactDecimal?
    /// An alert that fires is well again only when this is reached, so that a figure on the bound does not go up and down. Nil: the warning's bound.
    public let clear: ExactDecimal?
    /// Readings with a smaller denominator are not judged: 1 of 2 late is not 14 000 of 28 000 late.
    public let minimumDenominator: Int64
    public let effectiveFrom: Day
    /// The first day it is no longer in force, nil while it is.
    public let effectiveTo: Day?
    /// The text it rests on (căn cứ). Letters print it.
    public let legalBasis: String
    /// Why it differs from what binds the others; nil when nothing was given. Letters print it.
    public let reason: String?

    public init(
        indicator: String, scope: Scope = .everyone, warning: ExactDecimal? = nil, critical: ExactDecimal? = nil, clear: ExactDecimal? = nil,
        minimumDenominator: Int64 = 1,
        effectiveFrom: Day, effectiveTo: Day? = nil, legalBasis: String, reason: String? = nil
    ) {
        self.indicator = indicator
        self.scope = scope
        self.warning = warning
        self.critical = critical
        self.clear = clear
        self.minimumDenominator = minimumDenominator
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.legalBasis = legalBasis
        self.reason = reason
    }

    /// Whether it is in force on a day.
    public func isEffective(on day: Day) -> Bool { effectiveFrom <= day && effectiveTo.map { day < $0 } ?? true }
}

/// All targets of the province.
public struct Targets: Sendable {
    public let all: [Target]
    private let byIndicator: [String: [Target]]

    public init(_ all: [Target]) {
        self.all = all
        byIndicator = Dictionary(grouping: all, by: \.indicator)
    }

    /// The target that binds an agency on the last day of a period, the most particular first; nil when the province has not set one.
    public func target(for indicator: String, agency: Agency, on day: Day) -> Target? {
        let effective = (byIndicator[indicator] ?? []).filter { $0.isEffective(on: day) }
        return effective.first { $0.scope == .agency(agency.code) } ?? effective.first { $0.scope == .level(agency.level) }
            ?? effective.first { $0.scope == .everyone }
    }
}
