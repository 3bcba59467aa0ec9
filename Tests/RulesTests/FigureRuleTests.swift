import Model
import Rules
import Testing

/// Rules that hold figures against each other: each line is a series of figures and what is said of the last one.
@Suite struct FigureRuleTests {
    private typealias F = Fixture

    /// Numerators over 100, the newest last, in consecutive months that end with August 2026; nil is a month without figures.
    private func scene(_ series: [Int64?], whole: Int64 = 100, versions: [Int] = [], now: Instant = F.now) -> Scene {
        let months = series.indices.map { F.august.advanced(by: $0 - series.count + 1) }
        return F.scene(now: now) { agency, period in
            guard let index = months.firstIndex(of: period), let value = series[index] else {
                return F.reading(nil, nil, .notReported, agency: agency, period: period)
            }
            return F.reading(value, whole, agency: agency, period: period, version: versions.isEmpty ? 1 : versions[index])
        }
    }

    private func said(_ rule: any Rule, _ scene: Scene) -> String {
        rule.evaluate(F.august, scene).verdicts.map(\.condition.short).joined(separator: ", ")
    }

    private func keys(
        _ direction: Indicator.Direction = .higherIsBetter, unit: Indicator.Unit = .percent, severity: Severity = .warning, minimum: Int64 = 1,
        patience: Patience = Patience()
    ) -> FigureKeys {
        FigureKeys(
            scope: RuleScope(indicators: [F.indicator("online", direction, unit: unit)]), severity: severity, minimumDenominator: minimum,
            patience: patience)
    }

    static let changes: [(isDrop: Bool, by: String, isRelative: Bool, before: Int64?, now: Int64?, said: String)] = [
        (true, "20", false, 80, 59, "breach warning"), (true, "20", false, 80, 60, "clear"), (true, "20", false, 60, 80, "clear"),
        (true, "0", false, 80, 79, "breach warning"), (true, "0", false, 80, 80, "clear"), (true, "25", true, 80, 59, "breach warning"),
        (true, "25", true, 80, 60, "clear"), (true, "20", false, nil, 10, "undecided"), (true, "20", false, 80, nil, "undecided"),
        (true, "20", true, 0, 10, "undecided"), (false, "20", false, 40, 61, "breach warning"), (false, "20", false, 40, 60, "clear"),
        (false, "50", true, 40, 61, "breach warning"), (false, "50", true, 40, 60, "clear"), (false, "20", false, 80, 10, "clear"),
    ]

    @Test(arguments: changes.indices) func aFigureThatMovedTooFarIsNamed(row: Int) {
        let (isDrop, by, isRelative, before, now, expected) = FigureRuleTests.changes[row]
        let rule = ChangeRule(id: "r", keys: keys(), isDrop: isDrop, by: F.number(by), isRelative: isRelative)

        #expect(said(rule, scene([before, now])) == expected)
    }

    @Test func theSameMonthOfLastYearIsTwelveMonthsBack() {
        let rule = ChangeRule(id: "r", keys: keys(severity: .critical), isDrop: true, against: .lastYear, by: F.number("20"))
        let series: [Int64?] = [90] + Array(repeating: 10, count: 11) + [60]

        #expect(rule.lookBack == 12)
        #expect(said(rule, scene(series)) == "breach critical")
        #expect(said(rule, scene(Array(repeating: 10, count: 11) + [60])) == "undecided")
    }

    @Test func figuresOfDifferentDefinitionsAreNotCompared() {
        #expect(said(ChangeRule(id: "r", keys: keys(), isDrop: true, by: F.number("1")), scene([90, 10], versions: [1, 2])) == "undecided")
        #expect(said(TrendRule(id: "r", keys: keys(), consecutive: 2), scene([90, 80, 70], versions: [1, 2, 2])) == "clear")
    }

    @Test func aCountMovesInItsOwnUnitAndASmallDenominatorSaysNothing() {
        #expect(said(ChangeRule(id: "r", keys: keys(unit: .count), isDrop: true, by: F.number("20")), scene([80, 59])) == "breach warning")
        #expect(said(ChangeRule(id: "r", keys: keys(minimum: 101), isDrop: true, by: F.number("20")), scene([80, 10])) == "undecided")
    }

    @Test func aFigureThatMayStillChangeIsOnlySuspected() {
        let partial = F.scene { agency, period in
            F.reading(period == F.august ? 10 : 90, 100, days: period == F.august ? 20 : 31, agency: agency, period: period)
        }

        #expect(said(ChangeRule(id: "r", keys: keys(), isDrop: true, by: F.number("20")), partial) == "suspected warning")
    }

    static let trends: [(direction: Indicator.Direction, series: [Int64?], said: String)] = [
        (.higherIsBetter, [90, 80, 70, 60], "breach warning"), (.higherIsBetter, [80, 80, 70, 60], "clear"),
        (.higherIsBetter, [90, 80, 70, 70], "clear"),
        (.higherIsBetter, [70, nil, 60, 50], "clear"), (.higherIsBetter, [90, 80, 70, nil], "undecided"),
        (.higherIsBetter, [10, 20, 30, 40], "clear"),
        (.lowerIsBetter, [10, 20, 30, 40], "breach warning"), (.higherIsBetter, [95, 90, 80, 70, 60], "breach warning"),
    ]

    @Test(arguments: trends.indices) func worseThreeTimesInARowIsNamed(row: Int) {
        let (direction, series, expected) = FigureRuleTests.trends[row]

        #expect(said(TrendRule(id: "r", keys: keys(direction), consecutive: 3), scene(series)) == expected)
    }

    @Test func anAgencyIsToldWhenAsManyPeriodsAreLikeIt() {
        func said(_ series: [Int64?], for periods: Int) -> String {
            let rule = ChangeRule(id: "r", keys: keys(patience: Patience(periods: periods)), isDrop: true, by: F.number("5"))
            return self.said(rule, scene(series))
        }

        #expect(ChangeRule(id: "r", keys: keys(patience: Patience(periods: 3)), isDrop: true, by: F.number("5")).lookBack == 3)
        #expect(said([90, 80, 70], for: 2) == "breach warning")
        #expect(said([80, 80, 70], for: 2) == "suspected warning")
        #expect(said([90, 80, 70], for: 3) == "suspected warning", "of the period before those there is no figure")
        #expect(said([90, 80, 80], for: 2) == "clear", "what is well needs no patience")
    }

    @Test func anAgencyHasItsWorkingDaysToCorrectAnyFigure() {
        func said(on day: String) -> String {
            let rule = ChangeRule(id: "r", keys: keys(patience: Patience(workingDays: 2)), isDrop: true, by: F.number("5"))
            return self.said(rule, scene([90, 70], now: Instant(F.day(day), hour: 8, minute: 0)))
        }

        #expect(said(on: "2026-09-03") == "suspected warning", "Wednesday the 2nd is a holiday: the 1st and the 3rd are the two days")
        #expect(said(on: "2026-09-04") == "breach warning")
    }

    @Test func thoseWhoAreLastMonthAfterMonthAreNamed() {
        let agencies = (1...5).map { Agency(code: F.code("H52.0\($0)"), name: "Sở \($0)", level: .department, validFrom: F.day("2020-01-01")) }
        // By month, the last of five: first H52.01 and H52.02, then H52.02 and H52.03.
        let figures: [Period: [Int64]] = [F.august.previous: [10, 20, 80, 80, 80], F.august: [80, 20, 10, 80, 80]]
        let scene = F.scene(agencies: agencies) { agency, period in
            guard let value = figures[period]?[agencies.firstIndex { $0.code == agency } ?? 0] else {
                return F.reading(nil, nil, .notReported, agency: agency, period: period)
            }
            return F.reading(value, 100, agency: agency, period: period)
        }
        func said(_ patience: Patience) -> [String] {
            RankRule(id: "r", keys: keys(patience: patience), bound: .last(2)).evaluate(F.august, scene).verdicts.map(\.condition.short)
        }

        #expect(said(Patience()) == ["clear", "breach warning", "breach warning", "clear", "clear"])
        #expect(said(Patience(periods: 2)) == ["clear", "breach warning", "suspected warning", "clear", "clear"])
        #expect(said(Patience(periods: 3)) == ["clear", "suspected warning", "suspected warning", "clear", "clear"])
        #expect(said(Patience(workingDays: 60)) == ["clear", "suspected warning", "suspected warning", "clear", "clear"])
    }

    /// Agencies H52.01 … with these figures, and who of them is named.
    private func named(_ rule: RankRule, _ figures: [Int64?]) -> [String] {
        let agencies = figures.indices.map {
            Agency(code: F.code("H52.0\($0 + 1)"), name: "Sở \($0 + 1)", level: .department, validFrom: F.day("2020-01-01"))
        }
        let scene = F.scene(agencies: agencies) { agency, period in
            let index = agencies.firstIndex { $0.code == agency } ?? 0
            guard let value = figures[index] else { return F.reading(nil, nil, .notReported, agency: agency, period: period) }
            return F.reading(value, 100, agency: agency, period: period)
        }
        return rule.evaluate(F.august, scene).verdicts.filter { $0.condition.short.hasPrefix("breach") }.compactMap { $0.key.agency?.text }
    }

    @Test func theLastOfALevelAreNamedAndTiesShareAPlace() {
        let last = RankRule(id: "r", keys: keys(), bound: .last(2))

        #expect(named(last, [90, 50, 70, 60, 80]) == ["H52.02", "H52.04"])
        #expect(named(last, [90, 50, 50, 50, 80]) == ["H52.02", "H52.03", "H52.04"])
        #expect(named(last, [90, 50, 60, 60, 80]) == ["H52.02", "H52.03", "H52.04"])
        #expect(named(last, [70, 70, 70, 70, 70]) == [], "nobody is worse than another")
        #expect(named(last, [90, 50, nil, 60, nil]) == [], "three of five are too few to be ranked")
        #expect(named(RankRule(id: "r", keys: keys(.lowerIsBetter), bound: .last(1)), [90, 50, 70, 60, 80]) == ["H52.01"])
    }

    @Test func whoLiesTooFarFromTheMiddleIsNamed() {
        let far = RankRule(id: "r", keys: keys(), bound: .belowMedian(F.number("20")))

        #expect(named(far, [90, 49, 70, 50, 80]) == ["H52.02"])
        #expect(named(far, [90, 50, 70, 60, 80]) == [])
        #expect(named(RankRule(id: "r", keys: keys(.lowerIsBetter), bound: .belowMedian(F.number("20"))), [10, 20, 30, 41, 51]) == ["H52.05"])
    }

    @Test func onlyAgenciesInScopeAreNamedButAllAreRanked() {
        let scope = RuleScope(indicators: [F.indicator()], agencies: [F.code("H52.04")])
        let rule = RankRule(id: "r", keys: FigureKeys(scope: scope), bound: .last(1))

        #expect(named(rule, [90, 50, 70, 60, 80]) == [])
    }

    @Test func groupsNarrowWhomARankingNamesAsTheyDoElsewhere() {
        func named(_ agencies: Set<AgencyCode>?, _ groups: Set<AgencyCode>) -> [String] {
            let scope = RuleScope(indicators: [F.indicator()], agencies: agencies, groups: groups)
            return self.named(RankRule(id: "r", keys: FigureKeys(scope: scope), bound: .last(2)), [10, 20, 70, 60, 80])
        }

        #expect(named(nil, [F.code("H52.02")]) == ["H52.02"])
        #expect(named([F.code("H52.01")], [F.code("H52.02")]) == ["H52.01", "H52.02"])
    }

    @Test func aPercentageThatDoesNotFitTheCountsIsNamed() {
        func said(_ printed: String?) -> String {
            let reading = Reading(
                indicator: "online", definitionVersion: 1, agency: F.agency.code, period: F.august, state: .figure, numerator: 2, denominator: 3,
                coverage: Coverage(days: 31, of: 31), reportedPercent: printed.map(F.number))
            return self.said(ContradictionRule(id: "r", keys: keys()), F.scene { _, _ in reading })
        }

        #expect(said("66.67") == "clear")
        #expect(said("66.66") == "clear", "cut off is what some sources print")
        #expect(said("70") == "breach warning")
        #expect(said(nil) == "undecided")
    }

    @Test func aDocumentIsOwedFromTheDayAfterItWasDueUntilItCame() {
        func said(_ today: String, _ received: [AgencyCode: ObligationRule.Receipt] = [:]) -> String {
            let rule = ObligationRule(
                id: "r", scope: RuleScope(indicators: []), title: LocalizedText(vietnamese: "Báo cáo", english: "Report"), due: F.day("2026-11-20"),
                received: received)
            return rule.evaluate(nil, F.scene(now: Instant(F.day(today), hour: 8, minute: 0))).verdicts.map(\.condition.short).joined(separator: ", ")
        }

        #expect(said("2026-11-20") == "clear")
        #expect(said("2026-11-21") == "breach warning")
        let late = [F.agency.code: ObligationRule.Receipt(day: F.day("2026-11-30"), evidence: "CV 12")]
        #expect(said("2026-11-29", late) == "breach warning", "it comes tomorrow")
        #expect(said("2026-11-30", late) == "clear")
        #expect(said("2026-11-20", late) == "clear")
    }

    @Test func betweenTheBoundAndItsClearingAnAlertStaysWhatItIs() {
        let rule = ThresholdRule(id: "r", scope: RuleScope(indicators: [F.indicator()]))
        func said(_ part: Int64) -> String {
            let scene = F.scene(targets: [F.target("90", "80", clear: "93")]) { agency, period in F.reading(part, 100, agency: agency, period: period)
            }
            return self.said(rule, scene)
        }

        #expect(said(79) == "breach critical")
        #expect(said(89) == "breach warning")
        #expect(said(90) == "undecided")
        #expect(said(92) == "undecided")
        #expect(said(93) == "clear")
    }
}
