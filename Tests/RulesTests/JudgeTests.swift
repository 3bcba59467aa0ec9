import Model
import Rules
import Testing

@Suite struct JudgeTests {
    private typealias F = Fixture
    private let rule = ThresholdRule(id: "late", scope: RuleScope(indicators: [Fixture.indicator()]))
    private let cadence = Cadence(kind: .month, scheme: .calendar)

    private func periods(after: String?, firstDay: String?) -> [String] {
        Judge.periods(
            for: rule, cadence, after: after.map(F.month), firstDay: firstDay.map(F.day), today: F.day("2026-11-23"), calendar: F.calendar
        ).map(\.description)
    }

    @Test func newestClosedPeriodIsAlwaysJudgedAgain() {
        #expect(periods(after: "2026-10", firstDay: "2026-01-01") == ["2026-10"])
        #expect(periods(after: nil, firstDay: nil) == ["2026-10"])
        #expect(periods(after: "2026-12", firstDay: nil) == ["2026-10"])
    }

    @Test func missedPeriodsAreCaughtUpWithInOrderAndInBounds() {
        #expect(periods(after: "2026-07", firstDay: "2026-01-01") == ["2026-08", "2026-09", "2026-10"])
        #expect(periods(after: nil, firstDay: "2026-08-15") == ["2026-08", "2026-09", "2026-10"])
        #expect(periods(after: nil, firstDay: "2015-01-01").count == Judge.mostPeriods)
        #expect(periods(after: nil, firstDay: "2015-01-01").first == "2024-11")
    }

    @Test func periodsThatAreNotRipeWait() {
        let patient = NotReportedRule(id: "report", scope: RuleScope(indicators: [F.indicator()]), due: 20, from: F.day("2026-01-01"))

        let due = Judge.periods(
            for: patient, cadence, after: F.month("2026-08"), firstDay: nil, today: F.day("2026-11-23"), calendar: F.calendar)

        #expect(due.map(\.description) == ["2026-09"])
    }

    @Test func catchingUpMovesAlertsInOrderAndRemembersHowFar() {
        let scene = F.scene { F.reading($1 == F.month("2026-09") ? 0 : 20, 20, agency: $0, period: $1) }
        let runs = Judge.runs([rule], judgedThrough: [:], firstDay: F.day("2026-08-01"), today: scene.today, calendar: F.calendar)

        let outcome = Judge.judge(runs, rules: [rule], alerts: [], scene: scene)

        #expect(outcome.transitions.map(\.to) == [.firing, .resolved])
        #expect(outcome.transitions.map(\.period?.description) == ["2026-09", "2026-10"])
        #expect(outcome.judgedThrough == ["late/month/calendar": F.month("2026-10")])
    }

    @Test func alertThatKeepsFiringWhileCatchingUpTellsTheNewestFigures() {
        let scene = F.scene { F.reading($1 < F.month("2026-09") ? 20 : 0, 20, agency: $0, period: $1) }
        let runs = Judge.runs([rule], judgedThrough: [:], firstDay: F.day("2026-08-01"), today: scene.today, calendar: F.calendar)

        let outcome = Judge.judge(runs, rules: [rule], alerts: [], scene: scene)

        #expect(outcome.transitions.map(\.to) == [.firing])
        #expect(outcome.transitions.map(\.period) == [F.month("2026-10")])
    }

    @Test func judgingAgainWithoutChangeIsSilent() {
        let scene = F.scene { F.reading(0, 20, agency: $0, period: $1) }
        let runs = Judge.runs([rule], judgedThrough: [:], firstDay: nil, today: scene.today, calendar: F.calendar)
        let first = Judge.judge(runs, rules: [rule], alerts: [], scene: scene)

        let second = Judge.judge(runs, rules: [rule], alerts: first.transitions.map(\.alert), scene: scene)

        #expect(first.transitions.count == 1)
        #expect(second.transitions.isEmpty)
    }

    @Test func alertsOfRemovedRulesAndSourcesAreResolved() {
        let old = Alert(
            key: AlertKey(rule: "gone", subject: "online", agency: F.agency.code), state: .firing, severity: .warning, since: F.now, period: nil,
            reason: .noLongerJudged(""))
        let rule = StaleRule(id: "sources", scope: RuleScope(indicators: []), watched: .sources(nil), limit: 2)
        let source = Alert(
            key: AlertKey(rule: "sources", subject: "mail", agency: nil), state: .firing, severity: .warning, since: F.now, period: nil,
            reason: .noLongerJudged(""))

        let outcome = Judge.judge([], rules: [rule], alerts: [old, source], scene: F.scene())

        #expect(outcome.transitions.map(\.reason) == [.noLongerJudged("source"), .noLongerJudged("rule")])
        #expect(outcome.transitions.allSatisfy { $0.to == .resolved })
    }

    @Test func neededPeriodsReachAsFarBackAsTheRuleLooks() {
        let patient = ThresholdRule(id: "late", scope: RuleScope(indicators: [F.indicator()]), patience: Patience(periods: 3))
        let runs = Judge.runs([patient], judgedThrough: [:], firstDay: nil, today: F.now.day, calendar: F.calendar)

        #expect(Judge.neededPeriods(runs).map(\.period.description) == ["2026-10", "2026-09", "2026-08"])
    }
}
