import Model

/// Compares what was delivered for an agency as a whole with the sum over the agencies below it.
public enum TotalsCheck {
    /// A finding when both are whole and their counts differ. Where an agency is missing, days are uncovered, or the counts rest on different
    /// definitions, nothing can be said.
    ///
    /// - Parameters:
    ///   - total: the reading of the agency above, from its own cells.
    ///   - parts: the readings of the agencies below it.
    public static func finding(_ total: Reading, _ parts: [Reading], unit: Indicator.Unit) -> Finding? {
        guard isWhole(total), !parts.isEmpty, parts.allSatisfy(isWhole), let sum = Rollup(parts, unit: unit), sum.missing.isEmpty else { return nil }
        guard sum.definitionVersion == total.definitionVersion, sum.numerator != nil else { return nil }
        guard total.numerator != sum.numerator || total.denominator != sum.denominator else { return nil }
        return Finding(
            .totalsDiffer, agency: total.agency.text, measure: total.indicator, range: total.period.range,
            found: counts(total.numerator, total.denominator), expected: "\(counts(sum.numerator, sum.denominator)) (\(parts.count))")
    }

    private static func isWhole(_ reading: Reading) -> Bool {
        (reading.state == .figure || reading.state == .nothingToCount) && reading.coverage.isComplete && !reading.isProvisional
    }

    private static func counts(_ numerator: Int64?, _ denominator: Int64?) -> String {
        [numerator, denominator].compactMap { $0.map(String.init) }.joined(separator: "/")
    }
}
