import Model
import Testing

@testable import Indicators

private typealias F = Fixture

@Suite struct TrendTests {
    /// Levels 3/4 until 14 June 2022, fully online from the 15th.
    private static let indicator = Indicator(
        id: "sample", title: LocalizedText(vietnamese: "", english: ""), clause: "", direction: .higherIsBetter, unit: .count, scheme: .calendar,
        period: .month,
        definitions: [definition(1, nil, "2022-06-15"), definition(2, "2022-06-15", nil)])

    private static func definition(_ version: Int, _ from: String?, _ to: String?) -> Indicator.Definition {
        Indicator.Definition(
            version: version, effectiveFrom: from.map(F.day), effectiveTo: to.map(F.day), numerator: Expression([.init(measure: F.id("n"))]),
            wording: LocalizedText(vietnamese: "", english: ""), legalBasis: "")
    }

    private static func readings(_ months: [String], of indicator: Indicator = indicator) -> [Reading] {
        months.map { month in
            F.reading(indicator, ["n": []], period: F.month(month))
        }
    }

    private static let spring = ["2022-04", "2022-05", "2022-06", "2022-07", "2022-08"]

    private func periods(_ trend: Trend) -> [String] {
        trend.rows.map { row in
            switch row {
            case .reading(let reading): reading.period.description
            case .gap(let gap): "break \(gap.from ?? 0)-\(gap.to ?? 0)"
            }
        }
    }

    @Test func aSeriesLeadsUpToTodayFromTheLastBreakOn() {
        let trend = Trend(TrendTests.readings(TrendTests.spring), of: TrendTests.indicator, part: .last, joinsBreaks: false)

        #expect(periods(trend) == ["2022-07", "2022-08"])
        #expect(trend.cutAfter == nil)
        #expect(trend.cutBefore?.day == F.day("2022-06-15"))
        #expect(trend.cutBefore?.refused == [F.month("2022-06")])
        #expect(trend.cutBefore?.previous == F.month("2022-05"))
    }

    @Test func aSeriesThatIsAskedForFromADayStopsAtTheFirstBreak() {
        let trend = Trend(TrendTests.readings(TrendTests.spring), of: TrendTests.indicator, part: .first, joinsBreaks: false)

        #expect(periods(trend) == ["2022-04", "2022-05"])
        #expect(trend.cutBefore == nil)
        #expect(trend.cutAfter?.from == 1 && trend.cutAfter?.to == 2)
        #expect(trend.cutAfter?.next == F.month("2022-07"))
    }

    @Test func joinedPartsAreSeparatedByAMarkedRow() {
        let trend = Trend(TrendTests.readings(TrendTests.spring), of: TrendTests.indicator, part: .last, joinsBreaks: true)

        #expect(periods(trend) == ["2022-04", "2022-05", "break 1-2", "2022-07", "2022-08"])
        #expect(trend.cutBefore == nil && trend.cutAfter == nil)
    }

    @Test func aBreakBetweenTwoPeriodsIsABreakAllTheSame() {
        let indicator = Indicator(
            id: "sample", title: LocalizedText(vietnamese: "", english: ""), clause: "", direction: .higherIsBetter, unit: .count, scheme: .calendar,
            period: .month, definitions: [TrendTests.definition(1, nil, "2022-06-01"), TrendTests.definition(2, "2022-06-01", nil)])

        let trend = Trend(TrendTests.readings(["2022-05", "2022-06"], of: indicator), of: indicator, part: .last, joinsBreaks: true)

        #expect(periods(trend) == ["2022-05", "break 1-2", "2022-06"])
        #expect(trend.rows.contains { if case .gap(let gap) = $0 { gap.refused.isEmpty && gap.day == F.day("2022-06-01") } else { false } })
    }

    @Test func aSeriesOfNothingButAPeriodAcrossTheBreakIsTheBreak() {
        let trend = Trend(TrendTests.readings(["2022-06"]), of: TrendTests.indicator, part: .last, joinsBreaks: false)

        #expect(periods(trend) == ["break 1-2"])
    }

    @Test func aDefinitionThatBeginsOrEndsIsABreakOnOneSide() {
        let indicator = F.indicator("n", unit: .count, from: F.day("2022-05-15"), to: F.day("2022-07-15"))

        let trend = Trend(
            TrendTests.readings(["2022-04", "2022-05", "2022-06", "2022-07"], of: indicator), of: indicator, part: .last, joinsBreaks: true)

        #expect(periods(trend) == ["break 0-1", "2022-06", "break 1-0"])
    }

    @Test func monthsThatNoDefinitionTouchesAreToldFromThoseAcrossItsEnd() {
        let indicator = F.indicator("n", unit: .count, to: F.day("2022-05-15"))

        let trend = Trend(TrendTests.readings(TrendTests.spring, of: indicator), of: indicator, part: .last, joinsBreaks: false)

        #expect(periods(trend) == ["2022-04"])
        #expect(trend.cutAfter?.day == F.day("2022-05-15"))
        #expect(trend.cutAfter?.refused == [F.month("2022-05")])
        #expect(trend.cutAfter?.uncovered == [F.month("2022-06"), F.month("2022-07"), F.month("2022-08")])
    }

    @Test func withoutABreakTheSeriesIsWhole() {
        let months = ["2022-07", "2022-08", "2022-09"]

        let trend = Trend(TrendTests.readings(months), of: TrendTests.indicator, part: .last, joinsBreaks: false)

        #expect(periods(trend) == months)
        #expect(trend.cutBefore == nil && trend.cutAfter == nil)
    }
}

@Suite struct ClosingTests {
    private static func isClosed(_ first: String, _ last: String, on day: String, grace: Int = 2, scheme: PeriodScheme = .calendar) -> Bool {
        let measure = Measure(id: F.id("n"), title: LocalizedText(vietnamese: "", english: ""), scheme: scheme)
        let closing = Closing(measures: [measure.id: measure], calendar: F.calendar, grace: grace)
        let range = DayRange(start: F.day(first), span: F.day(last) - F.day(first) + 1)
        return closing.isClosed(CellKey(agency: F.agency, measure: measure.id, range: range), on: F.day(day))
    }

    @Test func aMonthIsClosedWhenTheWorkingDaysForLateReportsHavePassed() {
        // 1 September 2026 is a Tuesday, the 2nd a holiday: the second working day is Thursday the 3rd.
        #expect(!ClosingTests.isClosed("2026-08-05", "2026-08-05", on: "2026-08-31"))
        #expect(!ClosingTests.isClosed("2026-08-05", "2026-08-05", on: "2026-09-03"))
        #expect(ClosingTests.isClosed("2026-08-05", "2026-08-05", on: "2026-09-04"))
        #expect(ClosingTests.isClosed("2026-08-05", "2026-08-05", on: "2026-09-01", grace: 0))
    }

    @Test func aQuarterClosesWithItsLastMonth() {
        #expect(!ClosingTests.isClosed("2026-07-01", "2026-09-30", on: "2026-09-30"))
        #expect(ClosingTests.isClosed("2026-07-01", "2026-09-30", on: "2026-10-05"))
    }

    @Test func theMonthIsThatOfTheMeasuresScheme() {
        #expect(!ClosingTests.isClosed("2026-08-20", "2026-08-20", on: "2026-09-10", scheme: .admin15))
        #expect(ClosingTests.isClosed("2026-08-14", "2026-08-14", on: "2026-08-19", scheme: .admin15))
    }

    @Test func inAYearThatTheCalendarLacksThereIsNoGrace() {
        #expect(!ClosingTests.isClosed("2027-03-05", "2027-03-05", on: "2027-03-31"))
        #expect(ClosingTests.isClosed("2027-03-05", "2027-03-05", on: "2027-04-01"))
    }
}
