import Model
import Rules
import Testing

@Suite struct ThresholdRuleTests {
    private typealias F = Fixture

    private func rule(_ direction: Indicator.Direction = .higherIsBetter, consecutive: Int = 1, coverage: Int = 100) -> ThresholdRule {
        ThresholdRule(
            id: "online-share", scope: RuleScope(indicators: [F.indicator("online", direction)]), patience: Patience(periods: consecutive),
            minimumCoverage: coverage)
    }

    @Test(arguments: [
        (Int64(9000), Int64(10_000), Indicator.Direction.higherIsBetter, "clear"), (8999, 10_000, .higherIsBetter, "breach warning"),
        (8000, 10_000, .higherIsBetter, "breach warning"), (7999, 10_000, .higherIsBetter, "breach critical"),
        (89_999_999, 100_000_000, .higherIsBetter, "breach warning"), (9500, 10_000, .lowerIsBetter, "breach critical"),
    ])
    func figureIsHeldExactlyAgainstItsBounds(part: Int64, whole: Int64, direction: Indicator.Direction, expected: String) throws {
        let scene = F.scene { F.reading(part, whole, agency: $0, period: $1) }

        let verdicts = rule(direction).evaluate(F.august, scene).verdicts

        #expect(verdicts.map(\.key.description) == ["online-share/online/H52.01"])
        #expect(verdicts.first?.condition.short == expected)
    }

    /// 79,99 % of 90 and 80: an agency that were told of 80 alone would come to 85 and be urged again.
    @Test func theBoundThatMustBeKeptIsNamedBesideTheCriticalOne() throws {
        func judged(_ part: Int64) throws -> Reason.Judged {
            let scene = F.scene { F.reading(part, 10_000, agency: $0, period: $1) }
            guard case .breach(_, .beyondThreshold(let judged))? = rule().evaluate(F.august, scene).verdicts.first?.condition else {
                return try #require(nil as Reason.Judged?)
            }
            return judged
        }

        #expect(try judged(7999).bound == ExactDecimal(80) && judged(7999).goal == ExactDecimal(90))
        #expect(try judged(8000).bound == ExactDecimal(90) && judged(8000).goal == nil)
    }

    @Test(arguments: [Reading.State.notReported, .unknown, .nothingToCount, .inconsistent, .definitionBreak])
    func withoutAFigureNothingIsDecided(state: Reading.State) {
        let scene = F.scene { F.reading(1, 100, state, agency: $0, period: $1) }

        #expect(rule().evaluate(F.august, scene).verdicts.map(\.condition) == [.undecided])
    }

    @Test func smallDenominatorsAreNotJudgedAndWithoutATargetAlertsEnd() {
        let small = F.scene(targets: [F.target(minimum: 20)]) { F.reading(0, 19, agency: $0, period: $1) }
        let large = F.scene(targets: [F.target(minimum: 20)]) { F.reading(0, 20, agency: $0, period: $1) }
        let unset = F.scene(targets: []) { F.reading(0, 20, agency: $0, period: $1) }
        let later = F.scene(targets: [F.target(from: "2026-09-01")]) { F.reading(0, 20, agency: $0, period: $1) }
        let empty = F.scene(targets: [F.target(nil, nil)]) { F.reading(0, 20, agency: $0, period: $1) }

        #expect(rule().evaluate(F.august, small).verdicts.first?.condition == .undecided)
        #expect([unset, later, empty].allSatisfy { rule().evaluate(F.august, $0).verdicts.first?.condition == .clear(.noLongerJudged("target")) })
        #expect(rule().evaluate(F.august, large).verdicts.first?.condition.short == "breach critical")
    }

    @Test func breachOnIncompleteOrProvisionalFiguresIsOnlySuspected() {
        let incomplete = F.scene { F.reading(0, 20, days: 30, agency: $0, period: $1) }
        let provisional = F.scene { F.reading(0, 20, provisional: true, agency: $0, period: $1) }
        let good = F.scene { F.reading(20, 20, days: 30, agency: $0, period: $1) }

        #expect(rule().evaluate(F.august, incomplete).verdicts.first?.condition.short == "suspected critical")
        #expect(rule(coverage: 96).evaluate(F.august, incomplete).verdicts.first?.condition.short == "breach critical")
        #expect(rule().evaluate(F.august, provisional).verdicts.first?.condition.short == "suspected critical")
        #expect(rule().evaluate(F.august, good).verdicts.first?.condition == .undecided)
    }

    @Test func breachMustLastAsManyPeriodsAsTheRuleAsks() {
        let twice = F.scene { F.reading(0, 20, agency: $0, period: $1) }
        let once = F.scene { F.reading($1 == F.august ? 0 : 20, 20, agency: $0, period: $1) }

        #expect(rule(consecutive: 2).evaluate(F.august, twice).verdicts.first?.condition.short == "breach critical")
        #expect(rule(consecutive: 2).evaluate(F.august, once).verdicts.first?.condition.short == "suspected critical")
    }

    @Test func anAgencyHasItsWorkingDaysToCorrectAFigureBeforeItIsTold() {
        let rule = ThresholdRule(id: "r", scope: RuleScope(indicators: [F.indicator()]), patience: Patience(workingDays: 2))
        func said(on day: String, _ calendar: WorkCalendar = F.calendar) -> String? {
            let scene = F.scene(calendar: calendar, now: Instant(F.day(day), hour: 8, minute: 0)) { F.reading(0, 20, agency: $0, period: $1) }
            return rule.evaluate(F.august, scene).verdicts.first?.condition.short
        }

        #expect(said(on: "2026-09-03") == "suspected critical", "Wednesday the 2nd is a holiday: the 1st and the 3rd are the two days")
        #expect(said(on: "2026-09-04") == "breach critical")
        #expect(said(on: "2026-09-04", WorkCalendar(years: [:])) == "suspected critical", "the calendar does not know")
    }

    @Test func aGroupIsItsHeadAndEverythingBelowIt() {
        func agency(_ code: String, under parent: String? = nil) -> Agency {
            Agency(
                code: F.code(code), name: code, level: parent == nil ? .department : .commune, parent: parent.map(F.code),
                validFrom: F.day("2020-01-01"))
        }
        let agencies = [agency("H52.07"), agency("H52.07.01", under: "H52.07"), agency("H52.08"), agency("H52.08.01", under: "H52.08")]
        func judged(_ scope: RuleScope) -> [String] {
            ThresholdRule(id: "r", scope: scope).evaluate(F.august, F.scene(agencies: agencies)).verdicts.compactMap { $0.key.agency?.text }
        }

        #expect(judged(RuleScope(indicators: [F.indicator()], groups: [F.code("H52.07")])) == ["H52.07", "H52.07.01"])
        #expect(
            judged(RuleScope(indicators: [F.indicator()], agencies: [F.code("H52.08")], groups: [F.code("H52.07.01")])) == ["H52.07.01", "H52.08"])
        #expect(judged(RuleScope(indicators: [F.indicator()])).count == 4)
    }

    @Test func periodsOnBothSidesOfAChangedDefinitionAreNotInARow() {
        let scene = F.scene(reading: { F.reading(70, 100, agency: $0, period: $1, version: $1 == F.august ? 2 : 1) })

        #expect(rule(consecutive: 2).evaluate(F.august, scene).verdicts.first?.condition.short == "suspected critical")
    }

    @Test func reasonHoldsTheBoundThatDecidedAndItsBasis() {
        let scene = F.scene { F.reading(85, 100, agency: $0, period: $1) }

        guard case .breach(_, .beyondThreshold(let judged))? = rule().evaluate(F.august, scene).verdicts.first?.condition else {
            Issue.record("expected a breach")
            return
        }

        #expect(judged.bound == F.number("90"))
        #expect(judged.legalBasis == "QĐ 766/QĐ-TTg")
        #expect(judged.consecutive == 1)
    }

    @Test func abolishedAgencyIsJudgedForItsOldPeriodsOnly() {
        let gone = Agency(
            code: F.code("H52.09"), name: "Huyện Mộc Châu", level: .district, validFrom: F.day("2000-01-01"), validTo: F.day("2026-07-01"))
        let province = Agency(code: F.code("H52"), name: "Tỉnh", level: .province, validFrom: F.day("2000-01-01"))
        let scene = F.scene(agencies: [gone, province]) { F.reading(0, 20, agency: $0, period: $1) }

        #expect(rule().evaluate(F.month("2026-06"), scene).verdicts.map(\.key.agency?.text) == ["H52.09"])
        #expect(rule().evaluate(F.august, scene).verdicts.isEmpty)
    }

    @Test func figuresPerWorkingDayAreUndecidedWithoutTheCalendarYear() {
        let indicator = F.indicator("online", unit: .perWorkingDay)
        let rule = ThresholdRule(id: "sent", scope: RuleScope(indicators: [indicator]))
        let scene = F.scene(calendar: WorkCalendar(years: [:])) { F.reading(0, 20, agency: $0, period: $1) }

        let evaluation = rule.evaluate(F.august, scene)

        #expect(evaluation.verdicts.map(\.condition) == [.undecided])
        #expect(evaluation.findings.map(\.kind) == [.calendarYearMissing])
    }
}
