import Model
import Rules
import Testing

/// Alerts of agencies that exist no longer, as in the reorganisation of 1 July 2025: they end like any other, and do not nag the successor for ever.
@Suite struct GoneAgencyTests {
    private typealias F = Fixture
    private static let gone = Agency(
        code: Fixture.code("H52.20"), name: "Huyện Cũ", level: .district, validFrom: Fixture.day("2020-01-01"), validTo: Fixture.day("2026-07-01"))
    private let scope = RuleScope(indicators: [Fixture.indicator()])

    @Test func lateFiguresOfTheLastMonthEndWhatWasMissing() {
        var life = Life(NotReportedRule(id: "missing", scope: scope, due: 2, from: F.day("2026-01-01")), agencies: [Self.gone])

        #expect(life.judge(on: "2026-06-04", missing: ["2026-05", "2026-06"]) == ["firing 2026-05"])
        #expect(life.judge(on: "2026-07-04", missing: ["2026-05", "2026-06"]) == [])
        #expect(life.judge(on: "2026-08-20", missing: ["2026-06"]) == ["firing 2026-06"])
        #expect(life.judge(on: "2026-08-21") == ["resolved 2026-06"])
    }

    @Test func whatWasNotMissingBeforeItEndedIsNotAskedForLater() {
        var life = Life(NotReportedRule(id: "missing", scope: scope, due: 2, from: F.day("2026-01-01")), agencies: [Self.gone])
        #expect(life.judge(on: "2026-07-04") == [])

        #expect(life.judge(on: "2026-08-20", missing: ["2026-06", "2026-07"]) == [])
    }

    @Test func aFigureOfItsLastMonthThatIsPutRightEndsTheAlert() {
        var life = Life(ThresholdRule(id: "online", scope: scope), agencies: [F.agency, Self.gone])

        #expect(life.judge(on: "2026-07-04", part: 10) == ["firing 2026-06", "firing 2026-06"])
        #expect(life.judge(on: "2026-08-20", part: 100) == ["resolved 2026-07", "resolved 2026-06"])
    }

    @Test func theLastOfALevelIsRankedByTheLastMonthOfIts() {
        let others = (1...4).map { Agency(code: F.code("H52.2\($0)"), name: "Huyện \($0)", level: .district, validFrom: F.day("2020-01-01")) }
        let rule = RankRule(id: "last", keys: FigureKeys(scope: scope), bound: .last(1), minimumAgencies: 2)
        func scene(_ day: String, _ worst: AgencyCode) -> Scene {
            F.scene(agencies: [Self.gone] + others, now: Instant(F.day(day), hour: 8, minute: 0)) { agency, period in
                F.reading(agency == worst ? 10 : 90, 100, agency: agency, period: period)
            }
        }
        func judge(_ scene: Scene, _ alerts: [Alert]) -> [Transition] {
            let due = Judge.runs([rule], judgedThrough: [:], firstDay: nil, today: scene.today, calendar: F.calendar)
            let runs = Judge.runs(due, heeding: alerts, register: scene.register)
            return Judge.judge(runs, rules: [rule], alerts: alerts, scene: scene).transitions
        }
        let begun = judge(scene("2026-07-04", Self.gone.code), [])
        #expect(begun.map(\.key.agency) == [Self.gone.code])

        let ended = judge(scene("2026-08-20", others[0].code), begun.map(\.alert))

        #expect(Set(ended.map { "\($0.key.agency?.text ?? "") \($0.to)" }) == ["H52.20 resolved", "H52.21 firing"])
    }

    @Test func silenceOfWhoIsGoneIsNotWaitedFor() throws {
        let rule = StaleRule(id: "portal", scope: RuleScope(indicators: []), watched: .measure(F.id("posts"), workingDays: false), limit: 30)
        var life = Life(rule, agencies: [Self.gone])

        #expect(life.judge(on: "2026-06-30") == ["firing -"])
        #expect(life.judge(on: "2026-07-01") == ["resolved -"])
        #expect(try #require(life.alerts.values.first).reason == .noLongerJudged("agency"))
        #expect(life.judge(on: "2026-07-02") == [])
    }

    @Test func figuresOfWhoIsGoneThatAreChangedAreNamedAndForgottenAgain() {
        var life = Life(RestatedRule(id: "restated", scope: scope, days: 30), agencies: [Self.gone])
        func change(_ range: DayRange) -> Reason.Restated.Change {
            Reason.Restated.Change(
                agency: Self.gone.code, measure: F.id("part"), range: range, old: 40, new: 88, at: Instant(F.day("2026-08-19"), hour: 9, minute: 0))
        }
        life.restatements = [change(F.august.range)]
        #expect(life.judge(on: "2026-08-20") == [], "there was no such agency in August")

        life.restatements = [change(F.month("2026-06").range)]
        #expect(life.judge(on: "2026-08-21") == ["firing -"])
        #expect(life.judge(on: "2026-09-17") == [])
        #expect(life.judge(on: "2026-09-19") == ["resolved -"])
        #expect(life.judge(on: "2026-09-20") == [])
    }
}
