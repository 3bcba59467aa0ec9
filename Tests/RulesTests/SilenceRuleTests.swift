import Model
import Rules
import Testing

@Suite struct NotReportedRuleTests {
    private typealias F = Fixture

    private func rule(due: Int = 2, from: String = "2026-01-01") -> NotReportedRule {
        NotReportedRule(
            id: "report", scope: RuleScope(indicators: [F.indicator()]), severity: .critical, due: due, from: F.day(from), legalBasis: "NĐ 09/2019")
    }

    @Test func missingFiguresAreABreachOnceTheDueDayIsOver() {
        // 31/8 is followed by Tuesday 1/9, the holiday of 2/9 and Thursday 3/9: the second working day is 3/9.
        let on = F.scene(now: Instant(F.day("2026-09-03"), hour: 23, minute: 0))
        let after = F.scene(now: Instant(F.day("2026-09-04"), hour: 0, minute: 0))

        #expect(rule().evaluate(F.august, on).verdicts.first?.condition == .undecided)
        #expect(
            rule().evaluate(F.august, after).verdicts.first?.condition
                == .breach(
                    .critical, .notReported(Reason.NotReported(period: F.august, due: F.day("2026-09-03"), ever: false, legalBasis: "NĐ 09/2019"))))
        #expect(!rule().isRipe(F.august, on: F.day("2026-09-03"), calendar: F.calendar))
        #expect(rule().isRipe(F.august, on: F.day("2026-09-04"), calendar: F.calendar))
    }

    @Test func reportedFiguresClearAndHistoryIsRemembered() {
        let scene = F.scene(reportedEver: [F.id("whole"): [F.agency.code]]) { F.reading(1, 2, agency: $0, period: $1) }

        #expect(
            rule().evaluate(F.august, scene).verdicts.first?.condition
                == .clear(.reported(Reason.NotReported(period: F.august, due: F.day("2026-09-03"), ever: true, legalBasis: "NĐ 09/2019"))))
    }

    @Test func periodsBeforeTheFirstDayOrTheAgencyAreNotOwed() {
        let young = Agency(code: F.code("H52.02"), name: "Sở mới", level: .department, validFrom: F.day("2026-08-02"))

        #expect(rule(from: "2026-08-02").evaluate(F.august, F.scene()).verdicts.isEmpty)
        #expect(rule().evaluate(F.august, F.scene(agencies: [young])).verdicts.isEmpty)
        #expect(rule().evaluate(F.month("2026-09"), F.scene(agencies: [young])).verdicts.count == 1)
    }

    @Test func missingYearIsSaidAndNotGuessed() {
        let evaluation = rule().evaluate(F.august, F.scene(calendar: WorkCalendar(years: [:])))

        #expect(evaluation.verdicts.map(\.condition) == [.undecided])
        #expect(evaluation.findings.map(\.kind) == [.calendarYearMissing])
        #expect(evaluation.findings.first?.expected == "the year 2026 in calendar.yaml")
    }

    @Test func estimatedYearIsUsedAndSaid() {
        let evaluation = rule().evaluate(F.august, F.scene(calendar: WorkCalendar(years: [2026: .estimated])))

        #expect(evaluation.verdicts.first?.condition.short == "breach critical")
        #expect(evaluation.findings.map(\.kind) == [.calendarYearEstimated])
    }
}

@Suite struct StaleRuleTests {
    private typealias F = Fixture

    private func portal(limit: Int, workingDays: Bool = false) -> StaleRule {
        StaleRule(
            id: "portal", scope: RuleScope(indicators: []), watched: .measure(F.id("posts"), workingDays: workingDays), severity: .warning,
            limit: limit)
    }

    private func lastDay(_ text: String) -> [MeasureID: [AgencyCode: Day]] { [F.id("posts"): [F.agency.code: F.day(text)]] }

    @Test(arguments: [("2026-10-24", "clear"), ("2026-10-23", "breach warning")])
    func silenceLongerThanTheLimitIsABreach(last: String, expected: String) {
        let verdict = portal(limit: 30).evaluate(nil, F.scene(lastDays: lastDay(last))).verdicts.first

        #expect(verdict?.condition.short == expected)
        #expect(verdict?.key.description == "portal/posts/H52.01")
    }

    @Test func workingDaysAreCountedWhenAskedFor() {
        // Friday to Monday is one working day.
        let scene = F.scene(lastDays: lastDay("2026-11-20"))

        #expect(portal(limit: 1, workingDays: true).evaluate(nil, scene).verdicts.first?.condition.short == "clear")
        #expect(portal(limit: 2).evaluate(nil, scene).verdicts.first?.condition.short == "breach warning")
    }

    @Test func whatNeverHappenedIsABreachOnceItCouldHave() {
        let young = Agency(code: F.code("H52.02"), name: "Sở mới", level: .department, validFrom: F.day("2026-11-10"))

        let evaluation = portal(limit: 30).evaluate(nil, F.scene(agencies: [F.agency, young]))

        #expect(evaluation.verdicts.map(\.condition.short) == ["breach warning", "undecided"])
    }

    @Test func silenceThatIsCertainNeedsNoOlderYears() {
        let evaluation = portal(limit: 30, workingDays: true).evaluate(nil, F.scene(lastDays: lastDay("2025-03-01")))

        #expect(evaluation.verdicts.first?.condition.short == "breach warning")
        #expect(evaluation.findings.isEmpty)
    }

    @Test func silentSourceConcernsTheOperators() {
        var answering = SourceState(source: "one-stop", registeredAt: F.now - .seconds(86_400 * 40))
        answering.lastSuccess = F.now - .seconds(86_400)
        let silent = SourceState(source: "mail", registeredAt: F.now - .seconds(86_400 * 40))
        let fresh = SourceState(source: "portal", registeredAt: F.now)
        let rule = StaleRule(id: "sources", scope: RuleScope(indicators: []), watched: .sources(nil), limit: 2)

        let verdicts = rule.evaluate(nil, F.scene(sources: ["one-stop": answering, "mail": silent, "portal": fresh])).verdicts

        #expect(verdicts.map(\.key.description) == ["sources/mail/-", "sources/one-stop/-", "sources/portal/-"])
        #expect(verdicts.map(\.condition.short) == ["breach warning", "clear", "undecided"])
    }
}
