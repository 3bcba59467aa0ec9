import Ingest
import Model
import TestSupport
import Testing

/// What checking has to see of the store.
@Suite struct NeighbourhoodTests {
    private func around(_ rows: [Row]) -> (measures: [MeasureID], range: DayRange)? {
        Ingest.neighbourhood(of: rows, measures: Province.measures, indicators: Province.indicators)
    }

    @Test func aCountBringsItsIndicatorsOtherMeasuresAndTheMonthsOfBothSchemes() throws {
        let found = try #require(around([Province.row(Province.online, 1, in: DayRange(day("2026-07-20")))]))

        #expect(found.measures.map(\.text) == [Province.percent, Province.received, Province.online])
        #expect(found.range == days("2026-06-15", "2026-08-14"))
    }

    @Test func aRunningTotalBringsTwoMonthsBefore() throws {
        let found = try #require(around([Province.row("portal.visits", 1, in: DayRange(day("2026-07-20")))]))

        #expect(found.measures.map(\.text) == ["portal.visits"])
        #expect(found.range.start <= day("2026-07-20") - 62)
        #expect(found.range.contains(day("2026-07-20")))
    }

    @Test func rowsWithoutAPlaceNeedNothing() {
        #expect(around([]) == nil)
        #expect(around([Province.row("no.such.measure", 1)]) == nil)
        #expect(around([Province.row(Province.received, 1, in: DayRange(day("1999-12-31")))]) == nil)
    }

    @Test func oneAbsurdDayDoesNotWidenTheOthers() throws {
        let rows = [Province.row(Province.received, 1), Province.row(Province.received, 1, in: DayRange(day("9999-12-31")))]

        let found = try #require(around(rows))

        #expect(found.range == days("2026-06-15", "2026-08-14"))
    }
}
