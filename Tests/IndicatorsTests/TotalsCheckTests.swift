import Indicators
import Model
import TestSupport
import Testing

/// What a source says of a whole group, against the sum over its agencies.
@Suite struct TotalsCheckTests {
    private func reading(
        _ agency: String, _ numerator: Int64?, _ denominator: Int64?, state: Reading.State = .figure, days: Int = 31, version: Int = 1,
        provisional: Bool = false
    ) -> Reading {
        Reading(
            indicator: "dossier.online", definitionVersion: version, agency: code(agency), period: period("2026-08"), state: state,
            numerator: numerator, denominator: denominator, coverage: Coverage(days: days, of: 31), isProvisional: provisional)
    }

    private var parts: [Reading] { [reading("H52.01", 40, 100), reading("H52.02", 20, 50)] }

    @Test func aTotalThatDiffersIsAFinding() {
        let finding = TotalsCheck.finding(reading("H52", 61, 150), parts, unit: .percent)

        #expect(
            finding
                == Finding(
                    .totalsDiffer, agency: "H52", measure: "dossier.online", range: period("2026-08").range, found: "61/150", expected: "60/150 (2)"))
    }

    @Test func aDifferentDenominatorAloneIsOneToo() {
        #expect(TotalsCheck.finding(reading("H52", 60, 151), parts, unit: .percent)?.found == "60/151")
    }

    @Test func theSumItselfIsNone() {
        #expect(TotalsCheck.finding(reading("H52", 60, 150), parts, unit: .percent) == nil)
    }

    @Test func nothingIsSaidWhereOneSideIsNotWhole() {
        let wrong = reading("H52", 1, 2)
        let holed = [parts[0], reading("H52.02", 20, 50, days: 30)]
        let missing = [parts[0], reading("H52.02", nil, nil, state: .notReported, days: 0)]
        let older = [parts[0], reading("H52.02", 20, 50, version: 2)]

        #expect(TotalsCheck.finding(reading("H52", nil, nil, state: .notReported, days: 0), parts, unit: .percent) == nil)
        #expect(TotalsCheck.finding(reading("H52", 1, 2, provisional: true), parts, unit: .percent) == nil)
        #expect(TotalsCheck.finding(wrong, holed, unit: .percent) == nil)
        #expect(TotalsCheck.finding(wrong, missing, unit: .percent) == nil)
        #expect(TotalsCheck.finding(wrong, older, unit: .percent) == nil)
        #expect(TotalsCheck.finding(wrong, [], unit: .percent) == nil)
    }
}
