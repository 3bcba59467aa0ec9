import Indicators
import Model
import Testing

@Suite struct CalculatorTests {
    private typealias F = Fixture
    private let percent = Fixture.indicator("part", over: "whole")

    private func month(_ part: Int64?, _ whole: Int64?) -> [String: [Cell]] {
        ["part": [F.cell("2026-08-01", "2026-08-31", part)], "whole": [F.cell("2026-08-01", "2026-08-31", whole)]]
    }

    static let states: [(Int64?, Int64?, Reading.State)] = [
        (97, 98, .figure), (0, 0, .nothingToCount), (0, 5, .figure), (3, 2, .inconsistent), (1, 0, .inconsistent), (-1, 2, .inconsistent),
        (1, -2, .inconsistent), (nil, 2, .unknown), (1, nil, .unknown), (nil, nil, .unknown),
    ]

    @Test(arguments: states)
    func stateFollowsFromTheCounts(part: Int64?, whole: Int64?, expected: Reading.State) {
        let reading = F.reading(percent, month(part, whole))

        #expect(reading.state == expected)
    }

    @Test func nothingDeliveredIsNotReportedAndNeverZero() {
        let reading = F.reading(percent, ["part": [F.cell("2026-07-01", "2026-07-31", 5)], "whole": []])

        #expect(reading.state == .notReported)
        #expect(reading.numerator == nil)
        #expect(reading.coverage == Coverage(days: 0, of: 31))
    }

    @Test func deliveredWithoutItsWholeIsUnknown() {
        let reading = F.reading(percent, ["part": [F.cell("2026-08-01", "2026-08-31", 5)], "whole": []])

        #expect(reading.state == .unknown)
        #expect(reading.numerator == 5)
    }

    @Test func partAboveWholeOverDifferentDaysMeansDaysAreMissing() {
        let reading = F.reading(
            percent, ["part": [F.cell("2026-08-01", "2026-08-31", 50)], "whole": [F.cell("2026-08-01", "2026-08-01", 2)]])

        #expect(reading.state == .unknown)
    }

    @Test func missingOptionalTermCountsZeroButAnUnknownOneDoesNot() {
        let indicator = F.indicator("online", over: "online + direct?")
        let online = [F.cell("2026-08-01", "2026-08-31", 9)]

        let missing = F.reading(indicator, ["online": online, "direct": []])
        let unknown = F.reading(indicator, ["online": online, "direct": [F.cell("2026-08-01", "2026-08-31", nil)]])

        #expect(missing.ratio == Ratio(9, over: 9))
        #expect(unknown.state == .unknown)
    }

    @Test func coverageIsThatOfTheWorstTerm() {
        let reading = F.reading(
            percent, ["part": [F.cell("2026-08-01", "2026-08-10", 1)], "whole": [F.cell("2026-08-01", "2026-08-31", 4)]])

        #expect(reading.coverage == Coverage(days: 10, of: 31))
    }

    @Test func subtractedTermsAndDecimalsAreExact() {
        let indicator = F.indicator("a - b", over: "c")
        let cells = [
            "a": [F.cell("2026-08-01", "2026-08-31", 1050)], "b": [F.cell("2026-08-01", "2026-08-31", 2)],
            "c": [F.cell("2026-08-01", "2026-08-31", 17)],
        ]

        let reading = F.reading(indicator, cells, measures: [F.measure("a", scale: 2)])

        #expect(reading.ratio == Ratio(850, over: 1700))
    }

    @Test func overflowIsInconsistentAndNoTrap() {
        let indicator = F.indicator("a + b", unit: .count)
        let cells = ["a": [F.cell("2026-08-01", "2026-08-31", .max)], "b": [F.cell("2026-08-01", "2026-08-31", 1)]]

        #expect(F.reading(indicator, cells).state == .inconsistent)
    }

    @Test func definitionThatDoesNotCoverThePeriodIsABreak() {
        let indicator = F.indicator("part", over: "whole", from: F.day("2026-08-02"))

        let reading = F.reading(indicator, month(1, 2))

        #expect(reading.state == .definitionBreak)
        #expect(reading.definitionVersion == 0)
    }

    @Test func openPeriodIsProvisional() {
        #expect(F.reading(percent, month(1, 2), today: F.day("2026-08-31")).isProvisional)
        #expect(!F.reading(percent, month(1, 2), today: F.day("2026-09-01")).isProvisional)
    }

    @Test func sourcesOwnPercentageIsKeptForExactlyThePeriod() {
        let indicator = F.indicator("part", over: "whole", reported: "printed")
        var cells = month(104_814, 106_014)
        cells["printed"] = [F.cell("2026-08-01", "2026-08-30", 11), F.cell("2026-08-01", "2026-08-31", 987)]

        let reading = F.reading(indicator, cells, measures: [F.measure("printed", scale: 1)])

        #expect(reading.reportedPercent?.description == "98.7")
    }

    @Test func perWorkingDayMultipliesTheDenominator() {
        let indicator = F.indicator("sent", over: "staff", unit: .perWorkingDay)
        let september = F.month("2026-09")
        let cells = ["sent": [F.cell("2026-09-01", "2026-09-30", 630)], "staff": [F.cell("2026-09-30", "2026-09-30", 10)]]
        let staff = [F.measure("staff", .stock)]

        let known = F.reading(indicator, cells, measures: staff, period: september)
        let unknown = F.reading(
            indicator, ["sent": [F.cell("2027-01-01", "2027-01-31", 1)], "staff": [F.cell("2027-01-31", "2027-01-31", 1)]], measures: staff,
            period: F.month("2027-01"))

        #expect(known.ratio == Ratio(630, over: 210))
        #expect(known.figure(in: .perWorkingDay)?.description == "3.00")
        #expect(unknown.state == .unknown)
    }

    @Test func daysSinceCountsFromTheLastDayAboveZero() {
        let indicator = F.indicator("posts", unit: .daysSince)
        let posts = [F.cell("2026-05-20", "2026-05-20", 2), F.cell("2026-08-10", "2026-08-10", 0)]

        let reading = F.reading(indicator, ["posts": posts])
        let silent = F.reading(indicator, ["posts": [F.cell("2026-08-10", "2026-08-10", 0)]])

        #expect(reading.numerator == 103)
        #expect(silent.state == .unknown)
    }

    @Test func windowReachesBackOnlyWhereTheBaseIsNeeded() {
        let running = F.measure("running", .cumulative(since: .calendar))
        let calculator = Calculator(measures: [running.id: running], calendar: F.calendar)
        let indicator = F.indicator("running", unit: .count)

        #expect(calculator.window(for: indicator, over: F.august).description == "2026-07-31..2026-08-31")
        #expect(calculator.window(for: indicator, over: F.month("2026-01")).description == "2026-01-01..2026-01-31")
        #expect(calculator.window(for: F.indicator("x", unit: .daysSince), over: F.august).span == 400)
        #expect(calculator.window(for: percent, over: F.august) == F.august.range)
    }
}
