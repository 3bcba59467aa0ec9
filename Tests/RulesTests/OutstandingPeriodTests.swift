import Model
import Rules
import Testing

/// A month that never came is asked for until it comes, whatever later months bring.
@Suite struct OutstandingPeriodTests {
    private typealias F = Fixture

    private func newLife(exemptions: [Exemption] = []) -> Life {
        Life(
            NotReportedRule(
                id: "missing", scope: RuleScope(indicators: [F.indicator()], exemptions: exemptions), due: 2, from: F.day("2026-01-01")))
    }

    @Test func aLaterMonthDoesNotMakeGoodForTheOneThatNeverCame() {
        var life = newLife()

        #expect(life.judge(on: "2026-03-04", missing: ["2026-02"]) == ["firing 2026-02"])
        #expect(life.judge(on: "2026-04-04", missing: ["2026-02"]) == [])
        #expect(life.judge(on: "2026-07-20", missing: ["2026-02"]) == [])
        #expect(life.judge(on: "2026-07-21") == ["resolved 2026-02"])
    }

    @Test func eachMissingMonthIsAskedForUntilItComes() {
        var life = newLife()

        #expect(life.judge(on: "2026-03-04", missing: ["2026-02"]) == ["firing 2026-02"])
        #expect(life.judge(on: "2026-04-04", missing: ["2026-02", "2026-03"]) == [])
        // February comes; the alert must not say any longer that it is missing.
        #expect(life.judge(on: "2026-04-10", missing: ["2026-03"]) == ["firing 2026-03"])
        #expect(life.judge(on: "2026-04-11") == ["resolved 2026-03"])
    }

    @Test func remindersTellEveryMonthThatIsMissing() throws {
        let open = Alert(
            key: AlertKey(rule: "missing", subject: "online", agency: F.agency.code), state: .firing, severity: .warning, since: F.now,
            period: F.month("2026-02"),
            reason: .notReported(Reason.NotReported(period: F.month("2026-02"), due: F.day("2026-03-03"), ever: true, legalBasis: "")))
        let life = newLife()
        let scene = F.scene { F.reading($1 == F.month("2026-09") ? 1 : nil, 1, $1 == F.month("2026-09") ? .figure : .notReported, period: $1) }
        let due = Judge.runs([life.rule], judgedThrough: [:], firstDay: nil, today: scene.today, calendar: F.calendar)
        let runs = Judge.runs(due, heeding: [open], register: scene.register)

        let outcome = Judge.judge(runs, rules: [life.rule], alerts: [open], scene: scene)

        #expect(outcome.transitions.isEmpty)
        guard case .breach(_, .notReported(let facts)) = try #require(outcome.newest[open.key]).condition else {
            Issue.record("the reminder tells nothing")
            return
        }
        #expect(facts.period == F.month("2026-10") && facts.due == F.day("2026-11-03"))
        #expect(facts.earlier == ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"].map(F.month))
        #expect(Set(Judge.neededPeriods(runs).map(\.period)) == Set((2...10).map { F.august.advanced(by: $0 - 8) }), "and all of them are loaded")
    }

    @Test func monthsMissingFromTheBeginningAreAllNamedByTheFirstJudging() {
        let rule = newLife().rule
        let scene = F.scene { F.reading($1 == F.month("2026-09") ? 1 : nil, 1, $1 == F.month("2026-09") ? .figure : .notReported, period: $1) }
        let due = Judge.runs([rule], judgedThrough: [:], firstDay: F.day("2026-08-01"), today: scene.today, calendar: F.calendar)

        let transitions = Judge.judge(due, rules: [rule], alerts: [], scene: scene).transitions

        #expect(transitions.map(\.to) == [.firing])
        guard case .notReported(let facts)? = transitions.first?.reason else {
            Issue.record("nothing is missing")
            return
        }
        #expect(facts.periods == [F.august, F.month("2026-10")])
    }

    @Test func whatAnOperatorHasClosedIsNotAskedForAgainAndWhatBecomesDueLaterIs() throws {
        var life = newLife()
        _ = life.judge(on: "2026-03-04", missing: ["2026-02"])
        _ = life.judge(on: "2026-04-04", missing: ["2026-02", "2026-03"])
        try life.order(.close, on: "2026-04-10")

        // Both were due when it was closed.
        #expect(life.judge(on: "2026-04-11", missing: ["2026-02", "2026-03"]) == [])
        #expect(life.judge(on: "2026-05-06", missing: ["2026-02", "2026-03"]) == [])
        #expect(life.judge(on: "2026-06-04", missing: ["2026-02", "2026-03", "2026-05"]) == ["reopened 2026-05"])
        #expect(life.judge(on: "2026-06-05", missing: ["2026-02", "2026-03"]) == ["resolved 2026-05"])
    }

    @Test func aClosedAlertEndsWhenAllOfItHasCome() throws {
        var life = newLife()
        _ = life.judge(on: "2026-03-04", missing: ["2026-02"])
        try life.order(.close, on: "2026-03-05")

        #expect(life.judge(on: "2026-03-06") == ["resolved 2026-02"])
    }

    @Test func anExceptedMonthIsNotAskedForAndHidesNoOther() {
        let exemption = Exemption(agency: F.agency.code, from: F.day("2026-03-01"), to: F.day("2026-04-01"), reason: "chuyển trụ sở")
        var life = newLife(exemptions: [exemption])

        #expect(life.judge(on: "2026-03-04", missing: ["2026-02"]) == ["firing 2026-02"])
        #expect(life.judge(on: "2026-04-04", missing: ["2026-02", "2026-03"]) == [])
        #expect(life.judge(on: "2026-04-10", missing: ["2026-03"]) == ["resolved 2026-03"])
        guard case .excepted? = life.alerts.values.first?.reason else {
            Issue.record("it ended for another reason")
            return
        }
    }

    @Test func manyMissingMonthsAreAskedForInBounds() {
        let key = AlertKey(rule: "missing", subject: "online", agency: F.agency.code)
        func asked(since first: String) -> [String] {
            let facts = Reason.NotReported(period: F.month(first), due: F.day("2026-01-01"), ever: true, legalBasis: "")
            let alert = Alert(
                key: key, state: .firing, severity: .warning, since: F.now, period: F.month(first), reason: .notReported(facts))
            return newLife().rule.asked(by: alert, through: F.august).map(\.description)
        }

        #expect(asked(since: "2026-06") == ["2026-06", "2026-07", "2026-08"])
        #expect(asked(since: "2020-01").count == Judge.mostPeriods)
        #expect(asked(since: "2020-01").prefix(2) == ["2020-01", "2024-10"])
        #expect(asked(since: "2026-09") == ["2026-08"])
    }
}
