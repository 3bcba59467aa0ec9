import Model
import Rules
import Testing

/// Agencies that a rule is not about for some days, and bounds of their own.
@Suite struct ExemptionTests {
    private typealias F = Fixture
    private static let other = Agency(code: F.code("H52.02"), name: "Sở Y tế", level: .department, validFrom: F.day("2020-01-01"))

    /// August, judged with every figure beyond the bound, for an agency that is excepted and one that is not.
    private func judge(_ exemption: Exemption, alerts: [Alert] = [], measures: Set<MeasureID>? = nil) -> [Transition] {
        let scene = F.scene(agencies: [F.agency, Self.other]) { F.reading(10, 20, agency: $0, period: $1) }
        let rule = ThresholdRule(id: "online", scope: RuleScope(indicators: [F.indicator()], exemptions: [exemption]))
        let judged = measures.flatMap { rule.restricted(to: Touched(measures: $0)) } ?? rule
        return Judge.judge([Judge.Run(rule: judged, period: F.august, track: nil)], rules: [rule], alerts: alerts, scene: scene).transitions
    }

    private func exemption(_ from: String, _ to: String?) -> Exemption {
        Exemption(agency: F.agency.code, from: F.day(from), to: to.map(F.day), reason: "chuyển trụ sở")
    }

    static let days: [(from: String, to: String?, fires: [String])] = [
        ("2026-08-31", nil, ["H52.02"]), ("2026-08-01", "2026-09-01", ["H52.02"]), ("2026-01-01", "2026-08-31", ["H52.01", "H52.02"]),
        ("2026-09-01", nil, ["H52.01", "H52.02"]),
    ]

    @Test(arguments: days.indices) func thePeriodsLastDayDecidesWhetherAnAgencyIsExcepted(row: Int) {
        let (from, to, fires) = ExemptionTests.days[row]

        #expect(judge(exemption(from, to)).compactMap { $0.key.agency?.text } == fires)
        #expect(judge(exemption(from, to), measures: [F.id("part")]).compactMap { $0.key.agency?.text } == fires, "after a delivery too")
    }

    @Test func anOpenAlertEndsWithTheReason() throws {
        let key = AlertKey(rule: "online", subject: "online", agency: F.agency.code)
        let open = Alert(key: key, state: .firing, severity: .critical, since: F.now, period: F.august, reason: .noLongerJudged(""))

        let ended = try #require(judge(exemption("2026-08-01", "2026-10-01"), alerts: [open]).first { $0.key == key })

        #expect(ended.to == .resolved)
        #expect(ended.reason == .excepted(Reason.Excepted(from: F.day("2026-08-01"), last: F.day("2026-09-30"), reason: "chuyển trụ sở")))
    }

    @Test func rulesWithoutPeriodsAreExceptedOnTheDayOfJudging() {
        func fires(until: String) -> Bool {
            let scope = RuleScope(indicators: [], exemptions: [exemption("2026-11-01", until)])
            let rule = StaleRule(id: "portal", scope: scope, watched: .measure(F.id("posts"), workingDays: false), limit: 30)
            let runs = [Judge.Run(rule: rule, period: nil, track: nil)]
            return !Judge.judge(runs, rules: [rule], alerts: [], scene: F.scene()).transitions.isEmpty
        }

        #expect(!fires(until: "2026-11-24"))
        #expect(fires(until: "2026-11-23"))
    }

    @Test func aBoundOfItsOwnIsToldWithItsReason() throws {
        let own = Target(
            indicator: "online", scope: .agency(F.agency.code), warning: F.number("60"), effectiveFrom: F.day("2026-08-01"),
            effectiveTo: F.day("2026-09-01"), legalBasis: "CV 5", reason: "mới tiếp nhận nhiệm vụ")
        let scene = F.scene(targets: [F.target(), own]) { F.reading(10, 20, agency: $0, period: $1) }
        let rule = ThresholdRule(id: "online", scope: RuleScope(indicators: [F.indicator()]))

        let verdict = try #require(rule.evaluate(F.august, scene).verdicts.first)

        guard case .breach(.warning, .beyondThreshold(let judged)) = verdict.condition else { Issue.record("\(verdict)"); return }
        #expect(judged.reason == "mới tiếp nhận nhiệm vụ")
        #expect(judged.bound == F.number("60"))
    }
}
