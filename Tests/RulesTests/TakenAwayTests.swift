import Model
import Rules
import Testing

/// Alerts whose ground the province takes away, and facts that change while an alert stands.
@Suite struct TakenAwayTests {
    private typealias F = Fixture
    private static let title = LocalizedText(vietnamese: "Báo cáo", english: "Report")

    private func judge(_ rule: any Rule, _ alerts: [Alert], _ scene: Scene) -> [Transition] {
        let due = Judge.runs([rule], judgedThrough: [:], firstDay: nil, today: scene.today, calendar: F.calendar)
        return Judge.judge(Judge.runs(due, heeding: alerts, register: scene.register), rules: [rule], alerts: alerts, scene: scene).transitions
    }

    private func scene(_ day: String, targets: [Target] = [F.target()], lastDays: [MeasureID: [AgencyCode: Day]] = [:]) -> Scene {
        F.scene(targets: targets, now: Instant(F.day(day), hour: 8, minute: 0), lastDays: lastDays)
    }

    @Test func withTheTargetTheAlertEndsAlsoWhenNothingNewWasReported() {
        let rule = ThresholdRule(id: "late", scope: RuleScope(indicators: [F.indicator()]))
        let open = Alert(
            key: AlertKey(rule: "late", subject: "online", agency: F.agency.code), state: .firing, severity: .warning, since: F.now, period: F.august,
            reason: .noLongerJudged(""))

        let still = judge(rule, [open], scene("2026-10-02"))
        let ended = judge(rule, [open], scene("2026-10-02", targets: []))

        #expect(still == [])
        #expect(ended.map(\.to) == [.resolved] && ended.first?.reason == .noLongerJudged("target"))
        #expect(Reason.end("target", .vietnamese) == "không còn chỉ tiêu có hiệu lực cho chỉ số này")
    }

    @Test func aDueDayThatIsPutOffEndsTheAlert() {
        func rule(_ due: String) -> ObligationRule {
            ObligationRule(id: "report", scope: RuleScope(indicators: []), title: Self.title, due: F.day(due))
        }
        let open = judge(rule("2026-11-10"), [], scene("2026-11-20")).map(\.alert)
        #expect(open.map(\.state) == [.firing])

        let ended = judge(rule("2026-11-30"), open, scene("2026-11-21"))
        let moved = judge(rule("2026-11-15"), open, scene("2026-11-21"))

        #expect(ended.map(\.to) == [.resolved] && ended.first?.reason == .noLongerJudged("due"))
        #expect(moved.map(\.to) == [.firing], "it is past as well, and the alert must name it")
        guard case .owed(let facts)? = moved.first?.reason else {
            Issue.record("nothing is owed")
            return
        }
        #expect(facts.due == F.day("2026-11-15"))
    }

    @Test func periodsThatAreNoLongerOwedAreNotAskedForAnyMore() {
        func rule(from: String) -> NotReportedRule {
            NotReportedRule(id: "missing", scope: RuleScope(indicators: [F.indicator()]), due: 2, from: F.day(from))
        }
        let open = judge(rule(from: "2026-01-01"), [], scene("2026-09-10")).map(\.alert)
        #expect(open.map(\.state) == [.firing])

        let ended = judge(rule(from: "2026-12-01"), open, scene("2026-09-11"))

        #expect(ended.map(\.to) == [.resolved] && ended.first?.reason == .noLongerJudged("from"))
    }

    @Test func anObligationOfAnAgencyThatOwesItNoLongerEnds() {
        let gone = Agency(
            code: F.agency.code, name: "Sở Cũ", level: .department, validFrom: F.day("2020-01-01"), validTo: F.day("2026-11-12"))
        let rule = ObligationRule(id: "report", scope: RuleScope(indicators: []), title: Self.title, due: F.day("2026-11-15"))
        let open = Alert(
            key: AlertKey(rule: "report", subject: "report", agency: gone.code), state: .firing, severity: .warning, since: F.now, period: nil,
            reason: .noLongerJudged(""))
        let scene = F.scene(agencies: [gone])

        #expect(judge(rule, [open], scene).map(\.reason) == [.noLongerJudged("scope")])
    }

    @Test func aLatePostThatIsStillTooOldChangesWhatTheAlertTells() {
        let rule = StaleRule(id: "portal", scope: RuleScope(indicators: []), watched: .measure(F.id("posts"), workingDays: false), limit: 30)
        let begun = judge(rule, [], scene("2026-09-01")).map(\.alert)
        let later = scene("2026-09-15", lastDays: [F.id("posts"): [F.agency.code: F.day("2026-08-01")]])

        let moved = judge(rule, begun, later)

        #expect(moved.map(\.to) == [.firing] && moved.allSatisfy { !$0.begins })
        guard case .stale(let facts)? = moved.first?.reason else {
            Issue.record("nothing is stale")
            return
        }
        #expect(facts.last == F.day("2026-08-01") && facts.age == 45)
        #expect(judge(rule, moved.map(\.alert), later) == [], "days that pass are told by reminders alone")
    }

    @Test func aChangeAfterTheAlertWasClosedReopensIt() throws {
        func change(_ day: String) -> Reason.Restated.Change {
            Reason.Restated.Change(
                agency: F.agency.code, measure: F.id("part"), range: F.august.range, old: 40, new: 88, at: Instant(F.day(day), hour: 7, minute: 0))
        }
        var life = Life(RestatedRule(id: "restated", scope: RuleScope(indicators: [F.indicator()]), days: 30))
        life.restatements = [change("2026-09-10")]
        #expect(life.judge(on: "2026-09-10") == ["firing -"])
        try life.order(.close, on: "2026-09-11")
        #expect(life.judge(on: "2026-09-12") == [])

        life.restatements.append(change("2026-09-15"))
        #expect(life.judge(on: "2026-09-15") == ["reopened -"])
        life.restatements.append(change("2026-09-16"))
        #expect(life.judge(on: "2026-09-16") == ["reopened -"], "by the newer change")
        #expect(life.judge(on: "2026-09-17") == [])
    }

    @Test(arguments: [("2026-08-17", nil as String?), ("2020-01-01", "2026-08-16")])
    func daysOnWhichThereWasNoSuchAgencyNeedNoFigures(from: String, to: String?) {
        let agency = Agency(
            code: F.agency.code, name: "Huyện", level: .district, validFrom: F.day(from), validTo: to.map(F.day))
        let rules: [any Rule] = [
            ThresholdRule(id: "late", scope: RuleScope(indicators: [F.indicator()])),
            ContradictionRule(id: "print", keys: FigureKeys(scope: RuleScope(indicators: [F.indicator()]))),
        ]
        func said(_ rule: any Rule, days: Int) -> String? {
            let scene = F.scene(agencies: [agency]) { code, period in
                Reading(
                    indicator: "online", definitionVersion: 1, agency: code, period: period, state: .figure, numerator: 99, denominator: 100,
                    coverage: Coverage(days: days, of: 31), reportedPercent: ExactDecimal(99))
            }
            return rule.evaluate(F.august, scene).verdicts.first?.condition.short
        }

        for rule in rules {
            #expect(said(rule, days: 15) == "clear", "\(rule.id)")
            #expect(said(rule, days: 14) == "undecided", "\(rule.id)")
        }
    }
}
