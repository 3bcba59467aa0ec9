import Indicators
import Model
import Testing

@Suite struct GroupTests {
    private func reading(_ code: String, _ part: Int64?, _ whole: Int64?, _ state: Reading.State = .figure, version: Int = 1) -> Reading {
        Reading(
            indicator: "sample", definitionVersion: version, agency: Fixture.code(code), period: Fixture.august, state: state, numerator: part,
            denominator: whole, coverage: Coverage(days: 31, of: 31))
    }

    @Test func groupIsTheRatioOfSumsAndNamesTheMissing() throws {
        let readings = [
            reading("H52.01", 175_354, 175_920), reading("H52.02", 26_473, 26_972), reading("H52.03", 0, 0, .nothingToCount),
            reading("H52.04", nil, nil, .notReported),
        ]

        let rollup = try #require(Rollup(readings, unit: .percent))

        #expect(rollup.numerator == 201_827)
        #expect(rollup.denominator == 202_892)
        #expect(rollup.counted == 3)
        #expect(rollup.missing == [Fixture.code("H52.04")])
        #expect(rollup.reading(as: Fixture.code("H52")).figure(in: .percent)?.description == "99.48")
    }

    @Test(arguments: [Reading.State.notReported, .unknown])
    func groupWithoutAnyCountSharesTheStateOfItsMembers(state: Reading.State) {
        #expect(Rollup([reading("H52.01", nil, nil, state), reading("H52.02", nil, nil, state)], unit: .percent)?.state == state)
    }

    @Test func sumsAreNotTakenAcrossDefinitionsUnitsOrOverflow() {
        let two = [reading("H52.01", 1, 2), reading("H52.02", 1, 2, version: 2)]

        #expect(Rollup(two, unit: .percent)?.state == .definitionBreak)
        #expect(Rollup([reading("H52.01", 1, .max), reading("H52.02", 1, 1)], unit: .percent)?.state == .inconsistent)
        #expect(Rollup([reading("H52.01", 3, nil)], unit: .daysSince) == nil)
        #expect(Rollup([], unit: .percent) == nil)
        #expect(Rollup([reading("H52.01", 3, nil), reading("H52.02", 4, nil)], unit: .count)?.numerator == 7)
    }

    @Test func equalFiguresShareARankAndTheLoudestAbsenceComesFirst() {
        let readings = [
            reading("H52.05", nil, nil, .nothingToCount), reading("H52.06", nil, nil, .notReported), reading("H52.04", 1, 4),
            reading("H52.03", 2, 4), reading("H52.02", 1, 2), reading("H52.01", 9, 10),
        ]

        let higher = Ranking(readings, unit: .percent, direction: .higherIsBetter).entries
        let lower = Ranking(readings, unit: .percent, direction: .lowerIsBetter).entries

        #expect(higher.map(\.rank) == [1, 2, 2, 4, nil, nil])
        #expect(higher.map(\.reading.agency.text) == ["H52.01", "H52.02", "H52.03", "H52.04", "H52.06", "H52.05"])
        #expect(lower.map(\.rank) == [1, 2, 2, 4, nil, nil])
        #expect(lower.first?.reading.agency.text == "H52.04")
    }

    @Test func figuresThatPrintAlikeAreStillToldApart() {
        let readings = [reading("H52.01", 9_999_998, 10_000_000), reading("H52.02", 9_999_999, 10_000_000)]

        let ranking = Ranking(readings, unit: .percent, direction: .higherIsBetter)

        #expect(ranking.entries.map(\.rank) == [1, 2])
        #expect(ranking.entries.first?.reading.agency.text == "H52.02")
    }
}
