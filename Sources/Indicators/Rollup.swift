import Model

/// The figure of a group of agencies: the ratio of sums, never a mean of rates, with those that are missing from it named.
public struct Rollup: Hashable, Sendable {
    public let indicator: String
    public let period: Period
    /// 0 when the agencies were counted by different definitions.
    public let definitionVersion: Int
    public let state: Reading.State
    public let numerator: Int64?
    public let denominator: Int64?
    /// Agencies whose counts are in the sums; those with nothing to count are, with 0/0.
    public let counted: Int
    /// Agencies whose counts are not, in the order given.
    public let missing: [AgencyCode]
    /// The worst coverage among the counted ones.
    public let coverage: Coverage
    public let isProvisional: Bool

    /// Nil when there is nothing to add: no readings, readings of different indicators or periods, or "days since", which has no sum.
    public init?(_ readings: [Reading], unit: Indicator.Unit) {
        guard let first = readings.first, unit != .daysSince,
            readings.allSatisfy({ $0.indicator == first.indicator && $0.period == first.period })
        else { return nil }
        let present = readings.filter { $0.state == .figure || $0.state == .nothingToCount }
        let versions = Set(present.map(\.definitionVersion))
        let numerator = Rollup.sum(present.map(\.numerator))
        let denominator = Rollup.sum(present.map(\.denominator))
        indicator = first.indicator
        period = first.period
        definitionVersion = versions.count == 1 ? versions.first ?? 0 : 0
        counted = present.count
        missing = readings.filter { $0.state != .figure && $0.state != .nothingToCount }.map(\.agency)
        coverage = Coverage(
            days: present.map(\.coverage.days).min() ?? 0, of: first.coverage.of, agencies: .init(counted: present.count, of: readings.count))
        isProvisional = readings.contains(where: \.isProvisional)
        state = Rollup.state(readings, present, versions: versions.count, numerator: numerator, denominator: denominator, unit: unit)
        self.numerator = present.isEmpty || versions.count > 1 ? nil : numerator
        self.denominator = present.isEmpty || versions.count > 1 || !unit.isRatio ? nil : denominator
    }

    /// The rollup as a reading of the agency that stands for the group, so that it is printed and judged like any other.
    public func reading(as agency: AgencyCode) -> Reading {
        Reading(
            indicator: indicator, definitionVersion: definitionVersion, agency: agency, period: period, state: state, numerator: numerator,
            denominator: denominator, coverage: coverage, isProvisional: isProvisional)
    }

    private static func state(
        _ readings: [Reading], _ present: [Reading], versions: Int, numerator: Int64?, denominator: Int64?, unit: Indicator.Unit
    ) -> Reading.State {
        if present.isEmpty {
            // The loudest state that all of them share; otherwise only "unknown" is true of the group.
            return readings.allSatisfy { $0.state == readings[0].state } ? readings[0].state : .unknown
        }
        if versions > 1 { return .definitionBreak }
        guard numerator != nil, let denominator else { return .inconsistent }
        return unit.isRatio && denominator == 0 ? .nothingToCount : .figure
    }

    /// Nil when the sum does not fit 64 bits; absent counts add nothing.
    private static func sum(_ values: [Int64?]) -> Int64? {
        var sum: Int64 = 0
        for case let value? in values {
            let (next, overflow) = sum.addingReportingOverflow(value)
            if overflow { return nil }
            sum = next
        }
        return sum
    }
}
