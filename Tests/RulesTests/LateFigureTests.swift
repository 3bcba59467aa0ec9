import Model
import Rules
import Testing

/// Figures that come late or are put right after their period has made room for the next one.
@Suite struct LateFigureTests {
    private typealias F = Fixture
    private let rule = ThresholdRule(id: "late", scope: RuleScope(indicators: [Fixture.indicator()]))

    @Test func aFigureThatIsPutRightEndsTheAlertThatRestsOnIt() {
        var life = Life(rule)
        life.parts = ["2026-08": 45]
        #expect(life.judge(on: "2026-09-28", missing: ["2026-07"]) == ["firing 2026-08"])
        #expect(life.judge(on: "2026-10-02", missing: ["2026-07", "2026-09"]) == [])

        life.parts = ["2026-08": 95]
        #expect(life.judge(on: "2026-10-03", missing: ["2026-07", "2026-09"]) == ["resolved 2026-08"])
    }

    @Test func aLateFirstFigureIsJudgedWhenItComesAndOnlyOnceThen() {
        let months = ["2026-07", "2026-08", "2026-09"]
        var life = Life(rule)
        #expect(life.judge(on: "2026-09-28", missing: months) == [])
        #expect(life.judge(on: "2026-10-02", missing: months) == [])

        life.parts = ["2026-08": 30]
        life.touched = F.day("2026-08-01")
        #expect(life.judge(on: "2026-10-03", missing: ["2026-07", "2026-09"]) == ["firing 2026-08"])

        life.touched = nil
        #expect(life.judge(on: "2026-10-30", missing: ["2026-07", "2026-09"]) == [])
    }

    @Test func aNewerFigureHasTheLastWord() throws {
        var life = Life(rule)
        life.parts = ["2026-09": 30]
        #expect(life.judge(on: "2026-10-02", missing: ["2026-08"]) == ["firing 2026-09"])
        try life.order(.acknowledge, on: "2026-10-02")

        // August comes late: worse, and then well; what the agency is urged about stands in September.
        for part in [Int64(1), 99] {
            life.parts["2026-08"] = part
            life.touched = F.day("2026-08-01")
            #expect(life.judge(on: "2026-10-05") == [])
        }
        #expect(life.alerts.values.map(\.state) == [.acknowledged])
    }

    @Test func aNewRuleOverAnUnsteadyYearBeginsOneAlert() {
        func judge(_ last: Int64, before: [Alert] = []) -> [Transition] {
            let scene = F.scene { agency, period in
                F.reading(period == F.month("2026-10") ? last : period.index.isMultiple(of: 2) ? 10 : 99, 100, agency: agency, period: period)
            }
            let runs = Judge.runs([rule], judgedThrough: [:], firstDay: F.day("2026-01-01"), today: scene.today, calendar: F.calendar)
            return Judge.judge(runs, rules: [rule], alerts: before, scene: scene).transitions
        }

        let firing = judge(10)
        let well = judge(99)

        #expect(firing.map(\.to) == [.firing] && firing.first?.period == F.month("2026-10"))
        #expect(well.map(\.to) == [.firing, .resolved] && well.count(where: \.begins) == 1)
        #expect(judge(99, before: [well[1].alert]) == [], "and it has not happened again when it is judged again")
    }

    @Test func onlyWhatRestsOnTheChangedFiguresIsJudgedAgain() {
        let touched = Touched(firstDays: [F.id("part"): F.day("2026-08-15")])
        let other = Touched(firstDays: [F.id("mail.sent"): F.day("2026-08-15")])
        func periods(_ touched: Touched, only: Bool = false) -> [String] {
            Judge.runs(
                [rule], judgedThrough: ["late/month/calendar": F.month("2026-10")], firstDay: nil, today: F.day("2026-11-23"), calendar: F.calendar,
                touched: touched, onlyTouched: only
            ).compactMap { $0.period?.description }
        }

        #expect(periods(touched) == ["2026-08", "2026-09", "2026-10"])
        #expect(periods(touched, only: true) == ["2026-08", "2026-09", "2026-10"])
        #expect(periods(other) == ["2026-10"])
        #expect(periods(other, only: true) == [])
        #expect(periods(Touched(firstDays: [F.id("part"): F.day("2015-01-01")])).count == Judge.mostPeriods)
    }

    @Test func remindersTellACorrectedFigureThatIsStillBeyondTheBound() {
        func scene(_ part: Int64) -> Scene { F.scene { F.reading(part, 100, agency: $0, period: $1) } }
        let runs = Judge.runs([rule], judgedThrough: [:], firstDay: nil, today: F.now.day, calendar: F.calendar)
        let begun = Judge.judge(runs, rules: [rule], alerts: [], scene: scene(10)).transitions.map(\.alert)

        let again = Judge.judge(runs, rules: [rule], alerts: begun, scene: scene(20))

        #expect(again.transitions.isEmpty)
        guard case .breach(_, .beyondThreshold(let judged))? = again.newest.values.first?.condition else {
            Issue.record("the reminder tells the old figure")
            return
        }
        #expect(judged.reading.numerator == 20)
    }
}
