import Model
import TestSupport
import Testing

@testable import Prometheus

@Suite struct ReadingFiguresTests {
    private func indicator(_ unit: Indicator.Unit) throws -> Indicator {
        let expression = try #require(Expression("a"))
        let text = LocalizedText(vietnamese: "x", english: "x")
        return Indicator(
            id: "late", title: text, clause: "", direction: .lowerIsBetter, unit: unit, scheme: .admin15, period: .month,
            definitions: [Indicator.Definition(version: 1, numerator: expression, denominator: expression, wording: text, legalBasis: "")])
    }

    private func reading(_ state: Reading.State, _ numerator: Int64?, _ denominator: Int64?) -> Reading {
        Reading(
            indicator: "late", definitionVersion: 1, agency: code("H52.01"), period: period("2026-08", .admin15), state: state,
            numerator: numerator, denominator: denominator, coverage: Coverage(days: 15, of: 30))
    }

    @Test func aPercentageLeavesAsAPartOfOne() throws {
        let figures = ReadingFigures(reading(.figure, 30, 40), indicator: try indicator(.percent), level: .department, scale: 0)

        #expect(figures.numbers.map(\.name) == ["numerator", "denominator", "ratio", "coverage_ratio"])
        #expect(figures.numbers.map(\.value) == [30, 40, 0.75, 0.5])
    }

    @Test func decimalsOfTheCountsDoNotLeave() throws {
        let figures = ReadingFigures(reading(.figure, 150, 40), indicator: try indicator(.quotient), level: .commune, scale: 2)

        #expect(figures.numbers.map(\.value) == [1.5, 0.4, 3.75, 0.5])
    }

    @Test func nothingToCountHasNoRatioAndDaysHaveNoDenominator() throws {
        let nothing = ReadingFigures(reading(.nothingToCount, 0, 0), indicator: try indicator(.percent), level: .commune, scale: 0)
        let silence = ReadingFigures(reading(.figure, 12, nil), indicator: try indicator(.daysSince), level: .commune, scale: 1)

        #expect(nothing.numbers.map(\.name) == ["numerator", "denominator", "coverage_ratio"])
        #expect(silence.numbers.map(\.value) == [12, 0.5])
    }

    @Test func scrapedSeriesNameThePeriodAndSentOnesOnlyItsKind() throws {
        let figures = ReadingFigures(reading(.figure, 1, 2), indicator: try indicator(.percent), level: .department, scale: 0)
        var batch = SampleBatch()
        for (sample, labels) in figures.samples(revision: 73, labels: [Label("province", "H52")]) {
            batch.add(sample, to: labels)
        }

        #expect(
            figures.scrapeLabels.map { "\($0.name)=\($0.value)" } == [
                "agency=H52.01", "indicator=late", "level=department", "period=2026-08", "scheme=admin15",
            ])
        #expect(
            batch.series.first?.labels.map { "\($0.name)=\($0.value)" } == [
                "__name__=dondoc_period_numerator", "agency=H52.01", "indicator=late", "interval=month", "level=department", "province=H52",
                "scheme=admin15",
            ])
        #expect(batch.count == 4)
        #expect(
            Set(batch.series.flatMap(\.samples).map(\.at)) == [instant("2026-08-14T23:59:00.074")], "after 73 others")
    }
}
