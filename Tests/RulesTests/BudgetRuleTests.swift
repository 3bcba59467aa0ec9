import Model
import Rules
import Testing

/// The year's target, judged after August 2026: eight months of 243 days, of a year of 365.
@Suite struct BudgetRuleTests {
    private typealias F = Fixture

    /// The counts of January, February … over 100 each; nil is a month that was not reported.
    private func scene(_ months: [Int64?], whole: Int64 = 100, versions: [Int] = [], agencies: [Agency] = [F.agency]) -> Scene {
        F.scene(agencies: agencies, targets: [F.target("95", nil)]) { agency, period in
            guard period.year == 2026, period.index <= months.count, let value = months[period.index - 1] else {
                return F.reading(nil, nil, .notReported, days: 0, agency: agency, period: period)
            }
            let version = versions.isEmpty ? 1 : versions[period.index - 1]
            return F.reading(value, whole, days: period.range.span, agency: agency, period: period, version: version)
        }
    }

    private func rule(
        _ direction: Indicator.Direction = .higherIsBetter, unit: Indicator.Unit = .percent, target: String? = "90", after: Int = 1,
        coverage: Int = 100
    ) -> BudgetRule {
        let scope = RuleScope(indicators: [F.indicator("online", direction, unit: unit)])
        return BudgetRule(id: "r", keys: FigureKeys(scope: scope, minimumCoverage: coverage), target: target.map(F.number), after: after)
    }

    private func said(_ rule: BudgetRule, _ scene: Scene, over period: Period = F.august) -> String {
        rule.evaluate(period, scene).verdicts.map(\.condition.short).joined(separator: ", ")
    }

    static let percentages: [(direction: Indicator.Direction, target: String, each: Int64, said: String)] = [
        (.higherIsBetter, "90", 95, "clear"), (.higherIsBetter, "90", 90, "clear"), (.higherIsBetter, "90", 89, "breach warning"),
        (.higherIsBetter, "90", 80, "breach critical"), (.lowerIsBetter, "2", 2, "clear"), (.lowerIsBetter, "2", 3, "breach warning"),
        (.lowerIsBetter, "2", 4, "breach critical"), (.lowerIsBetter, "1.9", 3, "breach critical"),
    ]

    @Test(arguments: percentages.indices) func aPercentageIsMissedAtThisPaceOrForGood(row: Int) {
        let (direction, target, each, expected) = BudgetRuleTests.percentages[row]

        #expect(said(rule(direction, target: target), scene(Array(repeating: each, count: 8))) == expected)
    }

    static let counts: [(direction: Indicator.Direction, months: [Int64?], said: String)] = [
        (.higherIsBetter, [1, 1, 1, 1, 1, 1, 1, 1], "clear"), (.higherIsBetter, [1, 1, 1, 1, 1, 1, 1, 0], "breach warning"),
        (.higherIsBetter, [0, 0, 0, 0, 0, 0, 0, 0], "breach warning"), (.lowerIsBetter, [1, 1, 1, 1, 1, 1, 1, 0], "clear"),
        (.lowerIsBetter, [1, 1, 1, 1, 1, 1, 1, 1], "breach warning"), (.lowerIsBetter, [12, 0, 0, 0, 0, 0, 0, 0], "breach warning"),
        (.lowerIsBetter, [13, 0, 0, 0, 0, 0, 0, 0], "breach critical"),
    ]

    @Test(arguments: counts.indices) func aCountGrowsWithTheDays(row: Int) {
        let (direction, months, expected) = BudgetRuleTests.counts[row]

        #expect(said(rule(direction, unit: .count, target: "12"), scene(months)) == expected)
    }

    @Test func withoutATargetOfItsOwnTheBoundInForceIsTheYears() {
        #expect(said(rule(target: nil), scene(Array(repeating: 94, count: 8))) == "breach warning")
        #expect(said(rule(target: nil), scene(Array(repeating: 95, count: 8))) == "clear")
    }

    @Test func aMonthThatWasNotReportedLeavesOnlyASuspicion() {
        let months: [Int64?] = [80, 80, nil, 80, 80, 80, 80, 80]

        #expect(said(rule(), scene(months)) == "suspected warning")
        #expect(said(rule(coverage: 80), scene(months)) == "breach critical")
        #expect(said(rule(), scene(Array(repeating: nil, count: 8))) == "undecided")
    }

    @Test func countsOfDifferentDefinitionsAreNotAdded() {
        #expect(said(rule(), scene(Array(repeating: 10, count: 8), versions: [1, 1, 1, 2, 2, 2, 2, 2])) == "undecided")
    }

    @Test func beforeEnoughOfTheYearIsOverAnAlertOfLastYearEnds() throws {
        let verdicts = rule(after: 3).evaluate(F.month("2026-02"), scene([10, 10])).verdicts

        #expect(verdicts.map(\.condition) == [.clear(.noLongerJudged("year"))])
        #expect(said(rule(after: 3), scene([80, 80, 80]), over: F.month("2026-03")) == "breach warning")
    }

    @Test func anAgencyFormedInTheYearIsJudgedByItsOwnDays() throws {
        let young = Agency(code: F.agency.code, name: "Xã Mới", level: .commune, validFrom: F.day("2026-07-01"))
        let scene = scene([nil, nil, nil, nil, nil, nil, 1, 1], agencies: [young])
        let verdict = try #require(rule(unit: .count, target: "6").evaluate(F.august, scene).verdicts.first)

        guard case .breach(.warning, .budget(let facts)) = verdict.condition else { Issue.record("\(verdict)"); return }
        #expect(facts.projection.from == F.day("2026-07-01"))
        #expect(facts.projection.countedDays == 62)
        #expect(facts.projection.projected == F.number("5.94"))
    }

    @Test func aTargetThatCanJustBeReachedIsNotOutOfReach() throws {
        func projection(_ good: Int64, _ target: String) -> YearProjection? {
            let from = F.day("2026-01-01")
            return YearProjection(
                from: from, last: from + 9, through: from + 4, countedDays: 5, numerator: good, denominator: 100, direction: .higherIsBetter,
                target: F.number(target))
        }

        #expect(projection(80, "90")?.isOffTarget == true)
        #expect(projection(80, "90")?.isOutOfReach == false)
        #expect(projection(80, "90")?.attainable == F.number("90"))
        #expect(projection(79, "90")?.isOutOfReach == true)
        #expect(projection(80, "90.000000001")?.isOutOfReach == true)
        #expect(projection(101, "90") == nil, "a part above its whole")
        #expect(projection(80, "101") == nil)
    }

    @Test func theLargestCountsAreStillExact() throws {
        let from = F.day("2024-01-01")
        let projection = try #require(
            YearProjection(
                from: from, last: from + 365, through: from + 364, countedDays: 365, numerator: .max - 1, denominator: .max,
                direction: .higherIsBetter, target: F.number("99.999999999")))

        #expect(!projection.isOffTarget)
        #expect(!projection.isOutOfReach)
        #expect(projection.projected == F.number("100"))
    }
}
