import Model
import Rules
import Testing

/// Figures of closed periods that were changed, and for how long that is spoken of.
@Suite struct RestatedRuleTests {
    private typealias F = Fixture

    private let rule = RestatedRule(
        id: "restated", scope: RuleScope(indicators: [Fixture.indicator("online")]), days: 30, legalBasis: "NĐ 09/2019/NĐ-CP",
        scales: [Fixture.id("part"): 0])

    private func change(daysAgo: Int64, agency: AgencyCode = Fixture.agency.code, measure: String = "part", new: Int64? = 88)
        -> Reason.Restated.Change
    {
        Reason.Restated.Change(
            agency: agency, measure: F.id(measure), range: F.august.range, old: 40, new: new,
            at: F.now + .seconds(-86_400 * daysAgo))
    }

    private func said(_ changes: [Reason.Restated.Change]) -> [String] {
        rule.evaluate(nil, F.scene(restatements: changes)).verdicts.map { verdict in
            switch verdict.condition {
            case .breach(_, .restated(let facts)), .clear(.restated(let facts)):
                "\(verdict.condition.short) \(verdict.key): \(facts.sentence(.english))"
            default: verdict.condition.short
            }
        }
    }

    @Test func aChangeIsNamedWithTheNewestFigure() {
        let said = said([change(daysAgo: 3), change(daysAgo: 2, new: nil), change(daysAgo: 20)])

        #expect(
            said == [
                "breach warning restated/online/\(F.agency.code): Within the last 30 days figures of closed periods were changed 3 time(s); the last on "
                    + "\(F.now.day - 2): part from 2026-08-01 to 2026-08-31, 40 to unknown"
            ])
    }

    @Test func afterSomeDaysItIsOver() {
        #expect(said([change(daysAgo: 30)]).first?.hasPrefix("breach") == true)
        #expect(
            said([change(daysAgo: 31)]) == [
                "clear restated/online/\(F.agency.code): No figure of a closed period was changed within the last 30 days"
            ])
    }

    @Test func figuresOfOthersAndOtherMeasuresDoNotCount() {
        #expect(said([change(daysAgo: 1, measure: "mail.sent")]).first?.hasPrefix("clear") == true)
        #expect(said([change(daysAgo: 1, agency: F.code("H52.99"))]).first?.hasPrefix("clear") == true)
    }

    @Test func theSentenceIsVietnameseToo() {
        guard case .breach(_, .restated(let facts)) = rule.evaluate(nil, F.scene(restatements: [change(daysAgo: 2)])).verdicts.first?.condition else {
            Issue.record("nothing was said")
            return
        }

        let day = (F.now.day - 2).vietnamese
        #expect(
            facts.sentence(.vietnamese)
                == "Trong 30 ngày qua đã sửa 1 số liệu của kỳ đã chốt; gần nhất ngày \(day): part từ 01/08/2026 đến 31/08/2026, 40 thành 88")
    }
}
